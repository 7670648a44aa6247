import { AUDIO_FEATURES } from '../../dataset/audio-features.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import type { Candidate } from './candidate.ts';

/** Properties that determine the cost of a transition between two songs; NaN where unknown. */
interface Sound {
  tempo: number;
  /** Position on the circle of fifths, a minor key at its relative major's. */
  fifths: number;
  energy: number;
}

const column = (id: string): number => AUDIO_FEATURES.findIndex((f) => f.id === id);
const TEMPO = column('tempo');
const KEY = column('key');
const MODE = column('mode');
const ENERGY = column('energy');
/** Cost of an unknown value: that of an average jump, so that it neither attracts nor repels. */
const UNKNOWN = 0.4;
const WEIGHTS = { tempo: 0.4, key: 0.25, energy: 0.35 };
/** Rounds of improvement; each is O(n²), and most lists are stable after three. */
const ROUNDS = 6;
/** Position of the arc's peak in the list. */
const PEAK = 0.65;

function soundOf(dataset: Dataset, track: number): Sound {
  const key = dataset.feature(track, KEY);
  // A minor key's relative major is three semitones up: A minor and C major share their notes.
  const major = dataset.feature(track, MODE) === 0 ? key + 3 : key;
  return {
    tempo: dataset.feature(track, TEMPO),
    fifths: (major * 7) % 12,
    energy: dataset.feature(track, ENERGY),
  };
}

/** Distance on the circle of fifths, 0–6, scaled to 0–1. */
export function keyDistance(a: number, b: number): number {
  const steps = Math.abs(a - b) % 12;
  return Math.min(steps, 12 - steps) / 6;
}

/** Difference of tempo in octaves, 0–½ (half and double time sound alike), scaled to 0–1. */
export function tempoDistance(a: number, b: number): number {
  const octaves = Math.abs(Math.log2(a / b));
  const within = octaves - Math.floor(octaves);
  return Math.min(within, 1 - within) * 2;
}

const orUnknown = (distance: number): number => (Number.isNaN(distance) ? UNKNOWN : distance);

function transition(a: Sound, b: Sound): number {
  return (
    WEIGHTS.tempo * orUnknown(tempoDistance(a.tempo, b.tempo)) +
    WEIGHTS.key * orUnknown(keyDistance(a.fifths, b.fifths)) +
    WEIGHTS.energy * orUnknown(Math.abs(a.energy - b.energy))
  );
}

/**
 * Arranges the same songs in an order for listening.
 * `smooth` starts with the best and makes neighbours similar in tempo, key and energy: nearest neighbour, then 2-opt.
 * `arc` lets energy rise to a peak at two thirds and fall again, arranging songs of similar energy smoothly. `score` changes nothing.
 */
export function ordered(
  candidates: readonly Candidate[],
  dataset: Dataset,
  order: 'score' | 'smooth' | 'arc',
): Candidate[] {
  if (order === 'score' || candidates.length < 3) return [...candidates];
  const sounds = candidates.map((c) => soundOf(dataset, c.track));
  const path = order === 'smooth' ? smooth(sounds) : arc(sounds);
  return path.map((i) => candidates[i]!);
}

/** Sum of transition costs along a path; for tests and the 2-opt. */
export function pathCost(candidates: readonly Candidate[], dataset: Dataset): number {
  const sounds = candidates.map((c) => soundOf(dataset, c.track));
  let cost = 0;
  for (let i = 1; i < sounds.length; i++) cost += transition(sounds[i - 1]!, sounds[i]!);
  return cost;
}

function smooth(sounds: readonly Sound[]): number[] {
  const n = sounds.length;
  const cost = new Float32Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) cost[i * n + j] = transition(sounds[i]!, sounds[j]!);
  const path = [0];
  const left = Array.from({ length: n - 1 }, (_, i) => i + 1);
  while (left.length > 0) {
    const from = path.at(-1)! * n;
    let best = 0;
    for (let k = 1; k < left.length; k++) if (cost[from + left[k]!]! < cost[from + left[best]!]!) best = k;
    path.push(left.splice(best, 1)[0]!);
  }
  // 2-opt with the first song fixed: reverse a segment whenever this shortens the path.
  const at = (i: number, j: number): number => cost[path[i]! * n + path[j]!]!;
  for (let round = 0; round < ROUNDS; round++) {
    let improved = false;
    for (let i = 1; i < n - 1; i++)
      for (let j = i + 1; j < n; j++) {
        const before = at(i - 1, i) + (j + 1 < n ? at(j, j + 1) : 0);
        const after = at(i - 1, j) + (j + 1 < n ? at(i, j + 1) : 0);
        if (after < before - 1e-6) {
          for (let a = i, b = j; a < b; a++, b--) [path[a], path[b]] = [path[b]!, path[a]!];
          improved = true;
        }
      }
    if (!improved) break;
  }
  return path;
}

function arc(sounds: readonly Sound[]): number[] {
  const n = sounds.length;
  const known = sounds.map((s) => s.energy).filter((e) => !Number.isNaN(e));
  const mean = known.length > 0 ? known.reduce((sum, e) => sum + e, 0) / known.length : 0;
  const energy = sounds.map((s) => (Number.isNaN(s.energy) ? mean : s.energy));
  const height = (place: number): number => {
    const x = n > 1 ? place / (n - 1) : 0;
    return x <= PEAK ? x / PEAK : 1 - (x - PEAK) / (1 - PEAK);
  };
  // The least energetic songs take the lowest places of the curve, and so on upwards.
  const places = Array.from({ length: n }, (_, i) => i).sort((a, b) => height(a) - height(b) || a - b);
  const songs = Array.from({ length: n }, (_, i) => i).sort((a, b) => energy[a]! - energy[b]! || a - b);
  const path = new Array<number>(n);
  places.forEach((place, i) => {
    path[place] = songs[i]!;
  });
  return smoothNeighbours(path, sounds, energy);
}

/** Swaps neighbours of nearly equal energy where this makes transitions smoother, keeping the arc. */
function smoothNeighbours(path: number[], sounds: readonly Sound[], energy: readonly number[]): number[] {
  const cost = (i: number): number =>
    i > 0 && i < path.length ? transition(sounds[path[i - 1]!]!, sounds[path[i]!]!) : 0;
  for (let round = 0; round < ROUNDS; round++)
    for (let i = 0; i + 1 < path.length; i++) {
      if (Math.abs(energy[path[i]!]! - energy[path[i + 1]!]!) > 0.05) continue;
      const before = cost(i) + cost(i + 2);
      [path[i], path[i + 1]] = [path[i + 1]!, path[i]!];
      if (cost(i) + cost(i + 2) >= before - 1e-6) [path[i], path[i + 1]] = [path[i + 1]!, path[i]!];
    }
  return path;
}
