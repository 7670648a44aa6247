import { inputName } from '../input.ts';
import { checkLength, isLikedList, listName, listRows } from './collections.ts';
import type { PersonalFormat } from './format.ts';
import type { PlaylistItem } from './rows.ts';
import { headerOf, readTable } from './table-columns.ts';
import { place, songName, timeOf } from './values.ts';

const TITLE = ['Track name', 'Track title', 'Title', 'Track', 'Song', 'Name', 'Song Title', 'Song name'];
const ARTIST = ['Artist name', 'Artist Name(s)', 'Artist', 'Artists', 'Artist Names', 'Artist Name 1'];
const ALBUM = ['Album', 'Album name', 'Album title'];
const LIST = ['Playlist name', 'Playlist', 'Playlist title'];
const ID = ['Spotify URI', 'Spotify - id', 'Spotify ID', 'Track URI', 'URI'];

/**
 * Lists of any service by the CSV of the transfer programs Soundiiz, TuneMyMusic and FreeYourMusic: Deezer, Tidal, Amazon and others.
 * One file is one playlist, or several told apart by a column; favourites become likes.
 */
export const transferTable: PersonalFormat = {
  id: 'transfer-table',
  service: 'transfer',
  title: 'Lists by Soundiiz, TuneMyMusic or FreeYourMusic',
  obtain:
    'the "export to CSV" of soundiiz.com, tunemymusic.com or FreeYourMusic, for Deezer, Tidal, Amazon Music and others',
  recognises: ({ head }) => {
    const header = headerOf(head);
    const any = (names: readonly string[]): boolean =>
      names.some((name) => header.has(name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')));
    return any(TITLE) && any(ARTIST);
  },
  async *read(input, file, { tally, longestList }) {
    const name = inputName(input);
    const lists = new Map<string, PlaylistItem[]>();
    for await (const { columns, rows } of readTable(input, [TITLE, ARTIST], 'columns with title and artist')) {
      for (const { cells, line } of rows) {
        const type = columns.cell(cells, 'Type').toLowerCase();
        const where = place(name, line, 'line');
        if (type === 'album' || type === 'artist') {
          tally.count(`saved ${type}s (songs are taken)`, where);
          continue;
        }
        const song = songName({
          title: columns.cell(cells, ...TITLE),
          artists: [columns.cell(cells, ...ARTIST)],
          album: columns.cell(cells, ...ALBUM),
          isrc: columns.cell(cells, 'ISRC'),
          uri: columns.cell(cells, ...ID) || undefined,
        });
        if (!song) {
          tally.count('row without a song', where);
          continue;
        }
        const list = type === 'favorite' ? 'Favorites' : columns.cell(cells, ...LIST) || listName(file.name);
        const items = lists.get(list) ?? [];
        items.push({ song, addedAt: timeOf(columns.cell(cells, 'Added at', 'Date added', 'Added date', 'addedDate')) });
        lists.set(list, items);
        checkLength(list, items.length, longestList);
      }
    }
    for (const [list, items] of lists) yield* listRows(isLikedList(list) ? 'Favorites' : list, items);
  },
};
