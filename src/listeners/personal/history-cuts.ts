import { type ModelQuery, modelQuery } from '../../models/model.ts';
import { historyWeights, type Played } from '../../recommend/history.ts';

/** Seeds of a query: the songs that weigh most. */
const SEEDS = 100;
/** Plays that a history must have before a cut. */
const LEAST_BEFORE = 10;

export interface TimedPlay {
  readonly track: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A history cut at a moment: what was known before, and what came in the days after. */
export interface Cut {
  readonly at: number;
  readonly query: ModelQuery;
  readonly heard: ReadonlySet<number>;
  /** Songs of the days after that were never played before. */
  readonly found: ReadonlySet<number>;
  /** Songs of the days after that had been played before. */
  readonly repeated: ReadonlySet<number>;
  /** Plays before the cut, by track. */
  readonly counts: ReadonlyMap<number, number>;
  /** Decayed weight of what was played before, by track. */
  readonly lately: ReadonlyMap<number, number>;
}

/** @param plays in the order of time @param from first play after the cut @param until end of the days after */
export function cutAt(plays: readonly TimedPlay[], from: number, until: number): Cut | null {
  const at = plays[from]?.at;
  if (at === undefined || from < LEAST_BEFORE) return null;
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
  for (let i = from; i < plays.length && plays[i]!.at < until; i++)
    (merged.has(plays[i]!.track) ? repeated : found).add(plays[i]!.track);
  const history = [...merged].map(([track, own]): Played => ({ track, count: own.count, at: own.at / 1000 }));
  const { tracks, weights } = historyWeights(history);
  const order = [...tracks.keys()].sort((a, b) => weights[b]! - weights[a]! || a - b).slice(0, SEEDS);
  return {
    at,
    query: modelQuery({
      seeds: order.map((i) => tracks[i]!),
      weights: order.map((i) => weights[i]!),
      ordered: false,
      exclude: new Set(merged.keys()),
    }),
    heard: new Set(merged.keys()),
    found,
    repeated,
    counts: new Map([...merged].map(([track, { count }]) => [track, count])),
    lately: new Map(Array.from(tracks, (track, i) => [track, weights[i]!])),
  };
}

/** Cuts at even steps of the plays' later half, those without anything to ask or to answer from left out. */
export function evenCuts(plays: readonly TimedPlay[], wanted: number, window: number): Cut[] {
  const cuts: Cut[] = [];
  for (let c = 0; c < wanted; c++) {
    const from = Math.floor(plays.length * (0.5 + (0.45 * c) / wanted));
    const cut = cutAt(plays, from, (plays[from]?.at ?? 0) + window);
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
