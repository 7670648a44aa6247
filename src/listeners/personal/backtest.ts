import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { Rng } from '../../math/rng.ts';
import { type ModelQuery, modelQuery } from '../../models/model.ts';
import type { Engine } from '../../recommend/engine.ts';
import { historyWeights, type Played } from '../../recommend/history.ts';
import { findTrack } from '../../recommend/track-id.ts';
import type { ListenerRepository } from '../repository.ts';

const DAY = 86_400_000;
const DEPTH = 50;
const SEEDS = 100;
const DRAWS = 1000;

export interface BacktestOptions {
  /** Moments at which the history is cut, evenly spread over its later half. Default 8. */
  readonly cuts?: number;
  /** Days after a cut that are asked for. Default 30. */
  readonly days?: number;
  /** Models to try; every trained one that makes lists by default. */
  readonly models?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number, note: string) => void;
}

/** Mean over the cuts with a 95 % interval (percentile bootstrap over cuts); null when no cut defines it. */
export interface Figure {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface BacktestResult {
  /** A model's id, `most played` (what the listener played most) or `same artists` (the known songs of their artists). */
  readonly name: string;
  /** Part of the newly found songs of the days after a cut that are among the first 50 songs never played before it. */
  readonly found: Figure | null;
  /** NDCG@50 of the same. */
  readonly ndcg: Figure | null;
}

export interface Backtest {
  /** Cuts that had plays after them, in milliseconds since 1970. */
  readonly cuts: readonly number[];
  /** Newly found and repeated songs asked for, over all cuts. */
  readonly newSongs: number;
  readonly repeatedSongs: number;
  readonly results: readonly BacktestResult[];
  /** Best by NDCG on the earlier half of the cuts: what for-you uses; null when the history is too short. */
  readonly chosen: string | null;
  /** How the chosen one did on the later half, which it was not chosen on. */
  readonly chosenLater: number | null;
}

interface Cut {
  readonly at: number;
  readonly query: ModelQuery;
  readonly heard: ReadonlySet<number>;
  readonly found: ReadonlySet<number>;
  readonly repeated: ReadonlySet<number>;
  readonly counts: ReadonlyMap<number, number>;
}

/** At most 50 tracks, none of those heard. */
type Answer = (cut: Cut, exclude: ReadonlySet<number>) => ArrayLike<number>;

/**
 * How well each model would have known the listener: the history is cut at moments in time, each model is asked from what came before, and its list
 * is compared with what came next, newly found songs apart from repeats. Models are the trained ones; they hold the listener's own plays only with consent.
 * @throws SegueError USAGE when the history is too short, CANCELLED
 */
export async function backtest(
  engine: Engine,
  repository: ListenerRepository,
  listener: string,
  options: BacktestOptions = {},
): Promise<Backtest> {
  const { dataset, models } = engine.current;
  const plays = await playsOf(repository, listener, dataset);
  const cuts = cutsOf(plays, options.cuts ?? 8, (options.days ?? 30) * DAY);
  if (cuts.length < 2)
    throw new SegueError('USAGE', {
      got: `A history of ${plays.length} plays of known songs gives ${cuts.length} moments to cut at`,
      expected: 'at least two moments with ten songs before and one after',
      remedy: 'Import more of your history with `segue import mine`',
    });
  const answers = new Map<string, Answer>([
    ['most played', mostPlayed],
    ['same artists', sameArtists(dataset, engine.current.popularityScore)],
  ]);
  const wanted = options.models ?? models.trained.filter((id) => id !== 'ratings');
  for (const id of wanted) {
    const fitted = await models.get(id);
    answers.set(id, (cut, exclude) => fitted.recommend({ ...cut.query, exclude }, DEPTH).tracks);
  }
  const values = new Map<string, { found: number[]; ndcg: number[] }>();
  let done = 0;
  for (const [name, answer] of answers) {
    const own = { found: [] as number[], ndcg: [] as number[] };
    for (const cut of cuts) {
      throwIfCancelled(options.signal, 'The backtest');
      options.onProgress?.(done++ / (answers.size * cuts.length), name);
      const fresh = answer(cut, cut.heard);
      own.found.push(recall(fresh, cut.found));
      own.ndcg.push(ndcg(fresh, cut.found));
      await new Promise(setImmediate);
    }
    values.set(name, own);
  }
  const rng = new Rng(1);
  const results = [...values].map(
    ([name, own]): BacktestResult => ({
      name,
      found: figure(own.found, rng),
      ndcg: figure(own.ndcg, rng),
    }),
  );
  const half = cuts.length >> 1;
  const earlier = (name: string): number => mean(values.get(name)!.ndcg.slice(0, half));
  const chosen = [...wanted].sort((a, b) => earlier(b) - earlier(a))[0] ?? null;
  return {
    cuts: cuts.map(({ at }) => at),
    newSongs: cuts.reduce((sum, { found }) => sum + found.size, 0),
    repeatedSongs: cuts.reduce((sum, { repeated }) => sum + repeated.size, 0),
    results: results.sort((a, b) => (b.ndcg?.mean ?? -1) - (a.ndcg?.mean ?? -1)),
    chosen,
    chosenLater: chosen === null ? null : mean(values.get(chosen)!.ndcg.slice(half)),
  };
}

interface TimedPlay {
  readonly track: number;
  readonly at: number;
}

async function playsOf(repository: ListenerRepository, listener: string, dataset: Dataset): Promise<TimedPlay[]> {
  const plays: TimedPlay[] = [];
  for await (const batch of repository.plays.inOrder(listener))
    for (const { song, at, skipped } of batch) {
      const track = skipped ? -1 : findTrack(dataset.tracks.vocabulary, song);
      if (track >= 0) plays.push({ track, at });
    }
  return plays;
}

/** Cuts at even steps of the plays' later half, those without anything to ask or to answer from left out. */
function cutsOf(plays: readonly TimedPlay[], wanted: number, window: number): Cut[] {
  const cuts: Cut[] = [];
  for (let c = 0; c < wanted; c++) {
    const from = Math.floor(plays.length * (0.5 + (0.45 * c) / wanted));
    const at = plays[from]?.at;
    if (at === undefined || from < 10) continue;
    const merged = new Map<number, { count: number; at: number }>();
    for (let i = 0; i < from; i++) {
      const { track, at: time } = plays[i]!;
      const known = merged.get(track);
      if (known) {
        known.count++;
        known.at = time;
      } else merged.set(track, { count: 1, at: time });
    }
    const found = new Set<number>();
    const repeated = new Set<number>();
    for (let i = from; i < plays.length && plays[i]!.at < at + window; i++)
      (merged.has(plays[i]!.track) ? repeated : found).add(plays[i]!.track);
    if (found.size === 0) continue;
    const history = [...merged].map(([track, own]): Played => ({ track, count: own.count, at: own.at / 1000 }));
    const { tracks, weights } = historyWeights(history);
    const order = [...tracks.keys()].sort((a, b) => weights[b]! - weights[a]! || a - b).slice(0, SEEDS);
    cuts.push({
      at,
      query: modelQuery({
        seeds: order.map((i) => tracks[i]!),
        weights: order.map((i) => weights[i]!),
        ordered: false,
      }),
      heard: new Set(merged.keys()),
      found,
      repeated,
      counts: new Map([...merged].map(([track, { count }]) => [track, count])),
    });
  }
  return cuts;
}

const mostPlayed: Answer = ({ counts }, exclude) =>
  [...counts]
    .filter(([track]) => !exclude.has(track))
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, DEPTH)
    .map(([track]) => track);

