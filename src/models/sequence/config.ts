import { type Static, Type } from '#typebox';

export const config = Type.Object({
  factors: Type.Integer({
    default: 64,
    minimum: 8,
    maximum: 512,
    description: 'numbers per token, rounded up to a multiple of 4 per head',
  }),
  layers: Type.Integer({ default: 2, minimum: 1, maximum: 12, description: 'transformer layers' }),
  heads: Type.Integer({ default: 2, minimum: 1, maximum: 16, description: 'attention heads per layer' }),
  window: Type.Integer({
    default: 100,
    minimum: 2,
    maximum: 2000,
    description: 'number of latest tracks that the model looks at',
  }),
  epochs: Type.Integer({ default: 6, minimum: 1, maximum: 500, description: 'passes over all sequences' }),
  rate: Type.Number({
    default: 0.001,
    minimum: 0.00001,
    maximum: 0.1,
    scale: 'log',
    description: 'highest learning rate of Adam, after a rise over the first twentieth of the steps',
  }),
  itemRate: Type.Number({
    default: 1,
    minimum: 0,
    maximum: 10,
    description: 'learning rate of the vectors of tracks, artists and title terms, relative to that of the network',
  }),
  dropout: Type.Number({ default: 0.2, minimum: 0, maximum: 0.9, description: 'probability of dropout' }),
  titleDropout: Type.Number({
    default: 0.3,
    minimum: 0,
    maximum: 1,
    description: 'probability that a sequence is trained without its title',
  }),
  negatives: Type.Integer({
    default: 512,
    minimum: 4,
    maximum: 65_536,
    description: 'negatives that the positions of a batch share, rounded up to a multiple of 4',
  }),
  loss: Type.Union([Type.Literal('softmax'), Type.Literal('binary')], {
    default: 'softmax',
    description:
      'binary = generalised binary cross-entropy (gSASRec), negatives drawn evenly; softmax = sampled softmax, half of the negatives drawn by frequency',
  }),
  calibration: Type.Number({
    default: 0.75,
    minimum: 0,
    maximum: 1,
    description: 'calibration t of the binary loss: 0 is plain cross-entropy, 1 undoes the bias of sampling wholly',
  }),
  batch: Type.Integer({ default: 2048, minimum: 16, maximum: 65_536, description: 'positions per step, about' }),
});
export type SequenceConfig = Static<typeof config>;
