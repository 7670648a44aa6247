import { artistsNamed } from '../artists-named.ts';
import type { State } from '../state.ts';
import { canJudge, seedsLike, tracksMeeting } from './demands.ts';
import { FILLERS } from './lexicon.ts';
import { namesArtist } from './one-artist.ts';
import { withEnglish } from './other-languages.ts';
import { withoutWords } from './tokens.ts';
import { type Part, understand } from './understand.ts';
import { withoutYearOfName } from './year-names.ts';

/** A text as a query: the parts that were understood, with the rest as a title. */
export interface FreeText {
  /** Each demand once, except those that were removed. */
  readonly parts: readonly Part[];
  readonly title: string;
  /** Most popular songs of the artists that the list should resemble. */
  readonly seeds: readonly number[];
  /** One byte per track, 1 = meets what the text demands; null = all do. */
  readonly allowed: Uint8Array | null;
}

/**
 * Parses a text in words. Years, genres and moods stay in the title, where they serve as evidence, too; tempo, negations and compared artists do not,
 * nor do filler words between them. A year that is part of a name is not a demand, nor is anything that is unknown for all songs of the library.
 * Moods and occasions in German, Spanish or pictographs are also added in English. @param without ids of demands to ignore; their words are then
 * dropped
 */
export function readFreeText(state: State, text: string, without: readonly string[]): FreeText {
  const taken = new Set(without);
  const isArtist = namesArtist(state.dataset, text);
  const found = isArtist
    ? []
    : withoutYearOfName(
        state,
        text,
        understand(text, {
          genres: state.indexes.genrePhrases,
          artistsNamed: (name) => artistsNamed(state.dataset, name),
        }).filter(({ demand }) => canJudge(state.dataset, demand)),
      );
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
  const written = isArtist ? title : withEnglish(title, state.dataset.owners.titles);
  if (found.length > 0 || written !== title) title = withoutWords(written, FILLERS);
  const demands = [...parts.values()].map(({ demand }) => demand);
  return {
    parts: [...parts.values()],
    title: title.replace(/\s+/g, ' ').trim(),
    seeds: seedsLike(state.dataset, demands),
    allowed: demands.length === 0 ? null : tracksMeeting(state.dataset, demands),
  };
}
