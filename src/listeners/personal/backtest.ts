import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import type { OnProgress } from '../../math/progress.ts';
import { Rng } from '../../math/rng.ts';
import type { Engine } from '../../recommend/engine.ts';
import { findTrack } from '../../recommend/track-id.ts';
import { turn } from '../../turn/turn.ts';
import type { BlendPart, StoredBlend } from '../blends.ts';
import { Pace } from '../pace.ts';
import type { ListenerRepository } from '../repository.ts';
import { askParts } from './blend/ask-parts.ts';
import { chooseBlend } from './blend/choose-blend.ts';
import { fuse } from './blend/fuse.ts';
import { ndcg, recall } from './blend/list-measures.ts';
import { type AskParts, partLists } from './blend/part-lists.ts';
import { MOST_PLAYED, PLAYED_LATELY, recentParts } from './blend/part-names.ts';
import { SAME_ARTISTS } from './blend/same-artists.ts';
import { type Cut, evenCuts, strongest } from './history-cuts.ts';
import { decayedPlays, type TimedPlay } from './recent.ts';

const DAY = 86_400_000;
const DEPTH = 50;
const DRAWS = 1000;
/** Half-life in days of a play's weight in predicting repeats. */
const REPEAT_DAYS = 40;
/** The first cuts only train the blend, which is evaluated on the later ones. */
const LEARNING = 2;
export const YOUR_BLEND = 'your blend';

