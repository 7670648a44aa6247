import { Value } from '#typebox/value';
import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';
import { within } from '../../math/progress.ts';
import { als } from '../als/als.ts';
import { arrayOf, checkArtifact } from '../artifact.ts';
import type { FitContext, Model } from '../model.ts';
import { step } from '../progress.ts';
import { config, type SequenceConfig } from './config.ts';
import { FittedSequence, SEQUENCE_VERSION } from './fitted.ts';
import { shapeOf } from './shape.ts';
import { numberRows, Tokens } from './tokens.ts';
import { train } from './training.ts';
import { parameterCount } from './transformer.ts';

/** Share of the work spent on the initial vectors. */
const STARTING = 0.05;

/** A causal transformer over the order of playlists and plays that predicts what comes next. */
export const sequence: Model<typeof config> = {
  id: 'sequence',
  title: 'Sequence',
  description:
    'A small transformer that reads a playlist or listening history in order and predicts the next song. Choose it for radio and for "what next?".',
  family: 'collaborative',
  source:
    'SASRec (Kang & McAuley 2018) with sampled softmax (Jean et al. 2015), or the loss of gSASRec (Petrov & Macdonald 2023); started from iALS vectors',
  byDefault: false,
  versions: [SEQUENCE_VERSION],
  config,
  unusable: (dataset) => als.unusable(dataset),
  async fit(dataset, settings, context) {
    const shape = shapeOf(settings);
    const tokens = new Tokens(dataset, numberRows(dataset));
    const start = await startingTable(dataset, tokens, shape.factors, context);
    const trained = await train(
      dataset,
      tokens,
      start,
      shape,
      settings,
      context.rng.fork('training'),
      (done, of, loss) =>
        step(
          context,
          sequence.id,
          STARTING + ((1 - STARTING) * done) / of,
          `step ${done} of ${of}, loss ${loss.toFixed(3)}`,
        ),
    );
    await step(context, sequence.id, 1, 'done');
    return new FittedSequence(dataset, settings, tokens, trained);
  },
  load(artifact, dataset) {
    checkArtifact(artifact, sequence.id, SEQUENCE_VERSION, dataset.catalogueId);
    const settings = artifact.config as SequenceConfig;
    const shape = shapeOf(settings);
    const { terms, firstTerm, curve } = artifact.meta as { terms: string[]; firstTerm: number; curve: number[] };
    const trackRow = arrayOf(artifact, 'trackRow', 'Int32Array', dataset.tracks.count);
    const artistRow = arrayOf(artifact, 'artistRow', 'Int32Array', dataset.artists.count);
    if (!trackRow.every((row) => row < firstTerm) || !artistRow.every((row) => row < firstTerm))
      throw new SegueError('FILE_UNREADABLE', {
        got: 'The saved model "sequence" refers to vectors that it does not contain',
        remedy: 'Train it again with `segue train sequence`',
      });
    const tokens = new Tokens(dataset, { trackRow, artistRow, terms, firstTerm });
    return new FittedSequence(dataset, settings, tokens, {
      table: arrayOf(artifact, 'table', 'Float32Array', tokens.count * shape.factors),
      parameters: arrayOf(artifact, 'parameters', 'Float32Array', parameterCount(shape)),
      curve,
    });
  },
};

/** Root mean square length of the tracks' initial vectors. */
const LENGTH = 1;

/** Initial vectors: those of ALS for tracks, scaled to a common mean length; zeros for artists; short random ones for title terms. */
async function startingTable(dataset: Dataset, tokens: Tokens, d: number, context: FitContext): Promise<Float32Array> {
  const settings = { ...Value.Create(als.config), factors: d };
  const factorised = await als.fit(dataset, settings, {
    rng: context.rng.fork('als'),
    signal: context.signal,
    onProgress: within(context.onProgress, 0, STARTING),
  });
  const { data, dimension } = factorised.vectors();
  factorised.dispose();
  const table = new Float32Array(tokens.count * d);
  let squares = 0;
  let rows = 0;
  tokens.rows.trackRow.forEach((row, t) => {
    if (row < 0) return;
    rows++;
    for (let j = 0; j < d; j++) {
      const value = data[t * dimension + j]!;
      table[row * d + j] = value;
      squares += value * value;
    }
  });
  const scale = squares > 0 ? LENGTH / Math.sqrt(squares / rows) : 0;
  for (let i = 0; i < table.length; i++) table[i] = table[i]! * scale;
  const rng = context.rng.fork('titles');
  for (let i = tokens.rows.firstTerm * d; i < table.length; i++) table[i] = (0.3 / Math.sqrt(d)) * rng.normal();
  return table;
}
