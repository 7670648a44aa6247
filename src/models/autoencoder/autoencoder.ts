import { type Static, Type } from '#typebox';
import { SegueError } from '../../errors.ts';
import { DenseRows } from '../../features/dense.ts';
import { ContentSpace } from '../../features/space.ts';
import { arrayOf } from '../artifact.ts';
import { nothingKnown } from '../content.ts';
import { checkGrownArtifact } from '../grown-catalogue.ts';
import type { Model } from '../model.ts';
import { step } from '../progress.ts';
import { FittedAutoencoder } from './fitted.ts';
import { architecture, type EpochLoss, train } from './training.ts';

const VERSION = 1;

const config = Type.Object({
  latent: Type.Integer({ default: 16, minimum: 2, maximum: 256, description: 'dimension of the latent vectors' }),
  hidden: Type.Integer({
    default: 64,
    minimum: 4,
    maximum: 1024,
    description: 'width of the hidden layers on either side of the latent one',
  }),
  genreAxes: Type.Integer({
    default: 16,
    minimum: 0,
    maximum: 64,
    description: 'number of genre dimensions in the input',
  }),
  noise: Type.Number({
    default: 0.2,
    minimum: 0,
    maximum: 0.9,
    description: 'probability that an input value is masked in training',
  }),
  epochs: Type.Integer({ default: 12, minimum: 1, maximum: 500, description: 'maximum number of epochs' }),
  patience: Type.Integer({
    default: 3,
    minimum: 1,
    maximum: 100,
    description: 'early stopping: epochs without a lower validation loss',
  }),
  rate: Type.Number({
    default: 0.003,
    minimum: 0.00001,
    maximum: 0.1,
    description: 'initial learning rate of Adam',
  }),
  batch: Type.Integer({
    default: 512,
    minimum: 8,
    maximum: 8192,
    description: 'batch size; smaller where the catalogue has fewer than 32 batches',
  }),
});
export type AutoencoderConfig = Static<typeof config>;

/** Compresses features with an autoencoder; neighbours are found by cosine in the compressed space. */
export const autoencoder: Model<typeof config> = {
  id: 'autoencoder',
  title: 'Autoencoder',
  description:
    'Compresses all features of a song into a short vector, learns to restore hidden ones, and recommends the nearest neighbours. Choose it when features are patchy: a song with known genres only is placed where its sound should be.',
  family: 'content',
  source: 'Denoising autoencoder (Vincent et al. 2008), Adam (Kingma & Ba 2015)',
  grows: true,
  byDefault: true,
  versions: [VERSION],
  config,
  unusable: (dataset) => nothingKnown(dataset),
  async fit(dataset, settings, context) {
    await step(context, autoencoder.id, 0, 'measuring features and genres');
    const space = ContentSpace.fit(dataset);
    const rows = await DenseRows.fit(space, settings.genreAxes, context.rng.fork('genres'));
    await step(context, autoencoder.id, 0.1, 'learning');
    const trained = await train(rows, settings, context.rng, ({ epoch, training, validation }) => {
      const note = `epoch ${epoch}: loss ${training.toFixed(3)}, held back ${validation.toFixed(3)}`;
      return step(context, autoencoder.id, 0.1 + (0.85 * epoch) / settings.epochs, note);
    });
    const fitted = new FittedAutoencoder(rows, trained, settings, VERSION);
    await step(context, autoencoder.id, 1, 'done');
    return fitted;
  },
  load(artifact, dataset) {
    checkGrownArtifact(artifact, autoencoder.id, VERSION, dataset);
    const rows = DenseRows.restore(artifact.meta.rows, dataset);
    const settings = artifact.config as AutoencoderConfig;
    const parameters = arrayOf(artifact, 'parameters', 'Float32Array', parameterCount(rows.dimension, settings));
    if (!parameters.every(Number.isFinite)) {
      throw new SegueError('FILE_UNREADABLE', {
        got: 'The saved network contains values that are not numbers',
        remedy: 'Train it again with `segue train autoencoder`',
      });
    }
    const { curve, best } = artifact.meta as { curve: EpochLoss[]; best: number };
    return new FittedAutoencoder(rows, { parameters, curve, best }, settings, VERSION);
  },
};

function parameterCount(inputs: number, { hidden, latent }: AutoencoderConfig): number {
  const sizes = architecture(inputs, hidden, latent);
  let length = 0;
  for (let l = 1; l < sizes.length; l++) length += (sizes[l - 1]! + 1) * sizes[l]!;
  return length;
}
