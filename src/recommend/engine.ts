import { SegueError } from '../errors.ts';
import type { LibraryApi } from '../library/library-types.ts';
import type { PathAnswer, SimilarAnswer } from './answers.ts';
import type { Asked } from './ask.ts';
import { LibraryQueries } from './library-queries.ts';
import type { MakeOnce } from './make-once.ts';
import { Metrics } from './metrics.ts';
import { type LoadWatch, ModelStore } from './model-store.ts';
import { pathBetween } from './path.ts';
import type { Preparation } from './preparations.ts';
import { recommendedList } from './recommended-list.ts';
import type { RecommendRequest, RecommendResponse } from './request.ts';
import type { DerivedFiles } from './search/saved-search.ts';
import { type SimilarRequest, similarTracks } from './similar-tracks.ts';
import type { Checkpoint, Situation } from './situation.ts';
import { State } from './state.ts';
import { findTrack, parseSpotify } from './track-id.ts';

/** What the engine needs from a library. */
export type EngineLibrary = Pick<
  LibraryApi,
  'datasetId' | 'dataset' | 'loadModel' | 'listModels' | 'addWaiting' | 'waitingCount'
> &
  Partial<DerivedFiles & LoadWatch & Pick<LibraryApi, 'modelHeader' | 'isSound' | 'keepSound'>> & {
    readonly dir?: string;
    readonly once?: MakeOnce;
  };

interface PathRequest {
  readonly from: string;
  readonly to: string;
  /** Number of songs, including both ends; default 12. */
  readonly n?: number;
}

export interface EngineOptions {
  /**
   * What may be kept of songs that the catalogue lacks, when a request asks for it (`remember`): nothing, their ids, or everything that the request
   * says about them. Their names become part of the catalogue, so `all` is for an engine that only its owner can query. Default `nothing`.
   */
  readonly keepUnknown?: 'nothing' | 'ids' | 'all';
  /** Which models are preloaded before their first query: all within a memory limit, or none. Default `all`. */
  readonly ahead?: 'all' | 'none';
  /** Interval of the checks for changes by other processes to the library on disk, in milliseconds. Default 2000. */
  readonly lookEvery?: number;
}

/**
 * The only entry point to recommendations. Holds one state of a library with its models, answers queries, and switches to a new state or newly
 * trained models atomically, while running queries finish with the old ones. At most two generations exist: the next is not read before the last use
 * of the one before the current has ended.
 */
export class Engine {
  readonly metrics: Metrics;
  readonly queries: LibraryQueries;
  private readonly opened: EngineLibrary;
  /** Null until the library has been read. */
  private read: State | null;
  private readonly options: Required<EngineOptions>;
  private lastLook: number;
  private refreshing: Promise<void> | null = null;
  /** The retirement of the previous generation; null once its last use has ended. */
  private retiring: Promise<void> | null = null;
  /** Whether anybody has requested a list yet. */
  private asked = false;

  private constructor(
    library: EngineLibrary,
    state: State | null,
    options: EngineOptions = {},
    metrics = new Metrics(),
  ) {
    this.metrics = metrics;
    this.opened = library;
    this.read = state;
    this.options = { keepUnknown: 'nothing', lookEvery: 2000, ahead: 'all', ...options };
    this.lastLook = performance.now();
    this.queries = new LibraryQueries(library, () => this.current, this.metrics);
  }

  /** The current state; a later call may return another. Every access also checks the library for changes at intervals. */
  get current(): State {
    this.lookForChanges();
    return this.state;
  }

  /** @param metrics receives the counts @throws SegueError LIBRARY_EMPTY, FILE_UNREADABLE, FORMAT_NEWER */
  static async open(library: EngineLibrary, options: EngineOptions = {}, metrics = new Metrics()): Promise<Engine> {
    return new Engine(library, await readState(library), options, metrics);
  }

  /** An engine that has not read its library: until `open` is done, only its metrics may be used. */
  static unopened(library: EngineLibrary, options: EngineOptions = {}, metrics = new Metrics()): Engine {
    return new Engine(library, null, options, metrics);
  }

  /** Whether the library has been read. */
  get isOpen(): boolean {
    return this.read !== null;
  }

  /** Reads the library. @throws SegueError LIBRARY_EMPTY, FILE_UNREADABLE, FORMAT_NEWER */
  async open(): Promise<void> {
    this.read ??= await readState(this.opened);
  }

  private get state(): State {
    if (!this.read) throw new SegueError('INTERNAL', { got: 'The engine was asked before its library was read' });
    return this.read;
  }

  /** Builds the search index, loads the models and runs a warm-up query ahead of the first real one. */
  async warmUp(): Promise<void> {
    await this.ready();
    await this.preload(this.state);
  }

  /**
   * Prepares the default model, the search index, and what the model derives from titles; other models are loaded on first use.
   * @param done called after each preparation
   */
  async ready(done: (what: Preparation) => void = () => {}): Promise<void> {
    const { state } = this;
    await state.models.getDefault();
    // A real query that waited for the model makes it build everything that a warm-up query would.
    if (!this.asked) await this.practise(state);
    done('model');
    await state.trackSearch();
    done('search');
    await this.practise(state, 'songs');
    await state.models.saveDerived();
  }

  /**
   * Runs a warm-up query, so that the default model has built what it needs before the first real one. Its metrics are discarded.
   * @param title a title makes the model build what it derives from titles
   */
  private async practise(state: State, title?: string): Promise<void> {
    if (state.models.defaultId === null) return;
    const { idx } = state.dataset.byOwner;
    const track = idx.length > 0 ? idx[0]! : 0;
    const seeds = [{ track: state.dataset.tracks.vocabulary.id(track) }];
    await new Engine(this.opened, state).recommend({ seeds, ...(title && { title }), details: true });
  }

