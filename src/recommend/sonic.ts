import type { Similarity } from './steps/similarity.ts';

export interface SonicMatch {
  readonly track: number;
  /** 0–1 */
  readonly similarity: number;
}

/** The tracks most similar to the given one, one version of each song. @param song song[t] = the first version of t */
export function mostAlike(
  to: number,
  among: Int32Array,
  n: number,
  similarity: Similarity,
  song: Int32Array,
): SonicMatch[] {
  const scored = Array.from(among, (track) => ({ track, similarity: similarity(to, track) }));
  scored.sort((a, b) => b.similarity - a.similarity || a.track - b.track);
  const met = new Set([song[to]!]);
  const best: SonicMatch[] = [];
  for (const match of scored) {
    if (best.length === n || match.similarity <= 0) break;
    if (met.has(song[match.track]!)) continue;
    met.add(song[match.track]!);
    best.push(match);
  }
  return best;
}

/**
 * A path of `n` songs from one to another, including both ends: step i of n − 1 is the unused song most similar to the mixture (1 − t) · from + t ·
 * to at t = i / (n − 1). Each match has its similarity to the previous song; the first has 1.
 */
export function sonicPath(
  from: number,
  to: number,
  among: Int32Array,
  n: number,
  similarity: Similarity,
  song: Int32Array,
): SonicMatch[] {
  if (from === to || song[from] === song[to]) return [{ track: from, similarity: 1 }];
  const toFrom = Float64Array.from(among, (track) => similarity(from, track));
  const toEnd = Float64Array.from(among, (track) => similarity(to, track));
  const met = new Set([song[from]!, song[to]!]);
  const path = [from];
  for (let i = 1; i < n - 1; i++) {
    const t = i / (n - 1);
    let best = -1;
    let bestScore = 0;
    for (let a = 0; a < among.length; a++) {
      const score = (1 - t) * toFrom[a]! + t * toEnd[a]!;
      if (score <= bestScore || met.has(song[among[a]!]!)) continue;
      best = a;
      bestScore = score;
    }
    if (best < 0) break;
    met.add(song[among[best]!]!);
    path.push(among[best]!);
  }
  path.push(to);
  return path.map((track, i) => ({ track, similarity: i === 0 ? 1 : similarity(path[i - 1]!, track) }));
}
