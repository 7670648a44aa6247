import { type Static, Type } from 'typebox';

export const hybridConfig = Type.Object({
  folds: Type.Integer({
    default: 5,
    minimum: 2,
    maximum: 20,
    description: 'parts into which owners are dealt; the retrievers that answer a part never saw it',
  }),
  maxQuestions: Type.Integer({
    default: 8000,
    minimum: 100,
    maximum: 100_000,
    description: 'most owners whose tracks are asked for in training',
  }),
  questionsPerOwner: Type.Integer({
    default: 1,
    minimum: 1,
    maximum: 10,
    description: 'questions made of each of these owners',
  }),
  negatives: Type.Integer({
    default: 120,
    minimum: 10,
    maximum: 5000,
    description: 'candidates that are no answer, kept of each question on average',
  }),
  trees: Type.Integer({ default: 300, minimum: 1, maximum: 2000, description: 'trees of the ranker' }),
  leaves: Type.Integer({ default: 31, minimum: 2, maximum: 255, description: 'leaves of each tree' }),
  learningRate: Type.Number({ default: 0.06, minimum: 0.001, maximum: 1, description: 'how much each tree changes' }),
  leastOwners: Type.Integer({
    default: 200,
    minimum: 20,
    maximum: 1_000_000,
    description: 'with fewer owners the retrievers are summed with fixed weights, since a ranker would learn noise',
  }),
});
export type HybridConfig = Static<typeof hybridConfig>;
