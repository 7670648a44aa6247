import { linksIn } from './classify.ts';

/** One song named in a file or a list: what is known of it, to be matched with the catalogue. */
export interface NamedSong {
  uri?: string;
  artist?: string;
  title?: string;
}

/** Column names that exporters use, lower case without spaces and punctuation. */
const URI_COLUMNS = [
  'trackuri',
  'spotifytrackuri',
  'uri',
  'spotifyuri',
  'spotifyid',
  'trackid',
  'id',
  'songid',
  'url',
  'spotifyurl',
  'link',
];
const TITLE_COLUMNS = [
  'trackname',
  'mastermetadatatrackname',
  'title',
  'track',
  'name',
  'song',
  'songname',
  'songtitle',
];
const ARTIST_COLUMNS = [
  'artistnames',
  'artistname',
  'mastermetadataalbumartistname',
  'artists',
  'artist',
  'albumartistnames',
  'performer',
];

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');
const BARE_ID = /^[A-Za-z0-9]{22}$/;

function uriOf(value: string): string | undefined {
  const link = linksIn(value)[0];
  if (link) return link.type === 'track' ? link.uri : undefined;
  const text = value.trim();
  if (BARE_ID.test(text)) return `spotify:track:${text}`;
  return /^[a-z][\w-]*:[\w:-]+$/i.test(text) ? text : undefined;
}

/** The first of several artists: what a search finds best. */
const firstArtist = (value: string): string =>
  value
    .replace(/^\[?['"]?|['"]?\]?$/g, '')
    .split(/['"]?\s*[;,]\s*['"]?|\\,/)[0]!
    .trim();

/** Where the columns stand that matter; null when the row is not a heading. */
export interface Columns {
  uri: number;
  title: number;
  artist: number;
}

export function columnsOf(heading: readonly string[]): Columns | null {
  const names = heading.map(plain);
  const find = (candidates: string[]): number => {
    for (const candidate of candidates) {
      const at = names.indexOf(candidate);
      if (at >= 0) return at;
    }
    return -1;
  };
  const columns = { uri: find(URI_COLUMNS), title: find(TITLE_COLUMNS), artist: find(ARTIST_COLUMNS) };
  return columns.uri < 0 && columns.title < 0 ? null : columns;
}

export function songOfRow(row: readonly string[], columns: Columns): NamedSong | null {
  const song: NamedSong = {};
  const uri = columns.uri < 0 ? undefined : uriOf(row[columns.uri] ?? '');
  if (uri) song.uri = uri;
  const title = columns.title < 0 ? '' : (row[columns.title] ?? '').trim();
  if (title && title !== 'undefined') song.title = title.slice(0, 300);
  const artist = columns.artist < 0 ? '' : firstArtist(row[columns.artist] ?? '');
  if (artist && artist !== 'undefined') song.artist = artist.slice(0, 300);
  return song.uri || song.title ? song : null;
}

/** The line that is asked of the server: a URI when there is one, else "Artist - Title". */
export function lineOf(song: NamedSong): string {
  if (song.uri) return song.uri;
  return song.artist ? `${song.artist} - ${song.title}` : (song.title ?? '');
}

/** Lines of M3U: "#EXTINF:123,Artist - Title" names the song that the next line is the place of. */
export function linesOfM3u(text: string): string[] {
  const lines: string[] = [];
  let named = '';
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = raw.trim();
    const info = /^#EXTINF:[^,]*,(.*)$/.exec(line);
    if (info) named = info[1]!.trim();
    else if (line !== '' && !line.startsWith('#')) {
      const link = linksIn(line)[0];
      const file = line
        .split(/[\\/]/)
        .at(-1)!
        .replace(/\.\w{2,4}$/, '');
      lines.push(link?.uri ?? (named || file));
      named = '';
    }
  }
  return lines;
}

/**
 * The songs of any of the usual JSON exports (Spotify's library, playlists and both histories, playlists of the MPD, our own): every object that
 * names a song counts. Songs played for less than 30 s do not. Ordered by how often they occur, most first, then by first place.
 */
export function songsOfJson(value: unknown, limit: number): NamedSong[] {
  const found = new Map<string, { song: NamedSong; count: number }>();
  const visit = (node: unknown, depth: number): void => {
    if (depth > 12 || typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const entry of node) visit(entry, depth + 1);
      return;
    }
    const fields = node as Record<string, unknown>;
    const song = songOfObject(fields);
    if (song) {
      const played = fields.ms_played ?? fields.msPlayed;
      if (typeof played === 'number' && played < 30_000) return;
      const key = lineOf(song);
      const known = found.get(key);
      if (known) known.count++;
      else found.set(key, { song, count: 1 });
      return;
    }
    for (const [name, child] of Object.entries(fields)) if (!/^banned/i.test(name)) visit(child, depth + 1);
  };
  visit(value, 0);
  return [...found.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, limit)
    .map((entry) => entry.song);
}

function songOfObject(fields: Record<string, unknown>): NamedSong | null {
  const names = Object.keys(fields);
  const columns = columnsOf(names);
  if (!columns) return null;
  const hasArtist = columns.artist >= 0;
  const row = names.map((name) => {
    const value = fields[name];
    if (Array.isArray(value)) return String(typeof value[0] === 'object' ? (value[0]?.name ?? '') : (value[0] ?? ''));
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
  const song = songOfRow(row, columns);
  // A playlist has a name too; a song has an artist or the URI of a track.
  if (!song || (!hasArtist && !song.uri?.includes(':track:'))) return null;
  return song;
}
