import { type Static, Type } from 'typebox';
import type { AlsSettings } from './solve.ts';

export const config = Type.Object({
  factors: Type.Integer({
    default: 192,
    minimum: 8,
    maximum: 1024,
    description: 'length of the vectors, rounded up to a multiple of 8',
  }),
  iterations: Type.Integer({ default: 5, minimum: 1, maximum: 100, description: 'passes over both sides' }),
  unobservedWeight: Type.Number({
    default: 0.015,
    minimum: 0,
    maximum: 1,
    description: 'weight of a pair that was not seen, beside 1 for one that was',
  }),
  regularisation: Type.Number({
    default: 0.003,
    minimum: 0,
    maximum: 100,
    description: 'strength of the regularisation',
  }),
  regularisationExponent: Type.Number({
    default: 1,
    minimum: 0,
    maximum: 1,
    description: 'how far the regularisation grows with the number of entries: 0 = not at all, 1 = in proportion',
  }),
  weightStrength: Type.Number({
    default: 0,
    minimum: 0,
    maximum: 5,
    description: 'how much play counts or ratings count; 0 = every entry counts the same',
  }),
  artistWeight: Type.Number({
    default: 3,
    minimum: 0,
    maximum: 20,
    description: 'weight of the lists that the tracks of one artist make; 0 = artists are not used',
  }),
  scoreExponent: Type.Number({
    default: 0,
    minimum: -1,
    maximum: 1,
    description: 'scores are multiplied by the number of owners of a track to this power',
  }),
  solver: Type.Union([Type.Literal('conjugate gradients'), Type.Literal('cholesky')], {
    default: 'conjugate gradients',
    description: 'conjugate gradients (three steps a row of more than 48 entries) is much faster, cholesky exact',
  }),
});
export type AlsConfig = Static<typeof config>;

export const alsSettings = (settings: AlsConfig): AlsSettings => ({
  unobservedWeight: settings.unobservedWeight,
  regularisation: settings.regularisation,
  regularisationExponent: settings.regularisationExponent,
  steps: settings.solver === 'cholesky' ? 0 : GRADIENT_STEPS,
});

const GRADIENT_STEPS = 3;

/** The kernels work on lanes of eight. */
export const paddedFactors = (factors: number): number => Math.ceil(factors / 8) * 8;