export interface BacktestOptions {
  /** Number of dates at which the history is cut, evenly spread over its later half. Default 8. */
  readonly cuts?: number;
  /** Days to predict after each cut. Default 30. */
  readonly days?: number;
  /** Models to test; by default, every trained model that makes lists. */
  readonly models?: readonly string[];
  /** Asks the models; by default, those of the engine, in this thread. */
  readonly ask?: AskParts;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** Mean over the cuts with a 95 % interval (percentile bootstrap over cuts); null when no cut defines it. */
export interface Figure {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** A figure is null where the list contains no song of that kind. */
export interface BacktestResult {
  /**
   * A model's id, `same artists` (popular songs by the listener's artists), `most played`, `most played lately` (a play counts half for every 40 days
   * of its age) or `your blend`.
   */
  readonly name: string;
  /** Share of the songs discovered after a cut that are among the first 50 songs never played before it. */
  readonly found: Figure | null;
  /** NDCG@50 of the same songs. */
  readonly ndcg: Figure | null;
  /** Share of the songs played again that are among the first 50; only for the two `most played`, since models recommend nothing already heard. */
  readonly again: Figure | null;
}

export interface Backtest {
  /** Cuts with plays after them, in milliseconds since 1970. The figures are for the third and later ones. */
  readonly cuts: readonly number[];
  /** Numbers of discovered and of repeated songs to predict, over all cuts. */
  readonly newSongs: number;
  readonly repeatedSongs: number;
  /** Best first. At each cut, `your blend` was chosen on the earlier cuts. */
  readonly results: readonly BacktestResult[];
  /** The best blend over all cuts, which for-you uses from now on; null when the history is too short to choose one. */
  readonly blend: readonly BlendPart[] | null;
}

/**
 * How well each model would have predicted the listener. The history is cut at several dates; each trained model is asked with the plays before a
 * cut, and its list is compared with the plays after it, discoveries and repeats separately. Models contain the listener's own plays only with
 * consent.
 * @throws SegueError USAGE when the history is too short, CANCELLED
 */
export async function backtest(
  engine: Engine,
  repository: ListenerRepository,
  listener: string,
  options: BacktestOptions = {},
): Promise<Backtest> {
  const state = engine.current;
  const { dataset, models } = state;
  const plays = await playsOf(repository, listener, dataset);
  const cuts = await evenCuts(plays, options.cuts ?? 8, (options.days ?? 30) * DAY);
  if (cuts.length < 2)
    throw new SegueError('USAGE', {
      got: `A history of ${plays.length} plays of known songs gives only ${cuts.length} dates to cut at`,
      expected: 'at least two dates with ten songs before and one after',
      remedy: 'Import more of your history with `segue import mine`',
    });
  const wanted = options.models ?? models.trained.filter((id) => id !== 'ratings');
  const names = [...wanted, SAME_ARTISTS];
  const { ask = (query) => partLists(engine, query) } = options;
  const lists = cuts.map(() => new Map<string, ArrayLike<number>>());
  let done = 0;
  for (const name of names) {
    for (const [c, cut] of cuts.entries()) {
      throwIfCancelled(options.signal, 'The backtest');
      options.onProgress?.({ fraction: done++ / (names.length * cuts.length), note: name });
      const queries = [cut.query, cut.recent.lately, cut.recent.finds].filter((query) => query !== null);
      const found = await ask({
        datasetId: state.datasetId,
        model: name,
        exclude: [...cut.heard],
        queries: queries.map(({ seeds, weights }) => ({ seeds: [...seeds], weights: [...weights] })),
      });
      askParts(lists[c]!, name, cut, (query) => found[queries.indexOf(query)]!);
      // Lets the server answer other requests meanwhile.
      await turn();
    }
  }
  const asked = cuts.map(({ found }, c) => ({ lists: lists[c]!, truth: found }));
  const parts = names.flatMap((name) => [name, ...recentParts(name).map((part) => part.name)]);
  const enough = cuts.length > LEARNING;
  if (enough)
    for (let c = LEARNING; c < cuts.length; c++) {
      await turn();
      const blend = await chooseBlend(parts, asked.slice(0, c));
      lists[c]!.set(YOUR_BLEND, blend ? fuse(blend, lists[c]!, DEPTH).tracks : []);
    }
  const judged = [...cuts.keys()].slice(enough ? LEARNING : 0);
  const rng = new Rng(1);
  const results: BacktestResult[] = [];
  for (const name of [...names, ...(enough ? [YOUR_BLEND] : [])]) {
    await turn();
    const tops = judged.map((c) => Array.from(lists[c]!.get(name) ?? []).slice(0, DEPTH));
    results.push({
      name,
      found: figure(
        judged.map((c, i) => recall(tops[i]!, cuts[c]!.found)),
        rng,
      ),
      ndcg: figure(
        judged.map((c, i) => ndcg(tops[i]!, cuts[c]!.found, DEPTH)),
        rng,
      ),
      again: null,
    });
  }
  results.sort((a, b) => (b.ndcg?.mean ?? -1) - (a.ndcg?.mean ?? -1));
  for (const [name, weightsOf] of [
    [MOST_PLAYED, async ({ counts }: Cut) => counts],
    [PLAYED_LATELY, decayedBefore],
  ] as const) {
    const again: number[] = [];
    for (const c of judged) {
      await turn();
      const weights = await weightsOf(cuts[c]!);
      again.push(recall(strongest(weights, DEPTH), cuts[c]!.repeated));
    }
    results.push({ name, found: null, ndcg: null, again: figure(again, rng) });
  }
  return {
    cuts: cuts.map(({ at }) => at),
    newSongs: cuts.reduce((sum, { found }) => sum + found.size, 0),
    repeatedSongs: cuts.reduce((sum, { repeated }) => sum + repeated.size, 0),
    results,
    blend: enough ? await chooseBlend(parts, asked) : null,
  };
}

/**
 * Saves the blend of a backtest with the versions of the models considered.
 * @param at time of the choice, milliseconds since 1970 @returns whether there was a blend
 */
export async function keepBlend(
  engine: Engine,
  repository: ListenerRepository,
  listener: string,
  { blend, results }: Backtest,
  at: number,
): Promise<boolean> {
  if (blend === null) return false;
  const { models } = engine.current;
  const { plays } = await repository.listeners.counts(listener);
  const tried = results.flatMap(({ name }): [string, string][] => {
    const version = models.versionOf(name);
    return version === null ? [] : [[name, version]];
  });
  const stored: StoredBlend = { parts: blend, versions: Object.fromEntries(tried), plays, at };
  await repository.blends.set(listener, stored);
  return true;
}

async function playsOf(repository: ListenerRepository, listener: string, dataset: Dataset): Promise<TimedPlay[]> {
  const plays: TimedPlay[] = [];
  const pace = new Pace();
  for await (const batch of repository.plays.inOrder(listener))
    for (const { song, at, skipped } of batch) {
      if (pace.due) await pace.rest();
      const track = skipped ? -1 : findTrack(dataset.tracks.vocabulary, song);
      if (track >= 0) plays.push({ track, at });
    }
  return plays;
}

/** Plays between two rests. */
const SLICE = 8192;

async function decayedBefore({ before, at }: Cut): Promise<ReadonlyMap<number, number>> {
  const weights = new Map<number, number>();
  for (let from = 0; from < before.length; from += SLICE) {
    decayedPlays(before.slice(from, from + SLICE), at, REPEAT_DAYS, weights);
    await turn();
  }
  return weights;
}

const mean = (values: readonly number[]): number => {
  const known = values.filter((v) => !Number.isNaN(v));
  return known.length === 0 ? Number.NaN : known.reduce((sum, v) => sum + v, 0) / known.length;
};

function figure(values: readonly number[], rng: Rng): Figure | null {
  const known = values.filter((v) => !Number.isNaN(v));
  if (known.length === 0) return null;
  const means = Float64Array.from({ length: DRAWS }, () => {
    let sum = 0;
    for (let i = 0; i < known.length; i++) sum += known[rng.below(known.length)]!;
    return sum / known.length;
  }).sort();
  return { mean: mean(known), low: means[Math.floor(DRAWS * 0.025)]!, high: means[Math.floor(DRAWS * 0.975)]! };
}
