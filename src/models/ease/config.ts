import { type Static, Type } from '#typebox';

export const config = Type.Object({
  regularisation: Type.Number({
    default: 50,
    minimum: 1e-6,
    maximum: 1e6,
    description: 'ridge regularisation strength, after scaling by the two exponents',
  }),
  popularityExponent: Type.Number({
    default: 0.1,
    minimum: 0,
    maximum: 1,
    description: 'normalisation of tracks before the regression: divided by owners^exponent',
  }),
  ownerExponent: Type.Number({
    default: 0.25,
    minimum: 0,
    maximum: 1,
    description: 'normalisation of owners before the regression: divided by tracks^exponent',
  }),
  form: Type.Union(
    [Type.Literal('automatic'), Type.Literal('owners'), Type.Literal('tracks'), Type.Literal('sparse')],
    {
      default: 'automatic',
      description:
        'owners: exact for all tracks, solved in owner space; tracks: exact for the most popular tracks, sparse for the rest; sparse: every track regressed on its neighbours; automatic: owners up to maxOwners, else sparse up to 4 million entries, else tracks',
    },
  ),
  maxOwners: Type.Integer({
    default: 8000,
    minimum: 1,
    maximum: 30_000,
    description: 'maximum number of owners for the form "owners"; memory grows with its square, time with its cube',
  }),
  headTracks: Type.Integer({
    default: 8000,
    minimum: 1,
    maximum: 30_000,
    description: 'tracks in the exact part of the form "tracks"; memory grows with its square, time with its cube',
  }),
  neighbours: Type.Integer({
    default: 256,
    minimum: 1,
    maximum: 2048,
    description: 'most neighbours that a track is regressed on in the form "sparse"; time grows with their cube',
  }),
  tailNeighbours: Type.Integer({
    default: 32,
    minimum: 0,
    maximum: 256,
    description: 'neighbours from the exact part for each other track; 0 = none',
  }),
});
export type EaseConfig = Static<typeof config>;

/**
 * EASE (Steck 2019, eq. 8) over rows in which track i of owner u counts xᵤᵢ = |u|^−a |i|^−b: B = I − P diag(P)⁻¹ with P = (XᵀX + λ I)⁻¹. The score of
 * track j for the seeds s is Σ_s w_s |s|^−b B_sj |j|^b.
 */
export interface EaseScorer {
  score(seeds: Int32Array, weights: Float32Array, out: Float32Array): void;
  /** What each seed, at weight 1, adds to a track's score. Called for many tracks of one list with the same seeds. */
  contributions(seeds: Int32Array, track: number): Float64Array;
  info(): Record<string, unknown>;
  /** As `Fitted.dispose`. */
  dispose?(): void;
}
