import { AUDIO_FEATURES, type AudioFeature } from '../dataset/audio-features.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { circleOfFifths, type SoundFeature } from './audio-components.ts';

/** Words for a song well below or above the catalogue's mean. */
export const LEVELS: Readonly<Partial<Record<SoundFeature, readonly [low: string, high: string]>>> = {
  energy: ['calm', 'energetic'],
  acousticness: ['electronic', 'acoustic'],
  valence: ['melancholy', 'cheerful'],
  danceability: ['not danceable', 'danceable'],
  loudness: ['quiet', 'loud'],
  instrumentalness: ['sung', 'instrumental'],
  speechiness: ['without speech', 'spoken-word'],
  liveness: ['recorded in a studio', 'played live'],
  mode: ['in a minor key', 'in a major key'],
};

const column = (feature: AudioFeature): number => AUDIO_FEATURES.findIndex((f) => f.id === feature);
const KEY = column('key');
const MODE = column('mode');
const TEMPO = column('tempo');
const TIME_SIGNATURE = column('timeSignature');

/** The known values of one feature in the seeds. */
function known(dataset: Dataset, seeds: Int32Array, feature: number): number[] {
  const values: number[] = [];
  for (const seed of seeds) {
    const value = dataset.feature(seed, feature);
    if (!Number.isNaN(value)) values.push(value);
  }
  return values.sort((a, b) => a - b);
}

const middle = (values: readonly number[]): number => values[values.length >> 1]!;

/** "tempo within 3 BPM": the distance to the seeds' median from the track's tempo, its double or its half. */
export function tempoPhrase(dataset: Dataset, seeds: Int32Array, track: number): string {
  const tempo = dataset.feature(track, TEMPO);
  const typical = middle(known(dataset, seeds, TEMPO));
  let best = { distance: Number.POSITIVE_INFINITY, speed: '' };
  for (const [factor, speed] of [
    [1, ''],
    [2, ' at double time'],
    [0.5, ' at half time'],
  ] as const) {
    const distance = Math.abs(tempo * factor - typical);
    if (distance < best.distance) best = { distance, speed };
  }
  if (best.distance > 12) return `similar tempo (${Math.round(tempo)} BPM)`;
  return `tempo within ${Math.max(1, Math.ceil(best.distance))} BPM${best.speed}`;
}

/** "same key" or "neighbouring keys", by the distance on the circle of fifths to the closest seed. */
export function keyPhrase(dataset: Dataset, seeds: Int32Array, track: number): string {
  const position = circleOfFifths(dataset.feature(track, KEY), dataset.feature(track, MODE));
  let steps = 12;
  for (const seed of seeds) {
    const other = circleOfFifths(dataset.feature(seed, KEY), dataset.feature(seed, MODE));
    const distance = Math.abs(position - other);
    if (!Number.isNaN(distance)) steps = Math.min(steps, distance, 12 - distance);
  }
  return steps === 0 ? 'same or relative key' : steps === 1 ? 'neighbouring keys' : 'related keys';
}

export function metrePhrase(dataset: Dataset, track: number): string {
  return `${dataset.feature(track, TIME_SIGNATURE)} beats to the bar`;
}

/** "a", "a and b", "a, b and c" */
export function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
