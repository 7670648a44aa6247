import type { Dataset } from '../dataset/dataset.ts';
import type { Fitted, ModelQuery, ScoredTracks } from '../models/model.ts';
import type { RecommendedTrack } from './request.ts';
import type { Candidate } from './steps/candidate.ts';

/** Score difference between successive added songs: their scores only express their order. */
const STEP = 1e-4;

/** Sources for extending the model's answer to a narrow query. */
export interface Rest {
  /** A content model, for queries with liked seeds. */
  readonly content: Fitted | null;
  /** Popularity of each track, 0–1. */
  readonly known: () => Float32Array;
}

/**
 * A model's answer, extended when its evidence reaches few songs ("instrumental jazz of the sixties" in a library whose playlists hold none) by other
 * songs that the query allows: those with content like the seeds, then the most popular. Answers in sections stay as they are.
 * @returns at most `k` songs; added ones score below the lowest of the answer
 */
export function withRest(
  dataset: Dataset,
  query: ModelQuery,
  answer: ScoredTracks,
  k: number,
  rest: Rest,
): ScoredTracks {
  const { tracks, scores } = answer;
  if (query.allowed === null || tracks.length >= k || answer.sections) return answer;
  const taken = new Set([...tracks, ...query.seeds, ...query.exclude]);
  const added: number[] = [];
  const add = (track: number): void => {
    if (taken.has(track) || tracks.length + added.length >= k) return;
    taken.add(track);
    added.push(track);
  };
  if (rest.content && query.weights.some((weight) => weight > 0))
    for (const track of rest.content.recommend(query, k).tracks) add(track);
  const known = rest.known();
  const { popularity } = dataset.tracks;
  const allowed = Array.from(query.allowed.keys()).filter((track) => query.allowed![track] === 1 && !taken.has(track));
  allowed.sort((a, b) => known[b]! - known[a]! || popularity[b]! - popularity[a]! || a - b);
  for (const track of allowed) add(track);
  const least = scores.at(-1) ?? 1;
  return {
    ...answer,
    tracks: Int32Array.from([...tracks, ...added]),
    scores: Float32Array.from([...scores, ...added.map((_, i) => least - (i + 1) * STEP)]),
  };
}

/**
 * Texts for the added songs: a sentence for the list, and a reason for each that no model explains. Matching words are a reason for the model's own
 * songs as well. @param by what the list matches; null = nothing was required of its songs
 */
export function saidOfRest(
  tracks: readonly RecommendedTrack[],
  list: readonly Candidate[],
  added: ReadonlySet<number>,
  by: 'words' | 'filters' | null,
): { tracks: RecommendedTrack[]; note: string | null } {
  if (by === null) return { tracks: [...tracks], note: null };
  const [count, they, them] =
    added.size === 1 ? ['1 song was', 'it matches', 'it'] : [`${added.size} songs were`, 'they match', 'them'];
  return {
    tracks: tracks.map((track, i) =>
      track.because.length === 0 && (by === 'words' || added.has(list[i]!.track))
        ? { ...track, because: [`Matches your ${by}`] }
        : track,
    ),
    note:
      added.size === 0
        ? null
        : `${count} added because ${they} your ${by}; the model knows nothing else about ${them}.`,
  };
}
