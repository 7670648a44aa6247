import { SegueError } from '../../errors.ts';
import type { Rng } from '../../math/rng.ts';
import { briefTrack, trackDetails } from '../../recommend/describe.ts';
import type { Engine } from '../../recommend/engine.ts';
import type { RecommendedTrack, RecommendRequest, RecommendResponse } from '../../recommend/request.ts';
import { answerOfTrial, NO_TRIAL, type Trial } from '../experiments/trial.ts';
import { Pace } from '../pace.ts';
import { firstOfEachArtist } from './artists-apart.ts';
import { knownOf } from './barred.ts';
import { BlendKeeper } from './blend/blend-keeper.ts';
import type { RecentSongs } from './blend/fitted-blend.ts';
import { type AskParts, partLists } from './blend/part-lists.ts';
import { dayOf, mondayOf, rngOf, weightedSample } from './drawing.ts';
import type { Household } from './household.ts';
import { interleaved } from './interleaved.ts';
import { KeptLists } from './kept-lists.ts';
import type { ForYouOptions, MixOptions, PersonalList, Within } from './personal-list.ts';
import { type AskPersonal, answerPersonal, type PersonalQuery } from './personal-query.ts';
import { type Profile, type ProfileSong, profileOf } from './profile.ts';
import type { Seeds } from './recent.ts';
import { forgottenFavourites } from './rediscover.ts';
import { asSeeds } from './seeds.ts';
import { MOST_MIXES, ShownLists } from './shown-lists.ts';
import { tasteGroups } from './taste-groups.ts';

const DEFAULT_N = 50;
const DEFAULT_NEWNESS = 0.8;
/** Most seeds of a query, drawn anew each day from the songs loved most; the collaborative models are made for up to a hundred. */
const SEEDS = 60;
const SEED_POOL = 300;
const MIX_SEEDS = 25;
/** What a request takes. */
const MOST_CLUSTERED = 10_000;
const MIX_LENGTH = 30;
/** Share of a mix that the listener already knows. */
const FAMILIAR = 0.3;
/** Created with the first play; servers start without it. */
let month: Intl.DateTimeFormat | null = null;
const MOST_PROFILES = 100;
/** What a request may exclude besides. */
const MOST_EXCLUDED = 10_000;

/** Who answers what takes a model. */
export interface AskModels {
  readonly personal: AskPersonal;
  readonly parts: AskParts;
}

/** Lists from a listener's own history, likes and bans. Any change to them takes effect at the next call. */
export class PersonalRecommender {
  private readonly engine: Engine;
  private readonly household: Household;
  private readonly ask: AskModels;
  private readonly now: () => number;
  private readonly profiles = new Map<string, { key: string; until: number; profile: Profile }>();
  private readonly lists = new KeptLists();
  private readonly shown: ShownLists;
  private readonly blends: BlendKeeper;
  private readonly learn: boolean;

  /**
   * @param now milliseconds since 1970; the clock of the caller
   * @param learn whether to choose a blend of models in the background when there is none or it is stale; for processes that keep running
   * @param ask answers queries, e.g. on another thread, so that this one loads no model; default: the engine, in this thread
   */
  constructor(
    engine: Engine,
    household: Household,
    now: () => number = Date.now,
    learn = false,
    ask: AskModels = {
      personal: (query, within) => answerPersonal(engine, query, undefined, within?.mask),
      parts: (query) => partLists(engine, query),
    },
  ) {
    this.engine = engine;
    this.ask = ask;
    this.household = household;
    this.now = now;
    this.learn = learn;
    this.shown = new ShownLists(engine, household, now);
    this.blends = new BlendKeeper(engine, household, now, ask.parts);
    household.beforeDeletion(async (listener) => {
      this.profiles.delete(listener);
      this.lists.forget(listener);
    });
  }

  /** Stops the work in the background. */
  close(): Promise<void> {
    return this.blends.close();
  }

