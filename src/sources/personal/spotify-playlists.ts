import { decodeHTML } from 'entities';
import { inputName } from '../input.ts';
import type { PersonalFormat } from './format.ts';
import { jsonDocument } from './json-document.ts';
import type { PlaylistItem } from './rows.ts';
import { isRecord, listOf, place, songName, textOf, timeOf } from './values.ts';

/** Spotify's account data: playlists. Old exports have no URIs; descriptions are escaped for HTML. */
export const spotifyPlaylists: PersonalFormat = {
  id: 'spotify-playlists',
  service: 'spotify',
  title: 'Spotify account data, playlists',
  obtain: 'spotify.com/account/privacy, "Account data": Playlist1.json and so on',
  recognises: ({ head }) => /^\s*\{\s*"playlists"\s*:/.test(head) && /"(?:items|lastModifiedDate|tracks)"/.test(head),
  async *read(input, _file, { tally }) {
    const name = inputName(input);
    const document = await jsonDocument(input);
    for (const [p, playlist] of listOf(document.playlists).entries()) {
      if (!isRecord(playlist)) {
        tally.count('entry of another shape', place(name, p + 1, 'playlist'));
        continue;
      }
      const items: PlaylistItem[] = [];
      for (const [i, item] of listOf(playlist.items ?? playlist.tracks).entries()) {
        const track = isRecord(item) ? (item.track ?? item.localTrack ?? (item.trackName ? item : null)) : null;
        const song = isRecord(track)
          ? songName({
              title: textOf(track.trackName),
              artists: [textOf(track.artistName)],
              album: textOf(track.albumName),
              uri: textOf(track.trackUri) || textOf(track.uri),
            })
          : null;
        if (song) items.push({ song, addedAt: timeOf(isRecord(item) ? textOf(item.addedDate) : '') });
        else {
          const episode = isRecord(item) && item.episode;
          tally.count(
            episode ? 'podcast or audiobook' : 'entry without a song',
            place(name, i + 1, `playlist ${p + 1} entry`),
          );
        }
      }
      yield {
        kind: 'playlist',
        name: textOf(playlist.name),
        description: decodeHTML(textOf(playlist.description)),
        modifiedAt: timeOf(textOf(playlist.lastModifiedDate)),
        items,
      };
    }
  },
};
