import type { ModelQuery, ScoredTracks } from '../models/model.ts';

/** Songs of the answer from which the second query starts: enough for several directions, few enough to stay close. */
const STARTS = 20;

/**
 * A model's answer, extended by the model's answer to its own best songs when it has fewer than `k`: a model that keeps a fixed number of neighbours
 * for each song would otherwise have nothing for a longer or more adventurous list. Answers in sections and queries without liked seeds stay as they
 * are.
 * @param ask queries the model for n songs @returns at most `k` songs; those of the second query score below the lowest of the first
 */
export function withSecondHop(
  ask: (query: ModelQuery, n: number) => ScoredTracks,
  query: ModelQuery,
  answer: ScoredTracks,
  k: number,
): ScoredTracks {
  const { tracks, scores } = answer;
  const liked = query.weights.some((weight) => weight > 0);
  if (tracks.length === 0 || tracks.length >= k || answer.sections || !liked) return answer;
  const starts = tracks.slice(0, STARTS);
  const best = scores[0]!;
  const disliked = query.seeds.filter((_, i) => query.weights[i]! < 0);
  const further = ask(
    {
      ...query,
      seeds: Int32Array.from([...starts, ...disliked]),
      weights: Float32Array.from([
        ...Array.from(starts, (_, i) => (best > 0 ? Math.max(0.01, scores[i]! / best) : 1)),
        ...query.weights.filter((weight) => weight < 0),
      ]),
      title: '',
      ordered: false,
      exclude: new Set([...query.exclude, ...query.seeds, ...tracks]),
      unexplained: true,
    },
    k - tracks.length,
  );
  const [least, top] = [scores[scores.length - 1]!, further.scores[0] ?? 0];
  return {
    ...answer,
    tracks: Int32Array.from([...tracks, ...further.tracks]),
    scores: Float32Array.from([
      ...scores,
      ...[...further.scores].map((score) =>
        least > 0 && top > 0 && score > 0 ? (least * score) / top : Math.min(0, least),
      ),
    ]),
  };
}
