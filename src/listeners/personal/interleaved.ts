import type { RecommendedTrack } from '../../recommend/request.ts';

/** Merges two lists into one of at most n songs: the second is spread evenly over the first; no song occurs twice. */
export function interleaved(
  first: readonly RecommendedTrack[],
  second: readonly RecommendedTrack[],
  n: number,
): RecommendedTrack[] {
  const seen = new Set<string>();
  const out: RecommendedTrack[] = [];
  const all = first.length + second.length;
  let [a, b] = [0, 0];
  for (let i = 0; i < all && out.length < n; i++) {
    const takeSecond = b < second.length && (a >= first.length || (b + 0.5) / second.length <= (i + 0.5) / all);
    const track = takeSecond ? second[b++]! : first[a++]!;
    if (seen.has(track.uri)) continue;
    seen.add(track.uri);
    out.push(track);
  }
  return out;
}
