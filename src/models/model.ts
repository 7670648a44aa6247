import type { Static, TObject } from '#typebox';
import type { Dataset } from '../dataset/dataset.ts';
import type { OnProgress } from '../math/progress.ts';
import type { Rng } from '../math/rng.ts';
import type { Artifact } from './artifact.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Derived } from './derived.ts';

/**
 * A query as models see it: tracks as dense numbers of the dataset's catalogue. The engine and the evaluation build it; models see no names, URIs,
 * HTTP or clock.
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
  /** Track numbers that must not be returned, besides the seeds: bans, known tracks. */
  readonly exclude: ReadonlySet<number>;
  /** One byte per track, 0 = must not be returned (filters such as a year range); null = all may. */
  readonly allowed: Uint8Array | null;
  /** No reasons will be requested, so a model need not keep their evidence once another query comes. */
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

/** One piece of evidence for a recommendation, derived from the true contributions to its score. */
export interface Reason {
  kind: 'playlists' | 'songs' | 'artists' | 'title' | 'genres' | 'audio' | 'era' | 'popularity' | 'lyrics';
  /** Share of the score contributed by this evidence, 0–1; the shares of a track's reasons need not sum to 1. */
  share: number;
  /**
   * A short sentence for people: "Often next to “HUMBLE.” — 171 playlists". The title of a playlist is not part of it; whoever builds the list
   * inserts one (see `citation`).
   */
  text: string;
  /** Where a title of one of `owners` may be inserted into the text, and whether that owner is the only one meant or an example. */
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
   * The n best tracks. Never a seed (whatever its weight), an excluded track, or a track without any evidence; so it may return fewer than n, and
   * none for a query about which it knows nothing. Ties broken by track number.
   */
  recommend(query: ModelQuery, n: number): ScoredTracks;
  /** Writes a score for every track of the catalogue (0 = no evidence); seeds and excluded tracks are scored too. out: length tracks.count */
  score(query: ModelQuery, out: Float32Array): void;
  /** Why `track` was recommended for `query`, most important reason first; empty when there is no evidence. */
  explain?(query: ModelQuery, track: number): Reason[];
  /**
   * As `explain` for several tracks of one answer, for models where that is cheaper than one by one. @param most limit of reasons per track, the most
   * important first; default all
   */
  explainList?(query: ModelQuery, tracks: readonly number[], most?: number): Reason[][];
  /**
   * Headings for the tracks that a list kept from each section of an answer; `answer.sections` has the model's own names.
   * @param kept track numbers by section
   */
  nameSections?(query: ModelQuery, kept: readonly (readonly number[])[]): string[];
  /** The n tracks nearest to the given one, which is left out. */
  similar?(track: number, n: number): ScoredTracks;
  /** Track vectors, count × dimension, row by row, when the model has them. */
  vectors?(): { data: Float32Array; dimension: number };
  /** Figures worth showing in `segue info`, as JSON: quality of clusters, loss curve, sizes. */
  info?(): Record<string, unknown>;
  /**
   * Frees memory beyond the garbage collector's reach (that of the kernels). Calling it twice is harmless; a later query may be an INTERNAL error.
   * Models without such memory omit it.
   */
  dispose?(): void;
  /** The form to save; `Model.load` of it gives an equal model. */
  toArtifact(): Artifact;
}

export interface FitContext {
  /** The only source of randomness. */
  readonly rng: Rng;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
  /** Storage for finished stages; when omitted, nothing is stored. Only passed to models that are `resumable`. */
  readonly checkpoints?: Checkpoints;
}

/**
 * A kind of model. `config` is the one schema of its settings: each property has type, default, minimum, maximum and description;
 * CLI help, HTTP schemas, the app, the docs and tuning are generated from it.
 */
export interface Model<Config extends TObject = TObject> {
  readonly id: string;
  readonly title: string;
  /** One or two plain sentences: what it does, when to choose it. */
  readonly description: string;
  readonly family: 'baseline' | 'content' | 'collaborative' | 'hybrid';
  /** Paper or origin of the equations. */
  readonly source: string;
  /** Trained by `segue train` without arguments. */
  readonly byDefault: boolean;
  /** Used only when named explicitly, however well its family performs, because its lists lack what people expect of a recommendation. */
  readonly byNameOnly?: true;
  /** Versions of saved models that `load` accepts; the first is the version saved now. */
  readonly versions: readonly number[];
  readonly config: Config;
  /** Maps names of settings used in earlier versions to the current ones. */
  readonly formerSettings?: Readonly<Record<string, string>>;
  /** Schema of `ModelQuery.options`; no options when omitted. */
  readonly queryOptions?: TObject;
  /** 'ratings': `Fitted.score` writes predicted ratings, in the unit of the weights. When omitted, the model recommends lists. */
  readonly predicts?: 'ratings';
  /**
   * How new playlists reach a trained model exactly, without training: `live` = it reads the library's current playlists (or none); `count` = its fit
   * is one pass of counting, which `segue update` repeats. When omitted, only training takes them in.
   */
  readonly updates?: 'live' | 'count';
  /**
   * `load` accepts a catalogue to which tracks were added after the training, and the model can recommend these. Other models go on over the tracks
   * that they know.
   */
  readonly grows?: true;
  /** Version of the checkpoints, for a model whose `fit` reads and writes them; those of other versions are ignored. */
  readonly resumable?: number;
  /** Explains in a sentence why this model cannot be trained on the dataset; null when it can. */
  unusable?(dataset: Dataset): string | null;
  fit(dataset: Dataset, config: Static<Config>, context: FitContext): Promise<Fitted>;
  /**
   * @param derived what other threads that load the same model may have derived already; when omitted, all is derived anew
   * @throws SegueError FILE_UNREADABLE or MODEL_MISMATCH before any array is used
   */
  load(artifact: Artifact, dataset: Dataset, derived?: Derived): Fitted;
}
