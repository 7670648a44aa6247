import { SegueError } from '../errors.ts';
import type { LibraryApi } from '../library/library-types.ts';
import type { Fitted } from '../models/model.ts';
import { modelById } from '../models/registry.ts';
import type { PathAnswer, SimilarAnswer } from './answers.ts';
import { type Asked, ask } from './ask.ts';
import { checkRequest, firstProblem } from './check.ts';
import { explainedList } from './explain.ts';
import { genreNotes, relaxations } from './filters.ts';
import { LibraryQueries } from './library-queries.ts';
import { Metrics } from './metrics.ts';
import { ModelStore } from './model-store.ts';
import { pathBetween } from './path.ts';
import { perArtistLimit } from './per-artist.ts';
import { type PipelineAnswer, type PipelineParts, runPipeline } from './pipeline.ts';
import type { RecommendRequest, RecommendResponse } from './request.ts';
import type { DerivedFiles } from './search/saved-search.ts';
import type { Checkpoint, Situation } from './situation.ts';
import { type MakeOnce, State } from './state.ts';
import { toCandidates } from './steps/candidate.ts';
import { oneVersion } from './steps/versions.ts';
import { findTrack, parseSpotify } from './track-id.ts';
import { saidOfRest } from './with-rest.ts';
import { askedFacts } from './words/asked-facts.ts';
import { readFreeText } from './words/free-text.ts';

/** What the engine needs from a library. */
export type EngineLibrary = Pick<
  LibraryApi,
  'datasetId' | 'dataset' | 'loadModel' | 'listModels' | 'addWaiting' | 'waitingCount'
> &
  Partial<DerivedFiles & Pick<LibraryApi, 'modelHeader'>> & { readonly dir?: string; readonly once?: MakeOnce };

const DEFAULT_N = 50;

/** What a server prepares before it answers. */
export const PREPARATIONS = ['search', 'model'] as const;
export type Preparation = (typeof PREPARATIONS)[number];

