import { largestAt } from '../math/select.ts';
import { TopK } from '../math/topk.ts';
import type { ModelQuery, ScoredTracks } from './model.ts';

/** The least float32 above 0. */
const LEAST_POSITIVE = 2 ** -149;

/**
 * The n best of a full score vector, under the contract of `Fitted.recommend`: no seeds, nothing excluded, nothing with a score ≤ 0 (no evidence),
 * ties by track number.
 */
export function rankScores(scores: Float32Array, query: ModelQuery, n: number): ScoredTracks {
  const barred = new Set<number>(query.exclude);
  for (const seed of query.seeds) barred.add(seed);
  const { allowed } = query;
  const top = new TopK(n);
  const { length } = scores;
  let least = LEAST_POSITIVE;
  let t = 0;
  while (t < length) {
    // Nearly every group of eight has no score that is high enough. One well-predicted branch per eight is three times as fast as eight branches.
    while (t + 8 <= length && !anyReaches(scores, t, least)) t += 8;
    const end = Math.min(t + 8, length);
    for (; t < end; t++) {
      const score = scores[t]!;
      if (!(score >= least) || (allowed !== null && allowed[t] === 0) || barred.has(t)) continue;
      top.push(t, score);
      const { threshold } = top;
      if (threshold > least) least = threshold;
    }
  }
  const { items, scores: best } = top.drain();
  return { tracks: items, scores: best };
}

/** Above this many scores per result, a heap takes few insertions, and one pass costs less than finding the threshold first. */
const MANY = 64;

/**
 * As `rankScores`, but from the scores of some tracks; all others have none.
 * @param tracks in any order, each with at most one score above 0 @param scores parallel to `tracks`, possibly longer
 */
export function rankSome(tracks: Int32Array, scores: Float32Array, query: ModelQuery, n: number): ScoredTracks {
  const barred = new Set<number>(query.exclude);
  for (const seed of query.seeds) barred.add(seed);
  return tracks.length > MANY * n
    ? keepBest(tracks, scores, barred, query, n)
    : sortBest(tracks, scores, barred, query, n);
}

function keepBest(
  tracks: Int32Array,
  scores: Float32Array,
  barred: ReadonlySet<number>,
  { allowed }: ModelQuery,
  n: number,
): ScoredTracks {
  const top = new TopK(n);
  let least = LEAST_POSITIVE;
  for (let i = 0; i < tracks.length; i++) {
    const score = scores[i]!;
    if (!(score >= least)) continue;
    const track = tracks[i]!;
    if ((allowed !== null && allowed[track] === 0) || barred.has(track)) continue;
    top.push(track, score);
    const { threshold } = top;
    if (threshold > least) least = threshold;
  }
  const { items, scores: best } = top.drain();
  return { tracks: items, scores: best };
}

/**
 * Finds the lowest score that can be returned, then sorts the scores that reach it, with the score's bits as the upper half of the key and the
 * track's as the lower. For a few thousand scores, this takes half the time of a heap.
 */
function sortBest(
  tracks: Int32Array,
  scores: Float32Array,
  barred: ReadonlySet<number>,
  { allowed }: ModelQuery,
  n: number,
): ScoredTracks {
  // Indexed by a track's last bits: most look-ups end here.
  const maybe = new Uint8Array(256);
  for (const track of barred) maybe[track & 255] = 1;
  const found = new Float32Array(tracks.length);
  let count = 0;
  for (let i = 0; i < tracks.length; i++) {
    const score = scores[i]!;
    if (score >= LEAST_POSITIVE && (allowed === null || allowed[tracks[i]!] !== 0)) found[count++] = score;
  }
  // Few tracks are barred: leaving room for them costs less than looking up each track.
  const wanted = n + barred.size;
  const floor = count > wanted && wanted > 0 ? largestAt(found, count, wanted - 1) : LEAST_POSITIVE;
  // Positive float32 values sort in the order of their bits. Among equals, the lower track comes first.
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, tracks.length);
  const keys = new BigUint64Array(count);
  const halves = new Uint32Array(keys.buffer);
  let reached = 0;
  for (let i = 0; i < tracks.length; i++) {
    if (!(scores[i]! >= floor)) continue;
    const track = tracks[i]!;
    if ((allowed !== null && allowed[track] === 0) || (maybe[track & 255] === 1 && barred.has(track))) continue;
    halves[2 * reached] = ~track;
    halves[2 * reached++ + 1] = bits[i]!;
  }
  keys.subarray(0, reached).sort();
  const length = Math.min(n, reached);
  const best = { tracks: new Int32Array(length), scores: new Float32Array(length) };
  const bestBits = new Uint32Array(best.scores.buffer);
  for (let r = 0, at = 2 * (reached - 1); r < length; r++, at -= 2) {
    best.tracks[r] = ~halves[at]!;
    bestBits[r] = halves[at + 1]!;
  }
  return best;
}

/** Whether any of eight scores, starting at a track, reaches `least`. */
const anyReaches = (scores: Float32Array, from: number, least: number): boolean =>
  scores[from]! >= least ||
  scores[from + 1]! >= least ||
  scores[from + 2]! >= least ||
  scores[from + 3]! >= least ||
  scores[from + 4]! >= least ||
  scores[from + 5]! >= least ||
  scores[from + 6]! >= least ||
  scores[from + 7]! >= least;
