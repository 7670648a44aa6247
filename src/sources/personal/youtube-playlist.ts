import { inputName } from '../input.ts';
import { readRows } from '../table.ts';
import { checkLength, listName, listRows } from './collections.ts';
import type { PersonalFormat } from './format.ts';
import type { PlaylistItem } from './rows.ts';
import { place, songName, timeOf } from './values.ts';

const ID = /^[\w-]{11}$/;

/**
 * A playlist of Google Takeout: ids of videos and when they were added. Older files begin with a block about the list. A video is named
 * by the library or history of the same export; one that is not stays with its id.
 */
export const youtubePlaylist: PersonalFormat = {
  id: 'youtube-playlist',
  service: 'youtube',
  title: 'YouTube Music playlist (Takeout)',
  obtain: 'takeout.google.com, YouTube and YouTube Music: playlists/*.csv',
  last: true,
  recognises: ({ head }) =>
    /^"?(?:Video ID|Playlist ID|Video-ID)"?,/im.test(head) && /(?:^|\n)"?[\w-]{11}"?,/.test(head),
  async *read(input, file, { names, tally, longestList }) {
    const name = inputName(input);
    const items: PlaylistItem[] = [];
    const list = listName(file.name).replace(/[- ]videos$/i, '');
    for await (const { cells, line } of readRows(input, { separator: ',' })) {
      const id = (cells[0] ?? '').replace(/^\uFEFF/, '').trim();
      if (!ID.test(id)) {
        if (items.length > 0) tally.count('row without a song', place(name, line, 'line'));
        continue;
      }
      const known = names.get(`youtube:${id}`);
      const song = songName({ title: known?.title ?? '', artists: known?.artists ?? [], uri: `youtube:video:${id}` });
      if (song) checkLength(list, items.push({ song, addedAt: timeOf(cells[1] ?? '') }), longestList);
    }
    yield* listRows(list, items);
  },
};
