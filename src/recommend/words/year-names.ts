import { titleWords } from '../search/moods.ts';
import { titleKey } from '../search/song-text.ts';
import { namesLike } from '../search/title-scan.ts';
import type { State } from '../state.ts';
import type { Part } from './understand.ts';

/** Number of playlists with one title, or owners of a song, that make it a name. */
const PLAYLISTS = 3;
const OWNERS = 20;

/**
 * Removes a year that is part of a name. "Summer 2017" and "December 1963" are names where playlists or a known song are called so, and songs of that
 * summer may be older. A year on its own always limits.
 */
export function withoutYearOfName(state: State, text: string, parts: readonly Part[]): readonly Part[] {
  const years = parts.filter(
    ({ demand, from, to }) =>
      demand.kind === 'years' &&
      demand.range.from === demand.range.to &&
      /[\p{L}\p{N}]/u.test(text.slice(0, from) + text.slice(to)),
  );
  const isName = years.length > 0 && (isTitle(state, text) || isSong(state, text));
  return isName ? parts.filter((part) => !years.includes(part)) : parts;
}

/** Whether several playlists have exactly these words as their title. */
function isTitle({ dataset }: State, text: string): boolean {
  const key = titleWords(text).join(' ');
  if (key === '') return false;
  const { titles } = dataset.owners;
  let playlists = 0;
  for (const owner of namesLike(titles, key))
    if (titleWords(titles.get(owner)).join(' ') === key && ++playlists >= PLAYLISTS) return true;
  return false;
}

/** Whether a song that people listen to has exactly this title. */
function isSong({ dataset }: State, text: string): boolean {
  const key = titleKey(text);
  if (key === '') return false;
  const { names } = dataset.tracks;
  let owners = 0;
  for (const track of namesLike(names, key)) if (titleKey(names.get(track)) === key) owners += dataset.ownersOf(track);
  return owners >= OWNERS;
}
