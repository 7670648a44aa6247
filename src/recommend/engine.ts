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
  /** Songs, both ends included; default 12. */
  readonly n?: number;
}

export interface EngineOptions {
  /**
   * What may be kept of songs that the catalogue lacks, when the request asks for it (`remember`): nothing, their ids, or all that the request
   * says of them. Their names become part of the catalogue, so `all` is for an engine that only its owner can ask. Default `nothing`.
   */
  readonly keepUnknown?: 'nothing' | 'ids' | 'all';
  /** Which models are loaded ahead of their first question: all within a bound of memory, or none. Default `all`. */
  readonly ahead?: 'all' | 'none';
  /** How often the library on disk is looked at for changes by other processes, in milliseconds. Default 2000. */
  readonly lookEvery?: number;
}

/**
 * The only door to recommendations: holds one state of a library with its models, answers questions, and takes up a new state or newly
 * trained models atomically, while questions that have begun finish with the old ones. Two generations are held at most: the next one is not
 * read before the last use of the one before the current has ended.
 */
export class Engine {
  readonly metrics: Metrics;
  readonly queries: LibraryQueries;
  private readonly opened: EngineLibrary;
  /** Null until the library is read. */
  private read: State | null;
  private readonly options: Required<EngineOptions>;
  private lastLook: number;
  private refreshing: Promise<void> | null = null;
  /** The generation before, until its last use has ended. */
  private retiring: Promise<void> | null = null;
  /** Whether somebody has asked for a list. */
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

  /** The state that answers now; a later call may return another. Whatever is asked, the library is looked at for changes now and then. */
  get current(): State {
    this.lookForChanges();
    return this.state;
  }

  /** @param metrics where it counts @throws SegueError LIBRARY_EMPTY, FILE_UNREADABLE, FORMAT_NEWER */
  static async open(library: EngineLibrary, options: EngineOptions = {}, metrics = new Metrics()): Promise<Engine> {
    return new Engine(library, await readState(library), options, metrics);
  }

  /** An engine that has not read its library: only its metrics may be used before `open` has. */
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

  /** Builds the search index, loads the models and runs a warm-up query before the first real one. */
  async warmUp(): Promise<void> {
    await this.ready();
    await this.preload(this.state);
  }

  /**
   * Prepares the default model, the search index, and what the model derives from titles; other models are loaded on first use.
   * @param done is told of each
   */
  async ready(done: (what: Preparation) => void = () => {}): Promise<void> {
    const { state } = this;
    await state.models.getDefault();
    // Somebody's query that waited for the model has it build all that a warm-up query would.
    if (!this.asked) await this.practise(state);
    done('model');
    await state.trackSearch();
    done('search');
    await this.practise(state, 'songs');
    await state.models.saveDerived();
  }

  /**
   * Runs one warm-up query, so that the default model has built what it needs before the first real one. Its metrics are discarded.
   * @param title what models derive from titles is built for the first one
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
    // Models that cannot be loaded say so when they are asked.
    if (this.options.ahead === 'all') this.preload(next).catch(() => this.metrics.count('models not loaded'));
  }

  /** Frees the models once running queries have been answered. No query may follow. */
  async close(): Promise<void> {
    await this.settled().catch(() => {});
    await Promise.all([this.retiring, this.read?.retire()]);
  }

  /** Resolves when no change is being taken up. */
  async settled(): Promise<void> {
    await this.refreshing;
  }

  /** Looks at the disk now and then, beside the answer; a failed look keeps what is there. */
  private lookForChanges(): void {
    if (this.refreshing || performance.now() - this.lastLook < this.options.lookEvery) return;
    this.refresh().catch(() => this.metrics.count('failed looks at the library'));
  }

  /**
   * @param situation what a caller inside the program knows besides the request
   * @throws SegueError for a request that cannot be meant, an unknown or untrained model, an unknown owner
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

  /** The n tracks nearest to one, by a model that has vectors; other models recommend for that single seed. */
  async similar(request: SimilarRequest, checkpoint?: Checkpoint): Promise<SimilarAnswer> {
    const { current: state } = this;
    this.metrics.count('similar');
    return state.use(() => similarTracks(state, this.queries, request, checkpoint));
  }

  /**
   * Songs that lead from one to another, each as close as can be to its place between the two: by what was measured in their audio where
   * both were analysed.
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

  /** Remembers tracks that the catalogue lacks, for the next training; the answer does not wait for it. */
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

/** @param before the state in use: returned as it is when nothing changed, kept in part when only models did */
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
