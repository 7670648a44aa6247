import { type Static, Type } from 'typebox';

export const config = Type.Object({
  regularisation: Type.Number({
    default: 50,
    minimum: 1e-6,
    maximum: 1e6,
    description: 'strength of the ridge regression, beside entries that were scaled by the two exponents',
  }),
  popularityExponent: Type.Number({
    default: 0.1,
    minimum: 0,
    maximum: 1,
    description: 'tracks are divided by the number of their owners to this power before the regression',
  }),
  ownerExponent: Type.Number({
    default: 0.25,
    minimum: 0,
    maximum: 1,
    description: 'owners are divided by the number of their tracks to this power before the regression',
  }),
  form: Type.Union([Type.Literal('automatic'), Type.Literal('owners'), Type.Literal('tracks')], {
    default: 'automatic',
    description:
      'owners: exact for all tracks, solved in the space of the owners; tracks: exact for the most held tracks, sparse for the others; automatic: owners while there are at most maxOwners',
  }),
  maxOwners: Type.Integer({
    default: 8000,
    minimum: 1,
    maximum: 30_000,
    description: 'most owners for the form "owners"; memory grows with the square, time with the cube',
  }),
  headTracks: Type.Integer({
    default: 8000,
    minimum: 1,
    maximum: 30_000,
    description: 'tracks of the exact part of the form "tracks"; memory grows with the square, time with the cube',
  }),
  tailNeighbours: Type.Integer({
    default: 32,
    minimum: 0,
    maximum: 256,
    description: 'tracks of the exact part that stand for each other track; 0 = none',
  }),
});
export type EaseConfig = Static<typeof config>;

/**
 * EASE (Steck 2019, eq. 8) over rows in which track i of owner u counts xᵤᵢ = |u|^−a |i|^−b: B = I − P diag(P)⁻¹ with
 * P = (XᵀX + λ I)⁻¹. An answer to the seeds s is Σ_s w_s |s|^−b B_sj |j|^b.
 */
export interface EaseScorer {
  score(seeds: Int32Array, weights: Float32Array, out: Float32Array): void;
  /** What a seed of weight 1 adds to the score of a track. */
  contribution(seed: number, track: number): number;
  info(): Record<string, unknown>;
}
