import { inputName } from '../input.ts';
import { readRows } from '../table.ts';
import { checkLength, listName, listRows } from './collections.ts';
import type { PersonalFormat } from './format.ts';
import type { PlaylistItem } from './rows.ts';
import { Columns } from './table-columns.ts';
import { place, songName, timeOf } from './values.ts';

const TRACK = /^(?:spotify:(?:track|local):\S+|https?:\/\/open\.spotify\.com\/\S+|[0-9A-Za-z]{22})$/;
const ARTIST_URIS = /^spotify:artist:/;

/** Positions of the columns, for headers in an unknown language. */
interface Layout {
  uri: number;
  title: number;
  artists: number;
  album: number;
  duration: number;
  isrc: number;
  addedAt: number;
}

/** exportify.app writes its header in the page's language: the columns are known by their places. */
const BY_PLACE: Layout = { uri: 0, title: 1, artists: 3, album: 5, duration: 12, isrc: 16, addedAt: 18 };

/**
 * Playlists of Spotify as both Exportify programs write them, one file a playlist, named after it. Artists are joined by `;`, by `,` in
 * older files, and by `, ` with `\,` inside names.
 */
export const exportify: PersonalFormat = {
  id: 'exportify',
  service: 'spotify',
  title: 'Exportify',
  obtain: 'exportify.net or exportify.app: one CSV per playlist, or a zip of them',
  recognises: ({ head }) => {
    const [header = '', first = ''] = head.split(/\r\n|\r|\n/, 2);
    const columns = new Columns(header.split(',').map((name) => name.replaceAll('"', '')));
    if (columns.has('Track URI', 'Spotify ID', 'Track ID') && columns.has('Artist Name(s)')) return true;
    // Another language: the places of URI, title, artists' URIs, artists.
    return header.split(',').length >= 19 && /^"?spotify:(?:track|local):[^,]*,.*?,"?(?:spotify:artist:)/.test(first);
  },
  async *read(input, file, { tally, longestList }) {
    const name = inputName(input);
    const items: PlaylistItem[] = [];
    const list = listName(file.name);
    let layout: Layout | null = null;
    for await (const { cells, line } of readRows(input, { separator: ',' })) {
      if (!layout) {
        layout = layoutOf(cells);
        continue;
      }
      const uri = cells[layout.uri]?.trim() ?? '';
      const title = known(cells[layout.title]);
      const song =
        title !== '' || TRACK.test(uri)
          ? songName({
              title,
              artists: splitArtists(known(cells[layout.artists])),
              album: known(cells[layout.album]),
              uri: TRACK.test(uri) && !uri.startsWith('spotify:local') ? uri : undefined,
              isrc: known(cells[layout.isrc]),
              durationMs: Number(known(cells[layout.duration])) || undefined,
            })
          : null;
      if (song) {
        items.push({ song, addedAt: timeOf(known(cells[layout.addedAt])) });
        checkLength(list, items.length, longestList);
      } else tally.count('row without a song', place(name, line, 'line'));
    }
    yield* listRows(list, items);
  },
};

const known = (cell: string | undefined): string => {
  const text = cell?.trim() ?? '';
  return text === 'undefined' || text === 'null' ? '' : text;
};

function layoutOf(header: readonly string[]): Layout {
  const keys = header.map((name) =>
    name
      .replace(/^\uFEFF/, '')
      .trim()
      .toLowerCase(),
  );
  const at = (...names: string[]): number => keys.findIndex((key) => names.includes(key));
  const artists = at('artist name(s)');
  if (artists < 0) return BY_PLACE;
  return {
    uri: at('track uri', 'spotify id', 'track id'),
    title: at('track name'),
    artists,
    album: at('album name'),
    duration: at('duration (ms)', 'track duration (ms)'),
    isrc: at('isrc'),
    addedAt: at('added at'),
  };
}

/** Artists separated by `;`, otherwise by unescaped commas. */
function splitArtists(text: string): string[] {
  if (ARTIST_URIS.test(text)) return [];
  if (text.includes(';')) return text.split(';');
  return text.split(/(?<!\\),\s*/).map((name) => name.replaceAll('\\,', ','));
}
