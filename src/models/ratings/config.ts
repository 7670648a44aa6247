import { type Static, Type } from 'typebox';

export const config = Type.Object({
  factors: Type.Integer({
    default: 15,
    minimum: 1,
    maximum: 255,
    description: 'length of the vectors beside the biases',
  }),
  iterations: Type.Integer({ default: 15, minimum: 1, maximum: 200, description: 'passes over owners and tracks' }),
  regularisation: Type.Number({
    default: 1,
    minimum: 1e-6,
    maximum: 1000,
    description: 'strength of the regularisation',
  }),
  regularisationExponent: Type.Number({
    default: 0.5,
    minimum: 0,
    maximum: 1,
    description: 'how far the regularisation grows with the number of ratings: 0 = not at all, 1 = in proportion',
  }),
});
export type RatingsConfig = Static<typeof config>;