  private preload(state: State): Promise<void> {
    return state.use(() => state.models.preload(() => state.retired));
  }

  /** Picks up changes on disk: new data, or only new models. */
  async refresh(): Promise<void> {
    this.refreshing ??= this.takeUp().finally(() => {
      this.refreshing = null;
      this.lastLook = performance.now();
    });
    return this.refreshing;
  }

  private async takeUp(): Promise<void> {
    await this.retiring;
    const former = this.state;
    const next = await readState(this.opened, former);
    if (next === former) return;
    if (this.options.ahead === 'all' || former.models.loaded.length > 0)
      await this.practise(next, 'songs').catch(() => this.metrics.count('failed practice'));
    this.read = next;
    this.retiring = former.retire();
    this.metrics.count('library taken up');
    next.models.saveDerived();
    // Models that cannot be loaded report it when they are queried.
    if (this.options.ahead === 'all') this.preload(next).catch(() => this.metrics.count('models not loaded'));
  }

  /** Frees the models once running queries have been answered. No query may follow. */
  async close(): Promise<void> {
    await this.settled().catch(() => {});
    await Promise.all([this.retiring, this.read?.retire()]);
  }

  /** Resolves when no switch to a new state is in progress. */
  async settled(): Promise<void> {
    await this.refreshing;
  }

  /** Checks the disk at intervals, in the background; when a check fails, the present state stays. */
  private lookForChanges(): void {
    if (this.refreshing || performance.now() - this.lastLook < this.options.lookEvery) return;
    this.refresh().catch(() => this.metrics.count('failed looks at the library'));
  }

  /**
   * @param situation what an internal caller knows besides the request
   * @throws SegueError for an invalid request, an unknown or untrained model, an unknown owner
   */
  async recommend(input: RecommendRequest, situation: Situation = {}): Promise<RecommendResponse> {
    const { current: state } = this;
    this.asked = true;
    this.metrics.count('recommendations');
    return state.use(() => recommendedList(state, this.metrics, input, situation, (asked) => this.keepWaiting(asked)));
  }

  /** The engine's part of the server's health answer. */
  health(): {
    ok: boolean;
    library: { catalogueId: string; tracks: number; owners: number };
    models: { trained: string[]; loaded: string[]; default: string | null };
  } {
    const { dataset, models } = this.current;
    return {
      ok: dataset.tracks.count > 0,
      library: { catalogueId: dataset.catalogueId, tracks: dataset.tracks.count, owners: dataset.owners.count },
      models: { trained: models.trained, loaded: models.loaded, default: models.defaultId },
    };
  }

  /** The n tracks nearest to the given one, from a model with vectors; other models recommend for that single seed. */
  async similar(request: SimilarRequest, checkpoint?: Checkpoint): Promise<SimilarAnswer> {
    const { current: state } = this;
    this.metrics.count('similar');
    return state.use(() => similarTracks(state, this.queries, request, checkpoint));
  }

  /**
   * Songs that lead from one song to another, each as close as possible to its position between the two; by measured sound when both were analysed.
   * @throws SegueError UNKNOWN_TRACK
   */
  async path(request: PathRequest, checkpoint?: Checkpoint): Promise<PathAnswer> {
    const { current: state } = this;
    return state.use(async () => {
      const start = performance.now();
      this.metrics.count('paths');
      const ends: number[] = [];
      for (const id of [request.from, request.to]) {
        const track = findTrack(state.dataset.tracks.vocabulary, id);
        if (track < 0) throw await this.queries.unknownTrack(id);
        ends.push(track);
      }
      const near = async (track: number): Promise<number[]> => {
        const request = { track: state.dataset.tracks.vocabulary.id(track), n: 500 };
        const { tracks } = await similarTracks(state, this.queries, request, checkpoint);
        return tracks.map(({ uri }) => state.dataset.tracks.vocabulary.indexOf(uri));
      };
      const found = await pathBetween(state, ends[0]!, ends[1]!, request.n ?? 12, near);
      return { ...found, tookMs: Math.round((performance.now() - start) * 100) / 100 };
    });
  }

  /** Keeps tracks that the catalogue lacks until the next training, in the background. */
  private keepWaiting(asked: Asked): void {
    const { keepUnknown } = this.options;
    const rows =
      keepUnknown === 'ids'
        ? asked.waiting.filter(({ uri }) => parseSpotify(uri)?.kind === 'track').map(({ uri }) => ({ uri }))
        : asked.waiting;
    if (keepUnknown === 'nothing' || rows.length === 0) return;
    this.opened.addWaiting(rows).then(
      () => this.metrics.count('waiting tracks named', rows.length),
      () => this.metrics.count('waiting tracks not kept'),
    );
  }
}

/** @param before the state in use: returned as is when nothing changed, partly reused when only models did */
async function readState(library: EngineLibrary, before?: State): Promise<State> {
  const [datasetId, saved] = await Promise.all([library.datasetId(), library.listModels()]);
  if (before && datasetId === before.datasetId) {
    if (before.models.sameFiles(saved)) return before;
    return before.withModels(new ModelStore(library, before.dataset, saved, datasetId, before.models));
  }
  const dataset = await library.dataset();
  const models = new ModelStore(library, dataset, saved, datasetId);
  return new State(dataset, datasetId ?? '', models, library.dir ?? null, {
    once: library.once,
    files: library.loadDerived && library.saveDerived ? (library as DerivedFiles) : undefined,
  });
}
