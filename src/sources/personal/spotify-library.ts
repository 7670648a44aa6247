import { inputName } from '../input.ts';
import type { PersonalFormat } from './format.ts';
import { jsonDocument } from './json-document.ts';
import { isRecord, listOf, place, songName, textOf } from './values.ts';

/** Spotify's account data: liked songs and bans. */
export const spotifyLibrary: PersonalFormat = {
  id: 'spotify-library',
  service: 'spotify',
  title: 'Spotify account data, library',
  obtain: 'spotify.com/account/privacy, "Account data": YourLibrary.json',
  recognises: ({ name, head }) =>
    /^\s*\{\s*"(?:tracks|albums|shows|episodes|bannedTracks|artists|bannedArtists|other)"\s*:/.test(head) &&
    (/YourLibrary\d*\.json(?:\.gz)?$/i.test(name) || head.includes('"uri"')),
  async *read(input, _file, { tally }) {
    const name = inputName(input);
    const library = await jsonDocument(input);
    for (const [i, entry] of listOf(library.tracks).entries()) {
      const song = savedSong(entry);
      if (song) yield { kind: 'like', song, how: 'loved', at: Number.NaN };
      else tally.count('entry without a song', place(name, i + 1));
    }
    for (const [i, entry] of listOf(library.bannedTracks).entries()) {
      const song = savedSong(entry);
      if (song) yield { kind: 'ban', what: { song } };
      else tally.count('entry without a song', place(name, i + 1, 'banned track'));
    }
    for (const [i, entry] of listOf(library.bannedArtists).entries()) {
      const artist = isRecord(entry) ? textOf(entry.name) || textOf(entry.artist) : '';
      const uri = isRecord(entry) ? textOf(entry.uri) : '';
      if (artist !== '' || uri !== '') yield { kind: 'ban', what: { artist, ...(uri !== '' && { uri }) } };
      else tally.count('ban without an artist', place(name, i + 1, 'banned artist'));
    }
    for (const kind of ['albums', 'artists', 'shows', 'episodes'] as const) {
      const count = listOf(library[kind]).length;
      if (count > 0) tally.count(`saved ${kind} (songs are taken)`, name, count);
    }
  },
};

function savedSong(entry: unknown) {
  if (!isRecord(entry)) return null;
  return songName({
    title: textOf(entry.track),
    artists: [textOf(entry.artist)],
    album: textOf(entry.album),
    uri: textOf(entry.uri),
  });
}