  /** The listener's taste, cached until it changes. @throws SegueError NOT_FOUND */
  async profile(listener: string): Promise<Profile> {
    const repository = await this.household.repository();
    // A new listener may have the id of a deleted one.
    const { createdAt, revision } = await repository.listeners.get(listener);
    const { dataset, datasetId } = this.engine.current;
    const key = `${createdAt} ${revision} ${datasetId}`;
    const kept = this.profiles.get(listener);
    if (kept?.key === key && this.now() < kept.until) return kept.profile;
    const profile = await profileOf(repository, listener, dataset, this.now());
    if (this.profiles.size >= MOST_PROFILES) this.profiles.clear();
    // Bans can expire.
    const until = Math.min(...profile.bans.map((ban) => ban.until ?? Number.POSITIVE_INFINITY));
    this.profiles.set(listener, { key, until, profile });
    return profile;
  }

  /**
   * New songs for all of a listener's tastes, mixed with loved ones not played for a while. Stable for a day, except for the effects of feedback.
   * @throws SegueError NOT_FOUND, and those of the engine
   */
  forYou(listener: string, options: ForYouOptions = {}): Promise<PersonalList> {
    return this.once(listener, `for you ${JSON.stringify(options)}`, () => this.makeForYou(listener, options));
  }

  private async makeForYou(listener: string, options: ForYouOptions): Promise<PersonalList> {
    const { n = DEFAULT_N, newness = DEFAULT_NEWNESS } = options;
    const profile = await this.profile(listener);
    const rng = rngOf(listener, await this.today(listener), 'for you');
    const pace = new Pace();
    if (pace.due) await pace.rest();
    const forgotten = newness < 1 ? forgottenFavourites(profile) : [];
    await pace.rest();
    const old = this.varied(forgotten);
    await pace.rest();
    const oldCount = Math.min(old.length, Math.round(n * (1 - newness)));
    const rediscovered = weightedSample(old.slice(0, oldCount * 3), (song) => song.everLoved, oldCount, rng);
    const seeds = weightedSample(profile.songs.slice(0, SEED_POOL), ({ love }) => love, SEEDS, rng);
    const { answer, trial } = await this.tried(listener, options.model, rng, (model) =>
      this.recommend(listener, profile, {
        seeds: asSeeds(seeds),
        ordered: false,
        n: Math.max(1, n - rediscovered.length),
        perArtist: 'auto',
        balance: 0.5,
        model,
        details: options.details,
      }),
    );
    // A list of rediscoveries only still requests one new song, to learn which model would have answered.
    const tracks = interleaved(
      answer.tracks.slice(0, n - rediscovered.length),
      rediscovered.map((song) => this.known(song, options.details)),
      n,
    );
    return this.shown.remember(listener, 'for-you', 'For you', { ...answer, tracks }, undefined, trial);
  }

  /**
   * Mixes of the listener's tastes, each named after what its songs share. No song occurs in two mixes, few come from mixes of the days before, and
   * they stay the same all day. Empty when too little is known.
   * @throws SegueError NOT_FOUND, and those of the engine
   */
  mixes(listener: string, options: MixOptions = {}): Promise<PersonalList[]> {
    return this.once(listener, `mixes ${JSON.stringify(options)}`, () => this.makeMixes(listener, options));
  }

