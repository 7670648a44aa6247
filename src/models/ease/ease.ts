import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';
import { Region } from '../../math/kernels/memory.ts';
import { type Artifact, arrayOf, checkArtifact } from '../artifact.ts';
import { songsReason } from '../contributions.ts';
import {
  type FitContext,
  type Fitted,
  type Model,
  type ModelQuery,
  modelQuery,
  type Reason,
  type ScoredTracks,
} from '../model.ts';
import { step } from '../progress.ts';
import { rankScores } from '../ranking.ts';
import { config, type EaseConfig, type EaseScorer } from './config.ts';
import { invertOwners, OwnersForm } from './owners-form.ts';
import { SparseForm, type SparsePart, trainSparse } from './sparse-form.ts';
import { TracksForm, type TracksPart, trainTracks } from './tracks-form.ts';

const VERSION = 1;

/** A linear item-item model in closed form: learns how strongly each song in a list speaks for or against each other song. */
export const ease: Model<typeof config> = {
  id: 'ease',
  title: 'EASE',
  description:
    'Learns a track-to-track weight matrix in closed form. One of the strongest models for playlists; training time grows with the cube of the number of owners or tracks.',
  family: 'collaborative',
  source: 'Steck 2019, Embarrassingly Shallow Autoencoders for Sparse Data',
  byDefault: true,
  versions: [VERSION],
  config,
  unusable(dataset) {
    return dataset.byOwner.idx.length > 0
      ? null
      : 'No playlist or person holds a track, so there is nothing to regress on.';
  },
  async fit(dataset, settings, context) {
    const trained = trainedRows(dataset.byOwner);
    await step(context, ease.id, 0, 'counting');
    const form = settings.form === 'automatic' ? automatic(trained, settings) : settings.form;
    const arrays = FITS[form](trained, settings, context);
    await step(context, ease.id, 1, 'done');
    return new FittedEase(dataset, settings, trained, arrays);
  },
  load(artifact, dataset) {
    checkArtifact(artifact, ease.id, VERSION, dataset.catalogueId);
    const settings = artifact.config as EaseConfig;
    const ptr = arrayOf(artifact, 'ownerPtr', 'Int32Array');
    const trained: Csr = {
      rows: ptr.length - 1,
      columns: dataset.tracks.count,
      ptr,
      idx: arrayOf(artifact, 'ownerIdx', 'Int32Array', ptr.at(-1)!),
      values: null,
    };
    if (artifact.meta.form === 'owners') {
      const inverse = arrayOf(artifact, 'inverse', 'Float32Array', trained.rows ** 2);
      return new FittedEase(dataset, settings, trained, { inverse });
    }
    if (artifact.meta.form === 'sparse') {
      const seedPtr = arrayOf(artifact, 'seedPtr', 'Int32Array', dataset.tracks.count + 1);
      return new FittedEase(dataset, settings, trained, {
        seedPtr,
        tracks: arrayOf(artifact, 'tracks', 'Int32Array', seedPtr.at(-1)!),
        coefficients: arrayOf(artifact, 'coefficients', 'Float32Array', seedPtr.at(-1)!),
      });
    }
    const head = arrayOf(artifact, 'head', 'Int32Array');
    const tail = arrayOf(artifact, 'tail', 'Int32Array');
    const entries = tail.length * settings.tailNeighbours;
    return new FittedEase(dataset, settings, trained, {
      head,
      weights: arrayOf(artifact, 'weights', 'Float32Array', head.length ** 2),
      tail,
      neighbours: arrayOf(artifact, 'neighbours', 'Int32Array', entries),
      coefficients: arrayOf(artifact, 'coefficients', 'Float32Array', entries),
    });
  },
};

type Arrays = { inverse: Float32Array } | TracksPart | SparsePart;

/** Most entries for the form "sparse", whose time grows with tracks × the entries of their neighbours' owners. */
const SPARSE_ENTRIES = 4_000_000;

function automatic(matrix: Csr, { maxOwners }: EaseConfig): keyof typeof FITS {
  if (matrix.rows <= maxOwners) return 'owners';
  return matrix.idx.length <= SPARSE_ENTRIES ? 'sparse' : 'tracks';
}

/** The entries without weights: repeated plays carry no information here. */
const trainedRows = (matrix: Csr): Csr => ({ ...matrix, values: null });

const reporter =
  (context: FitContext) =>
  (fraction: number): void =>
    context.onProgress?.({ fraction, note: 'solving' });

function fitOwners(matrix: Csr, settings: EaseConfig, context: FitContext): Arrays {
  const region = new Region();
  try {
    return { inverse: invertOwners(region, matrix, settings, reporter(context)).slice() };
  } finally {
    region.free();
  }
}

function fitTracks(matrix: Csr, settings: EaseConfig, context: FitContext): Arrays {
  return trainTracks(matrix, settings, reporter(context));
}

const FITS = {
  owners: fitOwners,
  tracks: fitTracks,
  sparse: (matrix: Csr, settings: EaseConfig, context: FitContext): Arrays =>
    trainSparse(matrix, settings, reporter(context)),
} as const;

class FittedEase implements Fitted {
  readonly modelId = ease.id;
  private readonly dataset: Dataset;
  private readonly settings: EaseConfig;
  private readonly trained: Csr;
  private readonly arrays: Arrays;
  private readonly scorer: EaseScorer;

  constructor(dataset: Dataset, settings: EaseConfig, trained: Csr, arrays: Arrays) {
    this.dataset = dataset;
    this.settings = settings;
    this.trained = trained;
    this.arrays = arrays;
    if ('inverse' in arrays) this.scorer = new OwnersForm(trained, arrays.inverse, settings);
    else if ('seedPtr' in arrays) this.scorer = new SparseForm(arrays);
    else this.scorer = new TracksForm(trained, arrays, settings);
  }

  score(query: ModelQuery, out: Float32Array): void {
    this.scorer.score(query.seeds, query.weights, out);
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const scores = new Float32Array(this.dataset.tracks.count);
    this.score(query, scores);
    return rankScores(scores, query, n);
  }

  similar(track: number, n: number): ScoredTracks {
    return this.recommend(modelQuery({ seeds: [track] }), n);
  }

  /** The rows of B behind the score. */
  explain(query: ModelQuery, track: number): Reason[] {
    const { seeds, weights } = query;
    const added = this.scorer.contributions(seeds, track);
    return songsReason(
      this.dataset,
      seeds,
      added.map((value, i) => weights[i]! * value),
    );
  }

  info(): Record<string, unknown> {
    return this.scorer.info();
  }

  dispose(): void {
    this.scorer.dispose?.();
  }

  toArtifact(): Artifact {
    const { ptr, idx } = this.trained;
    const { form } = this.scorer.info();
    return {
      modelId: this.modelId,
      modelVersion: VERSION,
      config: { ...this.settings },
      catalogueId: this.dataset.catalogueId,
      meta: { form },
      arrays: { ownerPtr: ptr, ownerIdx: idx, ...this.arrays },
    };
  }
}
