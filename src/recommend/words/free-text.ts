import type { State } from '../state.ts';
import { seedsLike, tracksMeeting } from './demands.ts';
import { type Part, understand } from './understand.ts';

/** Owners that an artist's songs need, all together, for a text of just that name to mean the artist. */
const KNOWN = 20;

/** A text as a query: what was understood of it, and the rest as a title. */
export interface FreeText {
  /** Each demand once, without those that were taken back. */
  readonly parts: readonly Part[];
  readonly title: string;
  /** Best known songs of the artists that the list is to be like. */
  readonly seeds: readonly number[];
  /** One byte per track, 1 = meets what the text demands; null = all do. */
  readonly allowed: Uint8Array | null;
}

/**
 * Reads a text in words. Years, genres and moods stay in the title, where they are evidence too; numbers of beats, negations and compared artists
 * do not. @param without ids of demands that are not to hold; their words say nothing then
 */
export function readFreeText(state: State, text: string, without: readonly string[]): FreeText {
  const taken = new Set(without);
  const found = isArtist(state, text)
    ? []
    : understand(text, { genres: state.indexes.genrePhrases, artistsNamed: (name) => state.artistsNamed(name) });
  const parts = new Map<string, Part>();
  let title = '';
  let at = 0;
  for (const part of found) {
    const kept = !taken.has(part.id);
    if (kept && !parts.has(part.id)) parts.set(part.id, part);
    title += text.slice(at, kept && part.evidence ? part.to : part.from);
    at = part.to;
  }
  title += text.slice(at);
  const demands = [...parts.values()].map(({ demand }) => demand);
  return {
    parts: [...parts.values()],
    title: title.replace(/\s+/g, ' ').trim(),
    seeds: seedsLike(state.dataset, demands),
    allowed: demands.length === 0 ? null : tracksMeeting(state.dataset, demands),
  };
}

/** "The 1975" and "Heavy Metal Kids" are names when somebody listens to them. */
function isArtist(state: State, text: string): boolean {
  const artists = new Set(state.artistsNamed(text));
  if (artists.size === 0) return false;
  const { ptr, idx } = state.dataset.tracks.artists;
  let owners = 0;
  for (let t = 0; t < state.dataset.tracks.count && owners < KNOWN; t++)
    for (let e = ptr[t]!; e < ptr[t + 1]!; e++) if (artists.has(idx[e]!)) owners += state.dataset.ownersOf(t);
  return owners >= KNOWN;
}
