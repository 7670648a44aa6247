import { normaliseName } from '../dataset/normalise.ts';
import type { NamedSong, RemoteSong } from './records.ts';

/** Whether a service found the right song: the same title, and an artist of one credit that occurs in the other. Empty artist names do not count. */
export function sameSong(wanted: NamedSong, found: Pick<RemoteSong, 'title' | 'artists'>): boolean {
  const [title, credit] = [normaliseName(wanted.title), normaliseName(wanted.artist)];
  if (title === '' || credit === '' || normaliseName(found.title) !== title) return false;
  return found.artists.some(({ name }) => {
    const artist = normaliseName(name);
    return stands(artist, credit) || stands(credit, artist);
  });
}

const IN_WORD = /[\p{L}\p{N}]/u;

/** Whether a name occurs in a credit as whole words: `Air` does in `Air & Beck`, not in `Fairport Convention`. */
function stands(name: string, credit: string): boolean {
  if (name === '') return false;
  for (let at = credit.indexOf(name); at >= 0; at = credit.indexOf(name, at + 1)) {
    const [before, after] = [credit[at - 1] ?? ' ', credit[at + name.length] ?? ' '];
    if (!IN_WORD.test(before) && !IN_WORD.test(after)) return true;
  }
  return false;
}
