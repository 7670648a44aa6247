import type { Dataset } from '../dataset/dataset.ts';
import type { Fitted, ModelQuery, Reason } from '../models/model.ts';
import { briefTrack, trackDetails } from './describe.ts';
import type { RecommendedTrack } from './request.ts';
import type { Candidate } from './steps/candidate.ts';

/** Reasons that are said about one track. */
const MOST_REASONS = 3;
/** Songs, playlists and artists that are shown behind one reason. */
const MOST_EVIDENCE = 5;

/** A track of the list with the model's own reasons, the largest share first. @param details adds facts and evidence */
export function explainedTrack(
  dataset: Dataset,
  fitted: Fitted,
  query: ModelQuery,
  candidate: Candidate,
  details: boolean,
): RecommendedTrack {
  const reasons = [...(fitted.explain?.(query, candidate.track) ?? [])]
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_REASONS);
  return {
    ...(details ? trackDetails(dataset, candidate.track) : briefTrack(dataset, candidate.track)),
    score: candidate.score,
    because: reasons.map((r) => r.text),
    ...(candidate.section >= 0 && { section: candidate.section }),
    ...(details && { reasons: reasons.map((r) => withNames(dataset, r)) }),
  };
}

function withNames(dataset: Dataset, reason: Reason): NonNullable<RecommendedTrack['reasons']>[number] {
  const { tracks, owners, artists } = reason;
  return {
    kind: reason.kind,
    share: Math.max(0, Math.min(1, reason.share)),
    text: reason.text,
    ...(tracks && { tracks: tracks.slice(0, MOST_EVIDENCE).map((t) => briefTrack(dataset, t)) }),
    ...(owners && {
      owners: owners
        .slice(0, MOST_EVIDENCE)
        .map((o) => ({ id: dataset.owners.vocabulary.id(o), title: dataset.owners.titles.get(o) })),
    }),
    ...(artists && { artists: artists.slice(0, MOST_EVIDENCE).map((a) => dataset.artists.names.get(a)) }),
  };
}