interface SimilarRequest {
  readonly track: string;
  readonly n?: number;
  readonly model?: string;
  readonly details?: boolean;
}

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
  private state: State;
  private readonly options: Required<EngineOptions>;
  private lastLook: number;
  private refreshing: Promise<void> | null = null;
  /** The generation before, until its last use has ended. */
  private retiring: Promise<void> | null = null;

  private constructor(library: EngineLibrary, state: State, options: EngineOptions = {}, metrics = new Metrics()) {
    this.metrics = metrics;
    this.opened = library;
    this.state = state;
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
    await this.practise(state);
    done('model');
    await state.trackSearch();
    done('search');
    await this.practise(state, 'songs');
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
    this.state = next;
    this.retiring = former.retire();
    this.metrics.count('library taken up');
    // Models that cannot be loaded say so when they are asked.
    if (this.options.ahead === 'all') this.preload(next).catch(() => this.metrics.count('models not loaded'));
  }

  /** Frees the models once running queries have been answered. No query may follow. */
  async close(): Promise<void> {
    await this.settled().catch(() => {});
    await Promise.all([this.retiring, this.state.retire()]);
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
    return state.use(() => this.recommendFrom(state, input, situation));
  }

  private async recommendFrom(state: State, input: RecommendRequest, situation: Situation): Promise<RecommendResponse> {
    const start = performance.now();
    const { metrics } = this;
    metrics.count('recommendations');
    const request = checkRequest(input);
    const n = request.n ?? DEFAULT_N;
    const chosen =
      situation.fitted ??
      (request.model === undefined ? await state.models.getDefault() : await state.models.get(request.model));
    if (chosen && !situation.fitted) checkOptions(chosen.modelId, request.options);
    const named = request.seeds?.filter((seed) => seed.name !== undefined).length ?? 0;
    const songs = named > 0 ? await state.exactSongs(named) : null;
    const text =
      request.text === undefined
        ? null
        : metrics.time('words', () => readFreeText(state, request.text ?? '', request.without ?? []));
    const asked = metrics.time('query', () => ask(state, request, songs, situation, text));
    asked.query = state.recent.known(asked.query);
    if (request.remember) this.keepWaiting(asked);
    const notes = genreNotes(state.dataset, request.filters);
    const limit = perArtistLimit(state.dataset, request, asked, text);
    const isNarrow = Object.keys(request.filters ?? {}).length > 0 || (text?.parts.length ?? 0) > 0;
    // A model that is asked for by name answers alone.
    const rest =
      isNarrow && request.model === undefined && !situation.fitted
        ? { content: await state.models.getContent(), known: () => state.popularityScore }
        : null;
    const answered = await this.answer(state, request, asked, chosen, { n, perArtist: limit, rest }, notes, situation);
    const { fitted, fallbackReason, result } = answered;
    if (fallbackReason) metrics.count('fallbacks');
    const explained = metrics.time('explain', () =>
      explainedList(
        state.dataset,
        fitted,
        asked.query,
        result.list,
        request.details ?? false,
        situation.filler ?? rest?.content ?? null,
        situation.checkpoint,
        text
          ? askedFacts(
              state.dataset,
              text.parts.map(({ demand }) => demand),
            )
          : undefined,
      ),
    );

    const said = saidOfRest(
      explained,
      result.list,
      result.added,
      text?.parts.length ? 'words' : rest ? 'filters' : null,
    );
    const { tracks } = said;
    if (said.note) notes.push(said.note);
    const relax = tracks.length < n ? relaxations(state.dataset, request.filters, state.indexes.named) : [];
    if (tracks.length < n && !fallbackReason && tracks.length > 0) {
      const why =
        result.candidates > tracks.length
          ? 'limits, bans and duplicate versions removed the rest'
          : rest
            ? 'no other song matches'
            : 'the model found no others';
      notes.push(`${tracks.length} of ${n} songs: ${why}.`);
    }
    const tookMs = performance.now() - start;
    metrics.record('recommend', tookMs);
    return {
      model: fitted.modelId,
      tookMs: Math.round(tookMs * 100) / 100,
      tracks,
      ...(result.sections && { sections: result.sections.map((s) => ({ label: s.label, share: s.share })) }),
      ...(text && {
        understood: text.parts.map(({ id, label, from, to, demand: { kind } }) => ({ id, kind, label, from, to })),
      }),
      unknown: asked.unknown,
      fallback: fallbackReason !== null,
      ...(fallbackReason && { fallbackReason }),
      ...(limit !== undefined && { perArtist: limit }),
      ...(relax.length > 0 && { relax }),
      ...(notes.length > 0 && { notes }),
    };
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

  /** The chosen model's list; popularity's, with the reason, when nothing of the query is known. */
  private async answer(
    state: State,
    request: RecommendRequest,
    asked: Asked,
    chosen: Fitted | null,
    { n, perArtist, rest }: Pick<PipelineParts, 'n' | 'perArtist' | 'rest'>,
    notes: string[],
    situation: Situation,
  ): Promise<{ fitted: Fitted; fallbackReason: string | null; result: PipelineAnswer }> {
    const { filler = null, checkpoint } = situation;
    const similarity = request.diversity ? await state.similarity() : null;
    const run = (fitted: Fitted): PipelineAnswer =>
      runPipeline({
        dataset: state.dataset,
        fitted,
        filler: filler ?? fitted,
        // What a caller brings is not the library's: it is not kept.
        recommend: (model, query, n) =>
          situation.fitted || filler ? model.recommend(query, n) : state.recent.recommend(model, query, n),
        asked,
        request,
        n,
        popularityScore: () => state.popularityScore,
        keysOf: (track) => state.indexes.families.keysOf(track),
        perArtist,
        rest,
        similarity,
        metrics: this.metrics,
        checkpoint,
      });
    const barsAll = asked.query.allowed !== null && !asked.query.allowed.includes(1);
    if (barsAll)
      notes.push(
        `${request.text === undefined ? 'The filters and bans' : 'The words, filters and bans'} exclude every song. Relax them to get recommendations.`,
      );
    let fallbackReason: string | null = null;
    if (!asked.hasEvidence) fallbackReason = nothingKnown(request, asked);
    else if (!chosen) fallbackReason = 'No model is trained on this library yet; run `segue train`.';
    else {
      const result = run(chosen);
      if (result.list.length > 0 || barsAll) return { fitted: chosen, fallbackReason: null, result };
      if (result.candidates > 0 || knowsWithoutBans(chosen, asked)) {
        notes.push('Every song the model would recommend is banned, filtered out or already yours.');
        return { fitted: chosen, fallbackReason: null, result };
      }
      fallbackReason = `The model "${chosen.modelId}" found nothing for this query.`;
    }
    const fitted = await state.models.fallback();
    return { fitted, fallbackReason, result: run(fitted) };
  }

  /** The n tracks nearest to one, by a model that has vectors; other models recommend for that single seed. */
  async similar(request: SimilarRequest, checkpoint?: Checkpoint): Promise<SimilarAnswer> {
    const { current: state } = this;
    return state.use(() => this.similarFrom(state, request, checkpoint));
  }

  private async similarFrom(state: State, request: SimilarRequest, checkpoint?: Checkpoint): Promise<SimilarAnswer> {
    const start = performance.now();
    this.metrics.count('similar');
    const track = findTrack(state.dataset.tracks.vocabulary, request.track);
    if (track < 0) throw await this.queries.unknownTrack(request.track);
    const n = request.n ?? 20;
    let fitted =
      request.model === undefined
        ? ((await state.models.getDefault()) ?? (await state.models.fallback()))
        : await state.models.get(request.model);
    const asked = ask(state, { seeds: [{ track: request.track }] }, null);
    const k = Math.min(state.dataset.tracks.count, n * 2 + 20);
    let answer = fitted.similar?.(track, k) ?? fitted.recommend(asked.query, k);
    if (answer.tracks.length === 0 && request.model === undefined) {
      // A song that came after the training is known by its content, if at all.
      fitted = (await state.models.getContent()) ?? fitted;
      answer = fitted.similar?.(track, k) ?? fitted.recommend(asked.query, k);
    }
    const list = oneVersion(
      toCandidates(answer).filter((c) => !state.dataset.tracks.names.isEmpty(c.track)),
      (t) => state.indexes.families.keysOf(t),
      [track],
    ).slice(0, n);
    const tracks = explainedList(state.dataset, fitted, asked.query, list, request.details ?? false, null, checkpoint);
    return { model: fitted.modelId, tookMs: Math.round((performance.now() - start) * 100) / 100, tracks };
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
        const { tracks } = await this.similarFrom(state, request, checkpoint);
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
    return before.withModels(new ModelStore(library, before.dataset, saved, before.models));
  }
  const dataset = await library.dataset();
  const models = new ModelStore(library, dataset, saved);
  return new State(dataset, datasetId ?? '', models, library.dir ?? null, {
    once: library.once,
    files: library.loadDerived && library.saveDerived ? (library as DerivedFiles) : undefined,
  });
}

