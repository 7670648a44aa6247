import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';
import { recordedStatistics } from '../../features/space.ts';
import type { AudioStatistics } from '../../features/standardise.ts';
import { type Artifact, arrayOf, checkArtifact } from '../artifact.ts';
import { balanced } from '../balanced.ts';
import { checkContent, roomForAudio } from '../content.ts';
import type { Derived } from '../derived.ts';
import type { Fitted, Model } from '../model.ts';
import { step } from '../progress.ts';
import { loadBaseModels, type SavedBaseModels } from './base-models.ts';
import { type Bounds, boundsFor, loadBounds } from './bounds.ts';
import { hybridCatalogue } from './catalogue.ts';
import { COLUMNS } from './columns.ts';
import { type HybridConfig, hybridConfig } from './config.ts';
import { FittedHybrid, HYBRID_VERSION, type Learned } from './fitted.ts';
import { loadColdRows, loadOwnerIndexes } from './owner-indexes.ts';
import { RETRIEVERS } from './retrievers.ts';
import { loadTitleTrees, loadTrees } from './saved-trees.ts';
import { loadSpectralTitles } from './title-maps.ts';
import { trainHybrid } from './training.ts';
import { ALONE, type Judgement, type Order } from './validation.ts';
import type { Works } from './works.ts';

/** Former versions that still load and answer as they did: they lack cold songs, trees for titles alone, or scores of the base models for titles. */
const FORMER = [9, 10, 11, 12];

/**
 * Combines the candidates of several retrievers and ranks them with boosted trees, trained on owners that the retrievers had not seen. Falls back on
 * content where no owner says anything.
 */
export const hybrid: Model<typeof hybridConfig> = {
  id: 'hybrid',
  title: 'Hybrid',
  description:
    'Gathers candidates from similar playlists, artists, titles and genres and ranks them with trees trained on held-out playlists. The best choice when unsure.',
  family: 'hybrid',
  source:
    'Retrieval by neighbours, ranking by LambdaMART (Burges 2010), as the leaders of the RecSys Challenge 2018 did',
  byDefault: true,
  versions: [HYBRID_VERSION, ...FORMER],
  resumable: HYBRID_VERSION,
  config: hybridConfig,
  formerSettings: { maxQuestions: 'maxTrainingQueries', questionsPerOwner: 'trainingQueriesPerOwner' },
  unusable(dataset) {
    return dataset.byOwner.idx.length > 0 ? null : (balanced.unusable?.(dataset) ?? null);
  },
  async fit(dataset, config, context) {
    await step(context, hybrid.id, 0, 'reading the catalogue');
    const content = balanced.unusable?.(dataset)
      ? null
      : await balanced.fit(
          dataset,
          { yearStep: 50, popularityStep: 5, bucketShare: 0.5, caution: 0.5 },
          { rng: context.rng.fork('content'), signal: context.signal },
        );
    const catalogue = hybridCatalogue(dataset);
    const bounds = boundsFor(dataset.owners.count);
    if (dataset.owners.count < config.leastOwners)
      return new FittedHybrid(dataset, catalogue, config, null, content && (() => content), bounds);
    const { baseModels, ranker, titleTrees, trainingQueries, rows, recall, judgement } = await trainHybrid(
      dataset,
      catalogue,
      config,
      context,
    );
    const order = Array.from(COLUMNS, (name, c) => ({ name, gain: ranker.importance[c]! }));
    order.sort((a, b) => b.gain - a.gain);
    const gains = order.reduce((sum, { gain }) => sum + gain, 0) || 1;
    const learned: Learned = {
      // The trees for all kinds of queries never saw the base models' scores of a title's points.
      baseModels: titleTrees ? baseModels : { ...baseModels, titleMaps: null },
      titles: titleTrees ? null : (baseModels.titleMaps?.spectral ?? null),
      ensemble: ranker.ensemble,
      titleTrees,
      order: judgement.order,
      figures: {
        validation: validationOf(judgement),
        trainingQueries,
        rows,
        candidateRecall: Math.round(recall * 1e4) / 1e4,
        importance: Object.fromEntries(
          order.slice(0, 12).map(({ name, gain }) => [name, Math.round((gain / gains) * 1e4) / 1e4]),
        ),
      },
    };
    return new FittedHybrid(dataset, catalogue, config, learned, content && (() => content), bounds);
  },
  load(artifact, dataset, derived) {
    const version = hybrid.versions.find((one) => one === artifact.modelVersion) ?? HYBRID_VERSION;
    checkArtifact(artifact, hybrid.id, version, dataset.catalogueId);
    const ensemble = artifact.meta.learned === true ? loadTrees(artifact) : null;
    const catalogue = hybridCatalogue(dataset, worksOf(artifact, dataset), derived);
    const headers = artifact.meta.views as SavedBaseModels['headers'];
    const indexes = loadOwnerIndexes(artifact, dataset, catalogue);
    const loaded = ensemble && loadBaseModels({ headers, arrays: artifact.arrays }, dataset, derived);
    const coldRows = loaded?.contentMap && indexes ? loadColdRows(artifact, dataset, loaded.als.dimension) : null;
    const content = loadContent(artifact, dataset, derived);
    const baseModels = loaded && { ...loaded, coldRows, sound: content?.sound };
    return new FittedHybrid(
      dataset,
      catalogue,
      artifact.config as HybridConfig,
      ensemble &&
        baseModels && {
          ensemble,
          titleTrees: loadTitleTrees(artifact),
          order: loadOrder(artifact),
          figures: artifact.meta.figures as Learned['figures'],
          baseModels,
          titles: baseModels.titleMaps ? null : loadSpectralTitles(artifact.arrays, baseModels.spectral),
        },
      content?.open ?? null,
      boundsOf(artifact, dataset),
      indexes ?? undefined,
      derived,
    );
  },
};

