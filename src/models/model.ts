import type { Static, TObject } from '#typebox';
import type { Dataset } from '../dataset/dataset.ts';
import type { OnProgress } from '../math/progress.ts';
import type { Rng } from '../math/rng.ts';
import type { Artifact } from './artifact.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Derived } from './derived.ts';

/**
 * What a model is asked: tracks as dense numbers of the dataset's catalogue. The engine and the evaluation make it;
 * models see no names, URIs, HTTP or clock.
 */
export interface ModelQuery {
  /** Track numbers, distinct, in the owner's order. */
  readonly seeds: Int32Array;
  /** One per seed: 1 = plain, larger = more of this, negative = dislike. */
  readonly weights: Float32Array;
  /** The playlist's name or a mood in words; '' when there is none. */
  readonly title: string;
  /** True when the seeds are the first tracks of a playlist in order (not a random sample of it). */
  readonly ordered: boolean;
  /** Track numbers that must not be answered, besides the seeds: bans, known tracks. */
  readonly exclude: ReadonlySet<number>;
  /** One byte per track, 0 = must not be answered (filters such as a year range); null = all may. */
  readonly allowed: Uint8Array | null;
  /** Nobody asks for reasons: a model need not keep what they are read from once another query comes. */
  readonly unexplained?: true;
  /** Query-time settings, validated against the model's `queryOptions`, e.g. { weights: { genre: 3 } }. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Makes a query with the usual defaults: no title, ordered seeds of weight 1, nothing barred. */
export function modelQuery(part: {
  seeds?: ArrayLike<number>;
  weights?: ArrayLike<number>;
  title?: string;
  ordered?: boolean;
  exclude?: ReadonlySet<number>;
  allowed?: Uint8Array | null;
  options?: Readonly<Record<string, unknown>>;
}): ModelQuery {
  const seeds = Int32Array.from(part.seeds ?? []);
  return {
    seeds,
    weights: part.weights ? Float32Array.from(part.weights) : new Float32Array(seeds.length).fill(1),
    title: part.title ?? '',
    ordered: part.ordered ?? true,
    exclude: part.exclude ?? new Set(),
    allowed: part.allowed ?? null,
    options: part.options ?? {},
  };
}

/** Tracks by descending score; ties by track number. */
export interface ScoredTracks {
  readonly tracks: Int32Array;
  readonly scores: Float32Array;
  /** For models that answer in sections (clusters): the sections, and the section of each track. */
  readonly sections?: readonly { label: string; share: number }[];
  readonly sectionOf?: Uint8Array;
}

/** One piece of evidence for a recommendation, from the true contributions to its score. */
export interface Reason {
  kind: 'playlists' | 'songs' | 'artists' | 'title' | 'genres' | 'audio' | 'era' | 'popularity' | 'lyrics';
  /** Share of the score that this evidence brought, 0–1; reasons of one track need not sum to 1. */
  share: number;
  /** A short sentence for people: "Often next to “HUMBLE.” — 171 playlists". It cites no playlist's title; that is the list's to do. */
  text: string;
  /** Where the title of one of `owners` may be inserted in the text, and whether that owner is the only one meant or an example. */
  citation?: { readonly at: number; readonly only: boolean };
  /** Track, owner or artist numbers behind the sentence, most important first. */
  tracks?: number[];
  owners?: number[];
  artists?: number[];
}

/** A trained model: immutable, deterministic, safe to share between queries until `dispose`. */
export interface Fitted {
  readonly modelId: string;
  /**
   * The n best tracks. Never a seed (whatever its weight), never an excluded track, never a track without any evidence; so it may
   * return fewer than n, and none for a query that it knows nothing of. Ties broken by track number.
   */
  recommend(query: ModelQuery, n: number): ScoredTracks;
  /** Writes a score for every track of the catalogue (0 = no evidence); seeds and excluded tracks are scored too. out: length tracks.count */
  score(query: ModelQuery, out: Float32Array): void;
  /** Why `track` was answered to `query`, the most important first; empty when it has no evidence. */
  explain?(query: ModelQuery, track: number): Reason[];
  /** As `explain` for several tracks of one answer, where that is cheaper than one by one. @param most reasons of each, the first of them; default all */
  explainList?(query: ModelQuery, tracks: readonly number[], most?: number): Reason[][];
  /**
   * Headings that fit what a list kept of each section of an answer to the query; `answer.sections` has the model's own names.
   * @param kept track numbers by section
   */
  nameSections?(query: ModelQuery, kept: readonly (readonly number[])[]): string[];
  /** The n tracks nearest to one track, without it. */
  similar?(track: number, n: number): ScoredTracks;
  /** Track vectors, count × dimension, row by row, when the model has them. */
  vectors?(): { data: Float32Array; dimension: number };
  /** Figures worth showing in `segue info`: quality of clusters, loss curve, sizes. JSON values. */
  info?(): Record<string, unknown>;
  /**
   * Frees what it holds outside of the garbage collector's reach (the kernels' memory). Calling it twice is harmless; a later query may be an
   * INTERNAL error. Models that hold nothing of the kind leave it out.
   */
  dispose?(): void;
  /** What is saved; `Model.load` of it gives an equal model. */
  toArtifact(): Artifact;
}

export interface FitContext {
  /** The only source of randomness. */
  readonly rng: Rng;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
  /** Where finished stages are kept; left out, nothing is. Only given to models that are `resumable`. */
  readonly checkpoints?: Checkpoints;
}

/**
 * A kind of model. `config` is the one schema of its settings: each property has type, default, minimum, maximum and description;
 * CLI help, HTTP schemas, the app, the docs and tuning read it.
 */
export interface Model<Config extends TObject = TObject> {
  readonly id: string;
  readonly title: string;
  /** One or two plain sentences: what it does, when to choose it. */
  readonly description: string;
  readonly family: 'baseline' | 'content' | 'collaborative' | 'hybrid';
  /** Paper or origin of the equations. */
  readonly source: string;
  /** Trained by a plain `segue train`. */
  readonly byDefault: boolean;
  /** Answers only when it is named, however good its family: its lists leave out what people expect of a recommendation. */
  readonly byNameOnly?: true;
  /** Versions of saved models that `load` takes; the first is the one that is saved now. */
  readonly versions: readonly number[];
  readonly config: Config;
  /** Settings by the names that earlier versions saved them under. */
  readonly formerSettings?: Readonly<Record<string, string>>;
  /** Schema of what a query may set (`ModelQuery.options`); none by default. */
  readonly queryOptions?: TObject;
  /** 'ratings': `Fitted.score` writes predicted ratings, in the unit of the weights. Lists of recommendations by default. */
  readonly predicts?: 'ratings';
  /**
   * How new playlists reach a trained model exactly without training: `live` = it answers from the library's playlists as they are (or from none);
   * `count` = its fit is one pass of counting, which `segue update` repeats. Left out: only training takes them in.
   */
  readonly updates?: 'live' | 'count';
  /** `load` takes a catalogue to which tracks were added after the training, and the model answers with those too. Others go on over the tracks they know. */
  readonly grows?: true;
  /** The version of its trained form, for a model whose `fit` reads and writes checkpoints: those of other versions are not its own. */
  readonly resumable?: number;
  /** Says why this model cannot be trained on the dataset (a sentence), or null when it can. */
  unusable?(dataset: Dataset): string | null;
  fit(dataset: Dataset, config: Static<Config>, context: FitContext): Promise<Fitted>;
  /**
   * @param derived what other threads that load the same may have worked out already; all is worked out when left out
   * @throws SegueError FILE_UNREADABLE or MODEL_MISMATCH before any array is used
   */
  load(artifact: Artifact, dataset: Dataset, derived?: Derived): Fitted;
}
