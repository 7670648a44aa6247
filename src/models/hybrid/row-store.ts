import type { Rng } from '../../math/rng.ts';
import type { RankingData } from '../ranker/train.ts';
import type { Features } from './features.ts';

/** Feature rows of the candidates of several queries, COLUMNS.length numbers each; label 1 = a true track. */
export type QueryRows = Omit<RankingData, 'columns'>;

/** Concatenates the queries of several parts. */
export function joinRows(parts: readonly QueryRows[]): QueryRows {
  const total = (length: (part: QueryRows) => number): number => parts.reduce((sum, part) => sum + length(part), 0);
  const features = new Float32Array(total((part) => part.features.length));
  const labels = new Float32Array(total((part) => part.labels.length));
  const groups = [0];
  let at = 0;
  let row = 0;
  for (const part of parts) {
    features.set(part.features, at);
    labels.set(part.labels, row);
    for (let q = 1; q < part.groups.length; q++) groups.push(row + part.groups[q]!);
    at += part.features.length;
    row += part.labels.length;
  }
  return { features, labels, groups: Int32Array.from(groups) };
}

/** Ranking rows that grow by doubling. */
export class RowStore {
  private readonly columns: number;
  private features: Float32Array;
  private labels: Float32Array;
  private readonly groups: number[] = [0];
  private count = 0;

  constructor(columns: number) {
    this.columns = columns;
    this.features = new Float32Array(columns << 14);
    this.labels = new Float32Array(1 << 14);
  }

  /**
   * Adds a training query's true tracks among its n candidates, and a share of the others. Only these are described.
   * @param share of the wrong candidates to keep, 0–1 @returns number of true tracks among the candidates
   */
  addGroup(features: Features, n: number, truth: ReadonlySet<number>, share: number, rng: Rng): number {
    const { tracks } = features.candidates;
    const kept: number[] = [];
    let hits = 0;
    for (let i = 0; i < n; i++) {
      const hit = truth.has(tracks[i]!);
      if (!hit && rng.uniform() >= share) continue;
      kept.push(i);
      if (hit) hits++;
    }
    // A training query without a true candidate teaches nothing.
    if (hits > 0) this.add(features, kept, truth);
    return hits;
  }

  /**
   * Adds the candidates of a validation query that are true, that a retriever ranked among its first `places`, or that no retriever proposed. Adds
   * the query even without true candidates.
   */
  addJudged(features: Features, n: number, truth: ReadonlySet<number>, places: number): void {
    const { tracks, ranks, ranked } = features.candidates;
    const kept: number[] = [];
    for (let i = 0; i < n; i++)
      if (i >= ranked || truth.has(tracks[i]!) || ranks.some((rank) => rank[i]! < places)) kept.push(i);
    this.add(features, kept, truth);
  }

  finish(): QueryRows {
    return {
      features: this.features.slice(0, this.count * this.columns),
      labels: this.labels.slice(0, this.count),
      groups: Int32Array.from(this.groups),
    };
  }

  /** Describes candidates and adds them as one group. */
  private add(features: Features, kept: readonly number[], truth: ReadonlySet<number>): void {
    features.describe(Int32Array.from(kept));
    this.reserve(this.count + kept.length);
    this.features.set(features.rows.subarray(0, kept.length * this.columns), this.count * this.columns);
    for (const i of kept) this.labels[this.count++] = truth.has(features.candidates.tracks[i]!) ? 1 : 0;
    this.groups.push(this.count);
  }

  private reserve(rows: number): void {
    let capacity = this.labels.length;
    while (capacity < rows) capacity *= 2;
    if (capacity === this.labels.length) return;
    const features = new Float32Array(capacity * this.columns);
    features.set(this.features);
    this.features = features;
    const labels = new Float32Array(capacity);
    labels.set(this.labels);
    this.labels = labels;
  }
}
