import { type Static, Type } from '#typebox';

export const config = Type.Object({
  factors: Type.Integer({
    default: 40,
    minimum: 1,
    maximum: 255,
    description: 'number of factors, not counting the biases',
  }),
  iterations: Type.Integer({
    default: 15,
    minimum: 1,
    maximum: 200,
    description: 'number of alternating passes over owners and tracks',
  }),
  regularisation: Type.Number({
    default: 3,
    minimum: 1e-6,
    maximum: 1000,
    description: 'regularisation strength',
  }),
  regularisationExponent: Type.Number({
    default: 0,
    minimum: 0,
    maximum: 1,
    description: 'how regularisation scales with the number of ratings: 0 = constant, 1 = proportional',
  }),
});
export type RatingsConfig = Static<typeof config>;
