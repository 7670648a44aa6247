import { type ModelQuery, modelQuery } from '../../models/model.ts';
import { historyWeights, type Played } from '../../recommend/history.ts';
import { turn } from '../../turn/turn.ts';
import { Pace } from '../pace.ts';
import { type Recent, recentOf, type Seeds, type TimedPlay } from './recent.ts';

/** Seeds of a query: the songs that weigh most. */
const SEEDS = 100;
/** Plays that a history must have before a cut. */
const LEAST_BEFORE = 10;

/** A history cut at a moment: what was known before, and what came in the days after. */
export interface Cut {
  readonly at: number;
  readonly query: ModelQuery;
  /** The same from the last weeks only; null when there is nothing in them. */
  readonly recent: Readonly<Record<keyof Recent, ModelQuery | null>>;
  /** Everything that was played before, in the order of time. */
  readonly before: readonly TimedPlay[];
  readonly heard: ReadonlySet<number>;
  /** Songs of the days after that were never played before. */
  readonly found: ReadonlySet<number>;
  /** Songs of the days after that had been played before. */
  readonly repeated: ReadonlySet<number>;
  /** Plays before the cut, by track. */
  readonly counts: ReadonlyMap<number, number>;
  /** Decayed weight of what was played before, by track. */
  readonly weights: ReadonlyMap<number, number>;
}

/** Other work may run meanwhile. @param plays in the order of time @param from first play after the cut @param until end of the days after */
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

/** Cuts at even steps of the plays' later half, those without anything to ask or to answer from left out. Other work may run between two. */
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

/** Tracks by a weight, the largest first. */
export const strongest = (weights: ReadonlyMap<number, number>, n: number): number[] =>
  [...weights]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, n)
    .map(([track]) => track);
