import type { ScoredTracks } from '../../models/model.ts';

/** A track that may enter the list. */
export interface Candidate {
  readonly track: number;
  /** The model's own score. */
  readonly score: number;
  /** The score on a common scale, 0–1 within this answer, after discounts; the steps use this. */
  readonly relevance: number;
  /** Section of the model's answer, −1 when it has none. */
  readonly section: number;
}

/** Relevance of the worst candidate; above 0, so that it still beats nothing. */
const FLOOR = 0.01;

/**
 * Converts the model's answer to candidates: min–max scaling turns scores of any range into relevance, so that dials mean the same for all models.
 */
export function toCandidates(answer: ScoredTracks): Candidate[] {
  const { tracks, scores, sectionOf } = answer;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const score of scores) {
    if (score < low) low = score;
    if (score > high) high = score;
  }
  const range = high - low;
  return Array.from(tracks, (track, i) => ({
    track,
    score: scores[i]!,
    relevance: range > 0 ? FLOOR + ((1 - FLOOR) * (scores[i]! - low)) / range : 1,
    section: sectionOf ? sectionOf[i]! : -1,
  }));
}

/** Merges two answers by relevance: a track in both keeps the larger; ties keep their order, the first answer before the second. */
export function joined(first: readonly Candidate[], second: readonly Candidate[]): Candidate[] {
  const best = new Map<number, Candidate>();
  for (const candidate of [...first, ...second]) {
    const before = best.get(candidate.track);
    if (!before || candidate.relevance > before.relevance) best.set(candidate.track, candidate);
  }
  return [...best.values()].sort((a, b) => b.relevance - a.relevance);
}
