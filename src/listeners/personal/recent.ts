import type { ModelQuery } from '../../models/model.ts';

const DAY = 86_400_000;
/** Half-life, in days, of a play's and a discovery's weight. */
export const RECENT_HALF_LIFE_DAYS = 10;
/** Older plays, which would count less than a sixtieth, are left out. */
export const RECENT_DAYS = 60;
const LATELY_SEEDS = 30;
const FINDS_SEEDS = 20;
/** Smaller weights make no difference to a model. */
const LEAST_WEIGHT = 0.05;

/** The seeds of a query with their weights, the largest of which is 1. */
export type Seeds = Pick<ModelQuery, 'seeds' | 'weights'>;

/** What a listener did in the last weeks of their history, as two queries. */
export interface Recent {
  /** The songs played most. */
  readonly lately: Seeds;
  /** The songs first played in those weeks; what somebody discovers now best predicts what they discover next. */
  readonly finds: Seeds;
}

export interface TimedPlay {
  readonly track: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Each track's plays, every one halved for each half-life of its age: Σ ½^(age / half-life), the time-weighted repeat consumption of
 * Anderson et al. (2014). @param latest time from which ages count, milliseconds since 1970 @param weights of other plays, which are added to
 */
export function decayedPlays(
  plays: Iterable<TimedPlay>,
  latest: number,
  halfLifeDays: number,
  weights = new Map<number, number>(),
): Map<number, number> {
  for (const { track, at } of plays)
    weights.set(track, (weights.get(track) ?? 0) + 0.5 ** ((latest - at) / (halfLifeDays * DAY)));
  return weights;
}

/** @param plays at least those of the last 60 days before `latest` @param firstPlays the first play of each track */
export function recentOf(plays: Iterable<TimedPlay>, firstPlays: Iterable<TimedPlay>, latest: number): Recent {
  const since = latest - RECENT_DAYS * DAY;
  const seedsOf = (own: Iterable<TimedPlay>, most: number): Seeds => {
    const inTime: TimedPlay[] = [];
    for (const play of own) if (play.at > since) inTime.push(play);
    const best = [...decayedPlays(inTime, latest, RECENT_HALF_LIFE_DAYS)]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, most);
    const top = best[0]?.[1] ?? 1;
    return {
      seeds: Int32Array.from(best, ([track]) => track),
      weights: Float32Array.from(best, ([, weight]) => Math.max(LEAST_WEIGHT, weight / top)),
    };
  };
  return { lately: seedsOf(plays, LATELY_SEEDS), finds: seedsOf(firstPlays, FINDS_SEEDS) };
}
