import { type Csr, transpose } from '../../math/csr.ts';
import { Region } from '../../math/kernels/memory.ts';
import { solveSystems } from '../../math/kernels/solve.ts';
import { TopK } from '../../math/topk.ts';
import type { EaseConfig, EaseScorer } from './config.ts';

/** B by seed, with both scalings applied: what a seed of weight 1 adds to each track of its row. */
export interface SparsePart {
  seedPtr: Int32Array;
  tracks: Int32Array;
  coefficients: Float32Array;
}

/** Systems solved side by side. */
const BATCH = 64;
/** Neighbours allowed per owner of a track: a rare track has little data for a regression. */
const FOR_EACH_OWNER = 128;

/**
 * Regresses each track's column of B on its `neighbours` closest tracks only: b = (G_NN + λI)⁻¹ G_Nj, the sparse Markov random field of Steck (2019b)
 * with one neighbourhood per track. Closeness is the number of common owners, relative to the √ of the neighbour's owners. Time grows with tracks ×
 * neighbours³.
 * @param between called with 0–1, may throw to stop @throws SegueError UNSOLVABLE
 */
export function trainSparse(matrix: Csr, settings: EaseConfig, between: (fraction: number) => void): SparsePart {
  const gram = new LocalGram(matrix, settings);
  const { counts } = gram;
  const targets: number[] = [];
  for (let t = 0; t < counts.length; t++) if (counts[t]! > 0) targets.push(t);
  // All systems of a batch have the same order, so tracks with equally many neighbours are batched together.
  const width = (t: number): number => Math.min(settings.neighbours, FOR_EACH_OWNER * counts[t]!);
  targets.sort((a, b) => width(a) - width(b) || a - b);
  const columns = targets.map(() => NONE);
  for (let from = 0; from < targets.length; from += BATCH) {
    const batch = targets.slice(from, from + BATCH);
    const order = Math.ceil(width(batch.at(-1)!) / 8) * 8;
    const region = new Region();
    try {
      const systems = region.float32(batch.length * order * order);
      const solutions = region.float32(batch.length * order);
      const chosen = batch.map((track, i) =>
        gram.fill(
          track,
          width(track),
          systems.subarray(i * order * order, (i + 1) * order * order),
          solutions.subarray(i * order, (i + 1) * order),
        ),
      );
      solveSystems(systems, solutions, batch.length, order);
      chosen.forEach((neighbours, i) => {
        columns[from + i] = { neighbours, solution: solutions.slice(i * order, i * order + neighbours.length) };
      });
    } finally {
      region.free();
    }
    between(Math.min(1, (from + BATCH) / targets.length));
  }
  return bySeed(targets, columns, counts, settings);
}

interface Column {
  /** Ascending. */
  readonly neighbours: Int32Array;
  readonly solution: Float32Array;
}
const NONE: Column = { neighbours: new Int32Array(0), solution: new Float32Array(0) };

function bySeed(targets: number[], columns: Column[], counts: Int32Array, settings: EaseConfig): SparsePart {
  const ptr = new Int32Array(counts.length + 1);
  for (const { neighbours } of columns) for (const seed of neighbours) ptr[seed + 1]!++;
  for (let t = 0; t < counts.length; t++) ptr[t + 1]! += ptr[t]!;
  const at = ptr.slice();
  const tracks = new Int32Array(ptr.at(-1)!);
  const coefficients = new Float32Array(tracks.length);
  const scale = (t: number): number => counts[t]! ** settings.popularityExponent;
  const ascending = targets.map((_, i) => i).sort((a, b) => targets[a]! - targets[b]!);
  for (const i of ascending) {
    const { neighbours, solution } = columns[i]!;
    neighbours.forEach((seed, k) => {
      tracks[at[seed]!] = targets[i]!;
      coefficients[at[seed]!++] = (solution[k]! * scale(targets[i]!)) / scale(seed);
    });
  }
  return { seedPtr: ptr, tracks, coefficients };
}

/** Computes parts of G = XᵀX, scaled as described in config.ts, without the whole: single rows, and the square over a track's neighbours. */
class LocalGram {
  readonly counts: Int32Array;
  private readonly matrix: Csr;
  private readonly inverted: Csr;
  private readonly regularisation: number;
  private readonly ownerSquare: Float64Array;
  private readonly trackScale: Float64Array;
  private readonly shared: Float64Array;
  private readonly met: Int32Array;
  /** Neighbours that each owner holds, as linked lists: an owner's newest link, and each link's predecessor. */
  private readonly newest: Int32Array;
  private before = new Int32Array(1 << 12);
  private place = new Int32Array(1 << 12);