  private async makeMixes(listener: string, options: MixOptions): Promise<PersonalList[]> {
    const { n = MIX_LENGTH, every = 'day', within } = options;
    const profile = await this.profile(listener);
    const today = await this.today(listener);
    const time = every === 'week' ? `week ${mondayOf(today)}` : today;
    const period = within ? `${time} ${within.name}` : time;
    const pace = new Pace();
    if (pace.due) await pace.rest();
    const groups = tasteGroups(this.engine.current.dataset, profile.songs, MOST_MIXES);
    if (pace.due) await pace.rest();
    const used = await this.shown.recentlyMixed(listener, period);
    const mixes: PersonalList[] = [];
    for (const group of groups) {
      const rng = rngOf(listener, period, group.name);
      const seeds = weightedSample(group.songs, ({ love }) => love, MIX_SEEDS, rng);
      const there = within?.has(group.songs.map(({ uri }) => uri));
      const familiar = weightedSample(
        this.varied(group.songs.filter(({ uri }) => !used.has(uri) && (!there || there.has(uri)))).slice(0, n),
        ({ love }) => love,
        Math.round(n * FAMILIAR),
        rng,
      );
      const answer = await this.recommend(
        listener,
        profile,
        { seeds: asSeeds(seeds), ordered: false, n: n - familiar.length, perArtist: 2, model: options.model },
        { exclude: used, within },
      );
      const tracks = interleaved(
        answer.tracks,
        familiar.map((song) => this.known(song)),
        n,
      );
      if (tracks.length === 0) continue;
      for (const { uri } of tracks) used.add(uri);
      mixes.push(
        await this.shown.remember(listener, 'mix', group.title, { ...answer, tracks }, `${period}:${group.name}`),
      );
    }
    return mixes;
  }