/** @throws SegueError when the model has no such option, or the value does not fit */
function checkOptions(modelId: string, options: Readonly<Record<string, unknown>> | undefined): void {
  if (!options || Object.keys(options).length === 0) return;
  const { queryOptions } = modelById(modelId);
  const known = Object.keys(queryOptions?.properties ?? {});
  for (const name of Object.keys(options))
    if (!known.includes(name))
      throw new SegueError('USAGE', {
        got: `The model "${modelId}" has no query option "${name.slice(0, 100)}"`,
        expected: known.length > 0 ? `one of ${known.join(', ')}` : 'no options',
      });
  const problem = queryOptions && firstProblem(queryOptions, options, 'options');
  if (problem) throw problem;
}

function nothingKnown(request: RecommendRequest, asked: Asked): string {
  const named = (request.seeds?.length ?? 0) + (request.history?.length ?? 0);
  if (asked.query.seeds.length > 0)
    return 'The query contains only disliked songs, so these are the most popular songs without them.';
  if (named > 0)
    return `None of the ${named} songs in the query is in the library, so these are the most popular songs.`;
  if (request.text?.trim()) return 'The text only sets limits, so these are the most popular songs within them.';
  return 'The query is empty, so these are the most popular songs.';
}

/** Whether the model has an answer once bans and filters are left aside. */
function knowsWithoutBans(fitted: Fitted, asked: Asked): boolean {
  return fitted.recommend({ ...asked.query, exclude: new Set(), allowed: null }, 1).tracks.length > 0;
}
