import { type Static, Type } from '#typebox';

export const hybridConfig = Type.Object({
  folds: Type.Integer({
    default: 5,
    minimum: 2,
    maximum: 20,
    description: 'number of cross-fitting folds; the retrievers that answer a fold never saw its owners',
  }),
  maxTrainingQueries: Type.Integer({
    default: 8000,
    minimum: 100,
    maximum: 100_000,
    description: 'maximum number of owners that training queries are made from',
  }),
  trainingQueriesPerOwner: Type.Integer({
    default: 1,
    minimum: 1,
    maximum: 10,
    description: 'training queries per owner',
  }),
  negatives: Type.Integer({
    default: 120,
    minimum: 10,
    maximum: 5000,
    description: 'negative candidates kept per training query, on average',
  }),
  trees: Type.Integer({ default: 300, minimum: 1, maximum: 2000, description: 'number of trees in the ranker' }),
  leaves: Type.Integer({ default: 31, minimum: 2, maximum: 255, description: 'maximum number of leaves per tree' }),
  learningRate: Type.Number({
    default: 0.06,
    minimum: 0.001,
    maximum: 1,
    description: 'shrinkage applied to each tree',
  }),
  leastOwners: Type.Integer({
    default: 200,
    minimum: 20,
    maximum: 1_000_000,
    description:
      'minimum number of owners for training a ranker; with fewer, retriever scores are summed with fixed weights',
  }),
});
export type HybridConfig = Static<typeof hybridConfig>;
