import { type ModelQuery, modelQuery } from '../../models/model.ts';
import { historyWeights, type Played } from '../../recommend/history.ts';
import { turn } from '../../turn/turn.ts';
import { Pace } from '../pace.ts';
import { type Recent, recentOf, type Seeds, type TimedPlay } from './recent.ts';

/** Most seeds of a query: the songs with the largest weights. */
const SEEDS = 100;
/** Least number of plays before a cut. */
const LEAST_BEFORE = 10;

/** A history cut at a date: what was known before, and what was played in the days after. */
export interface Cut {
  readonly at: number;
  readonly query: ModelQuery;
  /** The same from the last weeks only; null without plays in them. */
  readonly recent: Readonly<Record<keyof Recent, ModelQuery | null>>;
  /** All plays before the cut, in order of time. */
  readonly before: readonly TimedPlay[];
  readonly heard: ReadonlySet<number>;
  /** Songs of the days after the cut that were never played before it. */
  readonly found: ReadonlySet<number>;
  /** Songs of the days after the cut that were played before it, too. */
  readonly repeated: ReadonlySet<number>;
  /** Plays before the cut, by track. */
  readonly counts: ReadonlyMap<number, number>;
  /** Decayed weight of the plays before the cut, by track. */
  readonly weights: ReadonlyMap<number, number>;
}

/** Other work may run meanwhile. @param plays in order of time @param from index of the first play after the cut @param until end of those days */
export async function cutAt(plays: readonly TimedPlay[], from: number, until: number): Promise<Cut | null> {
  const at = plays[from]?.at;
  if (at === undefined || from < LEAST_BEFORE) return null;
  const before = plays.slice(0, from);
  const merged = new Map<number, { count: number; at: number }>();
  const firstPlays: TimedPlay[] = [];
  const pace = new Pace();
  for (const play of before) {
    if (pace.due) await pace.rest();
    const known = merged.get(play.track);
    if (known) {
      known.count++;
      known.at = play.at;
    } else {
      merged.set(play.track, { count: 1, at: play.at });
      firstPlays.push(play);
    }
  }
  const found = new Set<number>();
  const repeated = new Set<number>();
  for (let i = from; i < plays.length && plays[i]!.at < until; i++)
    (merged.has(plays[i]!.track) ? repeated : found).add(plays[i]!.track);
  await pace.rest();
  const history = [...merged].map(([track, own]): Played => ({ track, count: own.count, at: own.at / 1000 }));
  const exclude = new Set(merged.keys());
  const { tracks, weights } = historyWeights(history);
  await pace.rest();
  const { lately, finds } = recentOf(before, firstPlays, before.at(-1)!.at);
  await pace.rest();
  return {
    at,
    query: queryOf({ tracks, weights }, SEEDS, exclude),
    recent: {
      lately: seedsQuery(lately, exclude),
      finds: seedsQuery(finds, exclude),
    },
    before,
    heard: exclude,
    found,
    repeated,
    counts: new Map([...merged].map(([track, { count }]) => [track, count])),
    weights: new Map(Array.from(tracks, (track, i) => [track, weights[i]!])),
  };
}

function queryOf(
  { tracks, weights }: ReturnType<typeof historyWeights>,
  most: number,
  exclude: ReadonlySet<number>,
): ModelQuery {
  const order = [...tracks.keys()].sort((a, b) => weights[b]! - weights[a]! || a - b).slice(0, most);
  const [seeds, own] = [order.map((i) => tracks[i]!), order.map((i) => weights[i]!)];
  return modelQuery({ seeds, weights: own, ordered: false, exclude });
}

const seedsQuery = ({ seeds, weights }: Seeds, exclude: ReadonlySet<number>): ModelQuery | null =>
  seeds.length === 0 ? null : modelQuery({ seeds, weights, ordered: false, exclude });

/** Cuts evenly spread over the later half of the plays, if they leave something to predict and to predict from. Other work may run between them. */
export async function evenCuts(plays: readonly TimedPlay[], wanted: number, window: number): Promise<Cut[]> {
  const cuts: Cut[] = [];
  for (let c = 0; c < wanted; c++) {
    await turn();
    const from = Math.floor(plays.length * (0.5 + (0.45 * c) / wanted));
    const cut = await cutAt(plays, from, (plays[from]?.at ?? 0) + window);
    if (cut && cut.found.size > 0) cuts.push(cut);
  }
  return cuts;
}

/** Tracks by weight, largest first. */
export const strongest = (weights: ReadonlyMap<number, number>, n: number): number[] =>
  [...weights]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, n)
    .map(([track]) => track);