/** Songs by the listener's artists, the most played artist's best known ones first, one of each in turn. */
function sameArtists(dataset: Dataset, fame: Float32Array): Answer {
  const byArtist = new Map<number, number[]>();
  for (let t = 0; t < dataset.tracks.count; t++) {
    const artist = dataset.mainArtist(t);
    const own = byArtist.get(artist);
    if (artist >= 0 && own) own.push(t);
    else if (artist >= 0) byArtist.set(artist, [t]);
  }
  return ({ counts }, exclude) => {
    const plays = new Map<number, number>();
    for (const [track, count] of counts) {
      const artist = dataset.mainArtist(track);
      plays.set(artist, (plays.get(artist) ?? 0) + count);
    }
    const queues = [...plays]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, DEPTH)
      .map(([artist]) =>
        (byArtist.get(artist) ?? []).filter((t) => !exclude.has(t)).sort((a, b) => fame[b]! - fame[a]! || a - b),
      );
    const out: number[] = [];
    for (let round = 0; out.length < DEPTH && queues.some((queue) => queue.length > round); round++)
      for (const queue of queues) if (queue[round] !== undefined && out.length < DEPTH) out.push(queue[round]!);
    return out;
  };
}

function recall(list: ArrayLike<number>, truth: ReadonlySet<number>): number {
  if (truth.size === 0) return Number.NaN;
  let hits = 0;
  for (let i = 0; i < list.length; i++) if (truth.has(list[i]!)) hits++;
  return hits / truth.size;
}

/** Binary NDCG: Σ 1 / log2(rank + 1) over the hits, divided by the best that |truth| songs could give. */
function ndcg(list: ArrayLike<number>, truth: ReadonlySet<number>): number {
  if (truth.size === 0) return Number.NaN;
  let gain = 0;
  let ideal = 0;
  for (let i = 0; i < list.length; i++) if (truth.has(list[i]!)) gain += 1 / Math.log2(i + 2);
  for (let i = 0; i < Math.min(truth.size, DEPTH); i++) ideal += 1 / Math.log2(i + 2);
  return gain / ideal;
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
