import { type Answer, numberOf, recordOf, recordsIn, textIn } from '../answers.ts';
import type { NamedSong, RemoteSong } from '../records.ts';

/** A track as a song; null for episodes, local files and entries that Spotify lost. No more of it is kept than matching needs. */
export function trackOf(track: Answer | null): RemoteSong | null {
  const id = textIn(track?.id);
  if (!track || id === '' || track.is_local === true || textIn(track.type || 'track') !== 'track') return null;
  const album = recordOf(track.album);
  const isrc = textIn(recordOf(track.external_ids)?.isrc);
  const year = numberOf(textIn(album?.release_date).slice(0, 4));
  const durationMs = numberOf(track.duration_ms);
  return {
    id,
    uri: `spotify:track:${id}`,
    title: textIn(track.name),
    artists: recordsIn(track.artists).flatMap((artist) => {
      const name = textIn(artist.name);
      return name === '' ? [] : [{ name, ...(textIn(artist.id) !== '' && { id: textIn(artist.id) }) }];
    }),
    ...(textIn(album?.name) !== '' && { album: textIn(album?.name) }),
    ...(isrc !== '' && { isrc: [isrc] }),
    ...(year !== undefined && { year }),
    ...(durationMs !== undefined && durationMs > 0 && { durationMs }),
    ...(typeof track.explicit === 'boolean' && { explicit: track.explicit }),
  };
}

/** The track of an entry of a list: `item` today, `track` in the older API. */
export const entryTrack = (entry: Answer): RemoteSong | null => trackOf(recordOf(entry.item) ?? recordOf(entry.track));

export const namedTrack = (song: RemoteSong): NamedSong => ({
  title: song.title,
  artist: song.artists.map(({ name }) => name).join(', '),
  uri: song.uri,
  ...(song.album !== undefined && { album: song.album }),
  ...(song.isrc?.[0] !== undefined && { isrc: song.isrc[0] }),
});
