import { type Static, Type } from '#typebox';
import type { Csr } from '../../math/csr.ts';
import type { AlsSettings } from './solve.ts';

export const config = Type.Object({
  factors: Type.Integer({
    default: 192,
    minimum: 8,
    maximum: 1024,
    description: 'number of factors, rounded up to a multiple of 8',
  }),
  iterations: Type.Integer({
    default: 5,
    minimum: 1,
    maximum: 100,
    description: 'number of alternating passes over owners and tracks',
  }),
  unobservedWeight: Type.Number({
    default: 0.015,
    minimum: 0,
    maximum: 1,
    description:
      'weight of an unobserved pair, relative to 1 for an observed one; lowered where all of them together would weigh more than 50 times the entries',
  }),
  regularisation: Type.Number({
    default: 0.003,
    minimum: 0,
    maximum: 100,
    description: 'regularisation strength',
  }),
  regularisationExponent: Type.Number({
    default: 1,
    minimum: 0,
    maximum: 1,
    description: 'how regularisation scales with the number of entries: 0 = constant, 1 = proportional',
  }),
  weightStrength: Type.Number({
    default: 0,
    minimum: 0,
    maximum: 5,
    description: 'influence of play counts or ratings on confidence; 0 weighs all entries equally',
  }),
  artistWeight: Type.Number({
    default: 3,
    minimum: 0,
    maximum: 20,
    description: 'weight of one pseudo-playlist per artist, made of all their tracks; 0 = none',
  }),
  scoreExponent: Type.Number({
    default: 0,
    minimum: -1,
    maximum: 1,
    description: 'popularity exponent: scores are multiplied by owners^exponent',
  }),
  solver: Type.Union([Type.Literal('conjugate gradients'), Type.Literal('cholesky')], {
    default: 'conjugate gradients',
    description: 'conjugate gradients (three steps per row of more than 48 entries) is much faster; cholesky is exact',
  }),
});
export type AlsConfig = Static<typeof config>;

/** The most that all unobserved pairs together may weigh, as a multiple of the number of entries. */
const MOST_UNOBSERVED = 50;

/**
 * α₀ for a library: the configured value, lowered where α₀ · owners · tracks would exceed 50 times the entries. The number of pairs grows with the
 * square of a library, that of entries does not: at a million playlists the default would outweigh the entries 580 times, and every vector would
 * shrink to 0 (docs/models/als.md).
 */
export function unobservedWeightFor(
  { unobservedWeight }: AlsConfig,
  { rows, columns, idx }: Pick<Csr, 'rows' | 'columns' | 'idx'>,
): number {
  const pairs = rows * columns;
  return pairs === 0 ? unobservedWeight : Math.min(unobservedWeight, (MOST_UNOBSERVED * idx.length) / pairs);
}

/** @param unobservedWeight the library's α₀ */
export const alsSettings = (settings: AlsConfig, unobservedWeight: number): AlsSettings => ({
  unobservedWeight,
  regularisation: settings.regularisation,
  regularisationExponent: settings.regularisationExponent,
  steps: settings.solver === 'cholesky' ? 0 : GRADIENT_STEPS,
});

const GRADIENT_STEPS = 3;

/** The kernels process eight floats at a time. */
export const paddedFactors = (factors: number): number => Math.ceil(factors / 8) * 8;
