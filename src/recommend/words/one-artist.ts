import type { Dataset } from '../../dataset/dataset.ts';
import { artistsNamed } from '../artists-named.ts';
import { FILLERS } from './lexicon.ts';
import { tokensOf } from './tokens.ts';

/** Least number of entries of an artist's songs, in total, for a text of just that name to mean the artist. */
const KNOWN = 20;

/** Longer titles are about more than an artist. */
const MOST_WORDS = 12;

/** Words around an artist's name that ask for that artist: "This Is Drake", "best of Drake". */
const AROUND: ReadonlySet<string> = new Set([
  ...FILLERS,
  ...'all by complete discography essential essentials everything favorites favourites favs greatest hits just only radio this top'.split(
    ' ',
  ),
]);

/** Whether a text is the name of an artist that people listen to, as "The 1975" and "Heavy Metal Kids" are. */
export function namesArtist(dataset: Dataset, text: string): boolean {
  const artists = new Set(artistsNamed(dataset, text));
  if (artists.size === 0) return false;
  const { ptr, idx } = dataset.tracks.artists;
  let owners = 0;
  for (let t = 0; t < dataset.tracks.count && owners < KNOWN; t++)
    for (let e = ptr[t]!; e < ptr[t + 1]!; e++) if (artists.has(idx[e]!)) owners += dataset.ownersOf(t);
  return owners >= KNOWN;
}

/** Whether a title asks for one artist: it names one, and the words around the name add nothing. */
export function asksForArtist(dataset: Dataset, title: string): boolean {
  const tokens = tokensOf(title);
  if (tokens.length > MOST_WORDS) return false;
  const isAround = (i: number): boolean => AROUND.has(tokens[i]!.word);
  // "The" may belong to the name, so every way of dropping words at both ends is tried.
  for (let from = 0; from < tokens.length && (from === 0 || isAround(from - 1)); from++)
    for (let to = tokens.length; to > from && (to === tokens.length || isAround(to)); to--)
      if (namesArtist(dataset, title.slice(tokens[from]!.from, tokens[to - 1]!.to))) return true;
  return false;
}
