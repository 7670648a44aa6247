import { numberOf, recordsIn, textIn } from '../answers.ts';
import type { NamedSong, RemoteSong } from '../records.ts';
import { sameSong } from '../same-song.ts';
import { type ListenBrainzClient, mbidIn } from './client.ts';

/** What the service takes: songs of a request, and characters of a song's names together. */
const MOST_SONGS = 50;
const MOST_CHARACTERS = 250;

/**
 * The recordings of songs, by their places: each song's own id, else the recording that the service maps its names to. What it maps to another
 * song, and what has no names or longer ones than it takes, is none.
 * @throws SegueError SIGN_IN_REFUSED, SERVICE_AWAY, SERVICE_ANSWER
 */
export async function lookUp(
  client: ListenBrainzClient,
  songs: readonly NamedSong[],
  signal?: AbortSignal,
): Promise<(RemoteSong | null)[]> {
  const found = songs.map(({ title, artist, mbid }): RemoteSong | null =>
    mbid !== undefined && mbid !== '' ? { id: mbid, title, artists: [{ name: artist }], mbid } : null,
  );
  const open = songs.flatMap(({ title, artist }, place) => {
    const named = title.trim() !== '' && artist.trim() !== '';
    // Counted in characters, not in UTF-16 units.
    return !found[place] && named && [...title, ...artist].length <= MOST_CHARACTERS ? [place] : [];
  });
  for (let from = 0; from < open.length; from += MOST_SONGS) {
    const places = open.slice(from, from + MOST_SONGS);
    const recordings = places.map((place) => ({
      artist_name: songs[place]!.artist,
      recording_name: songs[place]!.title,
    }));
    for (const answer of recordsIn(await client.ask('/1/metadata/lookup/', { recordings }, signal))) {
      const place = places[numberOf(answer.index) ?? -1];
      const id = mbidIn(answer.recording_mbid);
      if (place === undefined || id === '') continue;
      const artists = [{ name: textIn(answer.artist_credit_name) }];
      const song = { id, title: textIn(answer.recording_name), artists, mbid: id };
      if (sameSong(songs[place]!, song)) found[place] = song;
    }
  }
  return found;
}