  /** More of what was loved in a period. @param from inclusive @param to exclusive, milliseconds since 1970 @throws SegueError NOT_FOUND, USAGE */
  async fromPeriod(listener: string, from: number, to: number, options: ForYouOptions = {}): Promise<PersonalList> {
    if (!(from < to))
      throw new SegueError('USAGE', { got: 'The period ends before it begins', expected: 'from before to' });
    const profile = await this.profile(listener);
    const repository = await this.household.repository();
    const counts = new Map<string, number>();
    for await (const batch of repository.plays.inOrder(listener, { from, to }))
      for (const { song, skipped } of batch) if (!skipped) counts.set(song, (counts.get(song) ?? 0) + 1);
    const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, SEEDS);
    if (top.length === 0)
      throw new SegueError('USAGE', {
        got: 'There are no plays in this period',
        expected: 'a period of the history',
        remedy: 'See the years in the listening report',
      });
    const most = top[0]![1];
    const answer = await this.recommend(listener, profile, {
      seeds: top.map(([track, count]) => ({
        track,
        weight: Math.max(0.05, (1 + Math.log(count)) / (1 + Math.log(most))),
      })),
      ordered: false,
      n: options.n ?? DEFAULT_N,
      perArtist: 'auto',
      balance: 0.5,
      model: options.model,
      details: options.details,
    });
    const years = [from, to - 1].map((at) => new Date(at).getUTCFullYear());
    const title = years[0] === years[1] ? `More of your ${years[0]}` : `More of your ${years[0]}–${years[1]}`;
    return this.shown.remember(listener, 'period', title, answer);
  }

  /** Songs that continue a saved list. @throws SegueError NOT_FOUND */
  async continueList(listener: string, list: string, options: ForYouOptions = {}): Promise<PersonalList> {
    const profile = await this.profile(listener);
    const { lists } = await this.household.repository();
    const [saved, latest] = [await lists.get(listener, list), await lists.version(listener, list)];
    const songs = latest.songs.map(({ song }) => song);
    const answer = await this.recommend(
      listener,
      profile,
      {
        // The end of a long list shows best how to continue it.
        seeds: songs.slice(-100).map((track) => ({ track })),
        ordered: songs.length <= 100,
        title: saved.name,
        n: options.n ?? DEFAULT_N,
        perArtist: 'auto',
        model: options.model,
        details: options.details,
      },
      { exclude: songs, onlyNew: false },
    );
    return this.shown.remember(listener, 'continue', `More for ${saved.name}`, answer);
  }

  /**
   * New songs in the proportions of the clusters of the listener's loved songs.
   * @throws SegueError NOT_FOUND, MODEL_NOT_TRAINED (clusters)
   */
  async byCluster(listener: string, { n = DEFAULT_N }: Pick<ForYouOptions, 'n'> = {}): Promise<PersonalList> {
    const profile = await this.profile(listener);
    const seeds = asSeeds(profile.songs.slice(0, MOST_CLUSTERED));
    const answer = await this.recommend(listener, profile, { seeds, ordered: false, n, model: 'clusters' });
    const list = await this.shown.remember(listener, 'clusters', 'All your tastes', answer);
    return { ...list, ...(answer.sections && { sections: answer.sections }) };
  }

  private async recommend(
    listener: string,
    profile: Profile,
    request: RecommendRequest,
    {
      exclude: also = [],
      onlyNew = true,
      within,
    }: { exclude?: Iterable<string>; onlyNew?: boolean; within?: Within | undefined } = {},
  ): Promise<RecommendResponse> {
    const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
    const exclude = [...also].slice(0, MOST_EXCLUDED);
    const query: PersonalQuery = {
      request: { ...given, ...(exclude.length > 0 && { exclude }) },
      known: knownOf(profile),
      onlyNew,
      blend: request.model === undefined ? await this.blendOf(listener, profile) : null,
      part: within?.name ?? null,
    };
    return this.ask.personal(query, within);
  }

  /** The listener's blend; a stale one answers until a new one is chosen. */
  private async blendOf(listener: string, { songs, recent }: Profile): Promise<PersonalQuery['blend']> {
    const repository = await this.household.repository();
    const stored = await repository.blends.get(listener);
    if (this.learn) {
      const { plays } = await repository.listeners.counts(listener);
      if (this.blends.isStale(stored, plays, this.now())) void this.blends.learn(listener);
    }
    if (stored === null) return null;
    const uris = new Map(songs.map(({ track, uri }) => [track, uri]));
    const named = ({ seeds, weights }: Seeds): RecentSongs[keyof RecentSongs] =>
      Array.from(seeds, (track, i) => [uris.get(track)!, weights[i]!] as const);
    return { parts: stored.parts, recent: { lately: named(recent.lately), finds: named(recent.finds) } };
  }

  /** Makes a list once per day, taste, data and models. */
  private async once<T>(listener: string, what: string, make: () => Promise<T>): Promise<T> {
    const [profile, day] = [await this.profile(listener), await this.today(listener)];
    const { blends, experiments } = await this.household.repository();
    const by = `${(await blends.get(listener))?.at ?? 0} ${(await experiments.running())?.id ?? ''}`;
    return this.lists.once(listener, { profile, day, by, state: this.engine.current }, what, make);
  }

  /** Songs with known names, one version of each, and one by each artist before any artist repeats. */
  private varied(songs: readonly ProfileSong[]): ProfileSong[] {
    const { dataset } = this.engine.current;
    return firstOfEachArtist(
      songs.filter(({ track }) => !dataset.tracks.names.isBlank(track)),
      ({ track }) => dataset.mainArtist(track),
      ({ track }) => dataset.tracks.song[track]!,
    );
  }

  private async today(listener: string): Promise<string> {
    const { timeZone } = await (await this.household.repository()).settings.get(listener);
    return dayOf(this.now(), timeZone);
  }

  /** A song of the listener's own as an entry of a list. @param details the facts that the engine adds to new songs, too */
  private known(song: ProfileSong, details = false): RecommendedTrack {
    const { dataset } = this.engine.current;
    month ??= new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
    const since = song.lastAt === null ? null : month.format(song.lastAt);
    return {
      ...(details ? trackDetails(dataset, song.track) : briefTrack(dataset, song.track)),
      score: song.love,
      because: [since === null ? 'You like this' : `You loved this; last played in ${since}`],
    };
  }

  /** An answer by the model; while an experiment runs and the request names no model, by one or both of its models. */
  private async tried(
    listener: string,
    model: string | undefined,
    rng: Rng,
    ask: (model: string | undefined) => Promise<RecommendResponse>,
  ): Promise<{ answer: RecommendResponse; trial: Trial }> {
    const repository = await this.household.repository();
    const running = model === undefined ? await repository.experiments.running() : null;
    const { trained } = this.engine.current.models;
    if (!running || !trained.includes(running.a) || !trained.includes(running.b))
      return { answer: await ask(model), trial: NO_TRIAL };
    return answerOfTrial(running, listener, rng, ask);
  }
}
