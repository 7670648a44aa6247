import { inputName, unreadable } from '../input.ts';
import { checkLength, listName, listRows } from './collections.ts';
import type { PersonalFormat } from './format.ts';
import { personalLines } from './lines.ts';
import { fileSong, plainSong } from './plain-song.ts';
import type { PlaylistItem } from './rows.ts';
import { place } from './values.ts';

/** Playlists of players, M3U and M3U8. A song is identified by its #EXTINF line, otherwise by its file name. */
export const m3u: PersonalFormat = {
  id: 'm3u',
  service: 'file',
  title: 'M3U playlist',
  obtain: 'most players export .m3u or .m3u8',
  recognises: ({ name, head }) =>
    /^#EXTINF:/m.test(head) ||
    head.trimStart().startsWith('#EXTM3U') ||
    (/\.m3u8?(?:\.gz)?$/i.test(name) && !/^\s*[[{<]/.test(head)),
  async *read(input, file, { tally, signal, longestList }) {
    const name = inputName(input);
    const items: PlaylistItem[] = [];
    let title = '';
    let named = '';
    let seconds = 0;
    for await (const lines of personalLines(input, signal))
      for (const { text, line } of lines) {
        const written = text.trim();
        if (/^#EXT-X-/.test(written))
          throw unreadable(input, 'is a video or radio stream, not a playlist', 'a list of songs');
        if (written.startsWith('#PLAYLIST:')) title = written.slice(10).trim();
        else if (written.startsWith('#EXTINF:')) {
          seconds = Number.parseInt(written.slice(8), 10);
          named = written.slice(written.indexOf(',') + 1).trim();
        } else if (written !== '' && !written.startsWith('#')) {
          const durationMs = seconds > 0 ? seconds * 1000 : undefined;
          const song = (named === '' ? null : plainSong(named, durationMs)) ?? fileSong(written, durationMs);
          if (song) {
            items.push({ song, addedAt: Number.NaN });
            // A title that comes behind the songs may still make them likes.
            checkLength(title, items.length, longestList);
          } else tally.count('row without a song', place(name, line, 'line'));
          named = '';
          seconds = 0;
        }
      }
    if (items.length === 0) throw unreadable(input, 'names no song', 'a playlist');
    yield* listRows(title || listName(file.name), items);
  },
};