  constructor(matrix: Csr, settings: EaseConfig) {
    this.matrix = matrix;
    this.inverted = transpose(matrix);
    this.regularisation = settings.regularisation;
    const { ptr } = this.inverted;
    this.counts = Int32Array.from({ length: matrix.columns }, (_, t) => ptr[t + 1]! - ptr[t]!);
    this.ownerSquare = Float64Array.from(
      { length: matrix.rows },
      (_, u) => Math.max(1, matrix.ptr[u + 1]! - matrix.ptr[u]!) ** (-2 * settings.ownerExponent),
    );
    this.trackScale = Float64Array.from(this.counts, (count) => Math.max(1, count) ** -settings.popularityExponent);
    this.shared = new Float64Array(matrix.columns);
    this.met = new Int32Array(matrix.columns);
    this.newest = new Int32Array(matrix.rows).fill(-1);
  }

  /**
   * Writes the system of one track: G_NN + λI, padded with the unit matrix, and G_Nj.
   * @param most upper limit of neighbours @returns the neighbours, ascending
   */
  fill(track: number, most: number, system: Float32Array, side: Float32Array): Int32Array {
    const { shared, trackScale, regularisation } = this;
    const met = this.meet(track);
    const neighbours = this.closest(met, most);
    const order = side.length;
    neighbours.forEach((t, i) => {
      side[i] = shared[t]! * trackScale[t]! * trackScale[track]!;
    });
    for (let i = 0; i < met; i++) shared[this.met[i]!] = 0;
    this.square(neighbours, order, system);
    for (let i = 0; i < order; i++) {
      const own = i < neighbours.length ? trackScale[neighbours[i]!]! : 1;
      for (let j = 0; j < i && i < neighbours.length; j++) {
        const value = system[j * order + i]! * own * trackScale[neighbours[j]!]!;
        system[j * order + i] = value;
        system[i * order + j] = value;
      }
      system[i * order + i] = i < neighbours.length ? system[i * order + i]! * own * own + regularisation : 1;
    }
    return neighbours;
  }

  /** Sums in `shared` the overlap of each other track with this one. @returns the number of tracks listed in `met` */
  private meet(track: number): number {
    const { matrix, inverted, shared, ownerSquare } = this;
    let met = 0;
    for (let e = inverted.ptr[track]!; e < inverted.ptr[track + 1]!; e++) {
      const u = inverted.idx[e]!;
      for (let f = matrix.ptr[u]!; f < matrix.ptr[u + 1]!; f++) {
        const other = matrix.idx[f]!;
        if (other === track) continue;
        if (shared[other] === 0) this.met[met++] = other;
        shared[other] = shared[other]! + ownerSquare[u]!;
      }
    }
    return met;
  }

  private closest(met: number, most: number): Int32Array {
    const top = new TopK(Math.min(most, met));
    for (let i = 0; i < met; i++) {
      const t = this.met[i]!;
      top.push(t, this.shared[t]! / Math.sqrt(this.counts[t]!));
    }
    return top.drain().items.sort();
  }

  /** Σ over the owners that hold both, upper triangle. */
  private square(neighbours: Int32Array, order: number, system: Float32Array): void {
    const { inverted, newest, ownerSquare } = this;
    let links = 0;
    for (const t of neighbours) links += this.counts[t]!;
    if (links > this.place.length) {
      this.before = new Int32Array(2 * links);
      this.place = new Int32Array(2 * links);
    }
    const { before, place } = this;
    let link = 0;
    for (let i = 0; i < neighbours.length; i++) {
      const end = inverted.ptr[neighbours[i]! + 1]!;
      for (let e = inverted.ptr[neighbours[i]!]!; e < end; e++) {
        const u = inverted.idx[e]!;
        const part = ownerSquare[u]!;
        place[link] = i;
        before[link] = newest[u]!;
        newest[u] = link;
        for (let l = link; l >= 0; l = before[l]!) {
          const at = place[l]! * order + i;
          system[at] = system[at]! + part;
        }
        link++;
      }
    }
    for (const t of neighbours)
      for (let e = inverted.ptr[t]!; e < inverted.ptr[t + 1]!; e++) newest[inverted.idx[e]!] = -1;
  }
}

/** Scores from B by seed. */
export class SparseForm implements EaseScorer {
  private readonly part: SparsePart;

  constructor(part: SparsePart) {
    this.part = part;
  }

  score(seeds: Int32Array, weights: Float32Array, out: Float32Array): void {
    const { seedPtr: ptr, tracks, coefficients } = this.part;
    out.fill(0);
    seeds.forEach((seed, i) => {
      const weight = weights[i]!;
      for (let e = ptr[seed]!; e < ptr[seed + 1]!; e++) out[tracks[e]!]! += weight * coefficients[e]!;
    });
  }

  contributions(seeds: Int32Array, track: number): Float64Array {
    return Float64Array.from(seeds, (seed) => this.coefficient(seed, track));
  }

  private coefficient(seed: number, track: number): number {
    const { seedPtr: ptr, tracks, coefficients } = this.part;
    for (let e = ptr[seed]!; e < ptr[seed + 1]!; e++) if (tracks[e] === track) return coefficients[e]!;
    return 0;
  }

  info(): Record<string, unknown> {
    return { form: 'sparse', coefficients: this.part.tracks.length };
  }
}
