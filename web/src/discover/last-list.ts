import type { RecommendResponse } from '../api/types.ts';

/** The latest list, kept in this browser so that it can be read while the server is unreachable. */
const KEY = 'segue:last-list';
/** Most songs kept. */
const MOST = 200;

interface Kept {
  question: string;
  list: RecommendResponse;
}

export function keepList(question: object, list: RecommendResponse): void {
  try {
    const kept: Kept = { question: JSON.stringify(question), list: { ...list, tracks: list.tracks.slice(0, MOST) } };
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Without space there is simply no list offline.
  }
}

/** The kept list, if it answers this query; otherwise null. */
export function keptList(question: object): RecommendResponse | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Kept> | null;
    return kept?.question === JSON.stringify(question) && Array.isArray(kept.list?.tracks) ? kept.list : null;
  } catch {
    return null;
  }
}