/** Results of validation, for `segue info`. */
function validationOf({ order, figures }: Judgement): Record<string, unknown> {
  const { queries, trees, chosen, bestRetriever, bestSingle } = figures;
  const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
  const way = order.weight === ALONE ? `${order.retriever} alone` : `trees + ${order.weight} × ${order.retriever}`;
  return {
    order: order.weight === 0 ? 'trees' : way,
    queries,
    'NDCG@20 of the trees': rounded(trees),
    [`NDCG@20 of ${bestRetriever}, the best retriever`]: rounded(bestSingle),
    'NDCG@20 of the order': rounded(chosen),
  };
}

/** @throws SegueError FILE_UNREADABLE */
function loadOrder({ meta }: Artifact): Order {
  const { retriever, weight } = (meta.order ?? {}) as Partial<Order>;
  const known = RETRIEVERS.find((name) => name === retriever);
  if (known === undefined || typeof weight !== 'number' || !(weight >= 0 && weight <= ALONE))
    throw new SegueError('FILE_UNREADABLE', {
      got: 'The saved model "hybrid" does not say how it orders candidates',
      expected: 'a retriever and its weight',
      remedy: 'Train it again with `segue train hybrid`',
    });
  return { retriever: known, weight };
}

/** The works as saved by the model; undefined for models saved before works were. @throws SegueError FILE_UNREADABLE */
function worksOf(artifact: Artifact, dataset: Dataset): Works | undefined {
  if (artifact.meta.works !== true) return undefined;
  const of = arrayOf(artifact, 'works', 'Int32Array', dataset.tracks.count);
  let count = 0;
  for (const work of of) {
    // Works are numbered in the order of the tracks.
    if (work < 0 || work > count)
      throw new SegueError('FILE_UNREADABLE', {
        got: 'The saved model "hybrid" refers to works that it does not contain',
        expected: 'each track with the number of its work',
        remedy: 'Train it again with `segue train hybrid`',
      });
    if (work === count) count++;
  }
  return { count, of };
}

/**
 * The bounds that the model was trained under; models without them were saved before bounds existed. The number of candidates to rank does not affect
 * training, and models of small libraries were saved without a limit for it. @throws SegueError FILE_UNREADABLE
 */
function boundsOf({ meta }: Artifact, dataset: Dataset): Bounds {
  if (meta.bounds === undefined) return { ...boundsFor(dataset.owners.count), titleSeeds: 0 };
  const bounds = loadBounds(meta.bounds);
  if (!bounds)
    throw new SegueError('FILE_UNREADABLE', {
      got: 'The saved model "hybrid" has no valid query bounds',
      expected: 'whole numbers',
      remedy: 'Train it again with `segue train hybrid`',
    });
  const { leastHeld, perSong, leastRanked } = boundsFor(dataset.owners.count);
  return leastHeld === 0 && bounds.perSong === Number.POSITIVE_INFINITY ? { ...bounds, perSong, leastRanked } : bounds;
}

/**
 * Returns a function that opens the content model, and the content model's statistics of the catalogue's sound. Its artifact is checked now. @throws
 * SegueError MODEL_MISMATCH, FILE_UNREADABLE
 */
function loadContent(
  artifact: Artifact,
  dataset: Dataset,
  derived?: Derived,
): { open: () => Fitted; sound: AudioStatistics } | null {
  const saved = artifact.meta.content as Pick<Artifact, 'modelVersion' | 'config' | 'meta'> | null;
  if (!saved) return null;
  const content: Artifact = { ...saved, modelId: balanced.id, catalogueId: artifact.catalogueId, arrays: {} };
  const space = checkContent(content, balanced.id, dataset);
  roomForAudio(dataset, derived);
  return { open: () => balanced.load(content, dataset, derived), sound: recordedStatistics(space) };
}
