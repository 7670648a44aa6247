import { type Region, regionOf } from '../../math/kernels/memory.ts';
import type { FittedSpectral } from '../spectral/spectral.ts';
import type { TitleEncoder } from '../title-encoder/encoder.ts';

/** Score of the best match, in the trees' unit: e² times the odds of no match at all. */
export const TITLE_WEIGHT = 2;

/**
 * Adds the learned title map's scores to the ranker's where there are no seeds: TITLE_WEIGHT · a candidate's score at the title's point / the best
 * candidate's. The trees are trained without it, because the map knows the titles of their training queries, and only one query in thirteen is a
 * title alone.
 */
export class TitlePlaces {
  private readonly encoder: TitleEncoder;
  private readonly space: FittedSpectral;
  private readonly region: Region;
  /** For each candidate, in the kernels' memory: its row in the space, and its score. */
  private readonly rows: Int32Array;
  private readonly found: Float32Array;

  /** @param most largest number of candidates */
  constructor(encoder: TitleEncoder, space: FittedSpectral, most: number) {
    this.encoder = encoder;
    this.space = space;
    this.region = regionOf(this);
    this.rows = this.region.int32(most);
    this.found = this.region.float32(most);
  }

  dispose(): void {
    this.region.free();
  }

  /** @param scores of the first `count` candidates; the map's scores are added */
  add(title: string, candidates: Int32Array, count: number, scores: Float32Array): void {
    const point = this.encoder.encode(title);
    if (!point) return;
    const rows = this.rows.subarray(0, count);
    const found = this.found.subarray(0, count);
    for (let i = 0; i < count; i++) rows[i] = this.space.lowRankRow(candidates[i]!);
    this.space.scorePointAt(point, rows, found);
    let best = 0;
    for (const score of found) if (score > best) best = score;
    if (best <= 0) return;
    for (let i = 0; i < count; i++) scores[i] = scores[i]! + (TITLE_WEIGHT * found[i]!) / best;
  }
}
