/** A person's history with one track. */
export interface Played {
  track: number;
  /** How often, ≥ 0. */
  count: number;
  /** Time of the last play, seconds since 1970; NaN when unknown. */
  at: number;
  /** undefined = no opinion */
  liked?: boolean;
}

/** Half-life of a play, in days. */
export const HALF_LIFE_DAYS = 180;
/** Least value of an old play, and the value of one at an unknown time. */
const LEAST = 0.1;
const UNKNOWN_AGE = 0.5;
const LIKED = 2;
const DISLIKED = -1;
const DAY = 86_400;

/**
 * A person's history as seed weights: (1 + ln count) · ½^(age / half-life), doubled when liked; −1 when disliked, whatever the count.
 * Ages are relative to the latest play in the history, so the same history always gives the same weights. Weights are scaled so that the largest is
 * 1. A track that occurs several times counts once: plays add up, and the latest time and last opinion apply.
 * @param halfLifeDays a shorter one favours recent plays
 */
export function historyWeights(
  history: readonly Played[],
  halfLifeDays = HALF_LIFE_DAYS,
): { tracks: Int32Array; weights: Float32Array } {
  const merged = new Map<number, Played>();
  for (const entry of history) {
    const known = merged.get(entry.track);
    if (!known) merged.set(entry.track, { ...entry });
    else {
      known.count += entry.count;
      if (!(known.at >= entry.at)) known.at = Number.isNaN(entry.at) ? known.at : entry.at;
      known.liked = entry.liked ?? known.liked;
    }
  }
  let latest = Number.NEGATIVE_INFINITY;
  for (const { at } of merged.values()) if (at > latest) latest = at;
  const tracks: number[] = [];
  const weights: number[] = [];
  let most = 0;
  for (const { track, count, at, liked } of merged.values()) {
    const strength = liked === true ? Math.max(1, count) : count;
    if (liked !== false && !(strength > 0)) continue;
    const recency = Number.isNaN(at) ? UNKNOWN_AGE : Math.max(LEAST, 0.5 ** ((latest - at) / (halfLifeDays * DAY)));
    const weight = liked === false ? DISLIKED : (1 + Math.log(Math.max(1, strength))) * recency * (liked ? LIKED : 1);
    tracks.push(track);
    weights.push(weight);
    most = Math.max(most, weight);
  }
  return {
    tracks: Int32Array.from(tracks),
    weights: Float32Array.from(weights, (w) => (w > 0 ? w / most : w)),
  };
}
