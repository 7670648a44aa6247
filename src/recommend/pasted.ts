import { parse } from 'csv-parse/sync';
import { SegueError } from '../errors.ts';

/** One song as a list names it; empty where it says nothing. */
export interface PastedLine {
  /** 1 = the first line of the text */
  line: number;
  text: string;
  /** A URI, link or id. */
  id: string;
  artist: string;
  title: string;
}

export interface PastedList {
  format: 'lines' | 'csv' | 'm3u' | 'json';
  /** The name that the list gives itself. */
  title: string;
  lines: PastedLine[];
}

export const MOST_LINES = 10_000;
/** Characters of a line that count; more is no song, and no pattern is to meet it. */
const LONGEST = 1000;
/** A header is on the first line; a longer line is none. */
const LONGEST_HEADER = 100_000;
const cut = (text: string): string => text.slice(0, LONGEST).trim();

const HEADERS = {
  id: [
    'track uri',
    'spotify uri',
    'uri',
    'track_uri',
    'spotify - id',
    'spotify id',
    'track id',
    'spotify track id',
    'trackid',
    'id',
    'url',
    'link',
  ],
  title: [
    'track name',
    'track_name',
    'trackname',
    'title',
    'song',
    'name',
    'track',
    'song name',
    'master_metadata_track_name',
  ],
  artist: [
    'artist name(s)',
    'artist name',
    'artist_name',
    'artistname',
    'artists',
    'artist',
    'master_metadata_album_artist_name',
  ],
} as const;
const NUMBERING = /^\s*(?:\d{1,5}[.)]\s+|[-*•]\s+)/;

/**
 * A pasted text or the content of an exported file as a list of songs: CSV or TSV with a header, extended M3U, JSON (arrays of tracks,
 * Spotify's exports), else one song a line. Empty lines and comments are left out. @throws SegueError USAGE over 10,000 songs
 */
export function parsePasted(text: string): PastedList {
  const clean = text.replace(/^\uFEFF/, '');
  const list = parseJson(clean) ?? parseM3u(clean) ?? parseCsv(clean) ?? parseLines(clean);
  if (list.lines.length > MOST_LINES)
    throw new SegueError('USAGE', {
      got: `The list has ${list.lines.length} songs`,
      expected: `at most ${MOST_LINES}`,
      remedy: 'Split the list',
    });
  return list;
}

const line = (number: number, part: Partial<PastedLine>): PastedLine => ({
  line: number,
  text: cut(part.text ?? [part.artist, part.title].filter(Boolean).join(' - ')),
  id: cut(part.id ?? ''),
  artist: cut(part.artist ?? ''),
  title: cut(part.title ?? ''),
});

function parseLines(text: string): PastedList {
  const lines: PastedLine[] = [];
  text.split(/\r\n|\r|\n/).forEach((raw, i) => {
    const written = cut(raw.trimStart());
    // "# " begins a comment; "#SELFIE" is a song.
    if (written === '' || /^#(\s|$)/.test(written)) return;
    const song = written.replace(NUMBERING, '');
    lines.push(line(i + 1, { text: song === '' ? written : song }));
  });
  return { format: 'lines', title: '', lines };
}

function parseM3u(text: string): PastedList | null {
  if (!/^#EXT(M3U|INF)/.test(text.trimStart())) return null;
  const lines: PastedLine[] = [];
  let title = '';
  let named: { line: number; text: string } | null = null;
  text.split(/\r\n|\r|\n/).forEach((raw, i) => {
    const written = cut(raw.trimStart());
    if (written.startsWith('#PLAYLIST:')) title = written.slice(10).trim();
    else if (written.startsWith('#EXTINF:'))
      named = { line: i + 1, text: written.slice(written.indexOf(',') + 1).trim() };
    else if (written !== '' && !written.startsWith('#')) {
      const isId = /^spotify:|^https?:\/\//.test(written);
      const file = written
        .split(/[/\\]/)
        .at(-1)!
        .replace(/\.\w{2,4}$/, '')
        .replace(/^\d{1,3}[ ._-]+/, '');
      lines.push(line(named?.line ?? i + 1, { text: named?.text ?? (isId ? written : file), id: isId ? written : '' }));
      named = null;
    }
  });
  return { format: 'm3u', title, lines };
}

function parseCsv(text: string): PastedList | null {
  const first = text.slice(0, LONGEST_HEADER).split(/\r\n|\r|\n/, 1)[0]!;
  const delimiter = [',', '\t', ';'].find((d) => first.includes(d));
  const bare = (name: string): string => name.trim().replace(/^"|"$/g, '').trim().toLowerCase();
  const names = delimiter === undefined ? [bare(first)] : first.split(delimiter).map(bare);
  const at = (known: readonly string[]): number => {
    for (const name of known) if (names.includes(name)) return names.indexOf(name);
    return -1;
  };
  const [id, title, artist] = [at(HEADERS.id), at(HEADERS.title), at(HEADERS.artist)];
  // A header needs an id or a title column; a lone word such as "name" on a first line is a song unless ids follow.
  if (id < 0 && (title < 0 || artist < 0)) return null;
  const rows = readTable(text, delimiter ?? ',');
  return {
    format: 'csv',
    title: '',
    lines: rows.slice(1).map((row, i) =>
      line(i + 2, {
        id: row[id]?.trim(),
        title: row[title]?.trim(),
        // Exports separate several artists by commas or semicolons; the first is the main one.
        artist: row[artist]?.trim(),
        text: title < 0 ? row[id]?.trim() : undefined,
      }),
    ),
  };
}

function readTable(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: true });
  } catch (error) {
    throw new SegueError('FILE_UNREADABLE', {
      got: `The table cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      expected: 'CSV with a header',
      remedy: 'Export it again, or paste one song per line',
      cause: error,
    });
  }
}

function parseJson(text: string): PastedList | null {
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const list = findTracks(value);
  if (!list) return null;
  const lines: PastedLine[] = [];
  list.forEach((entry, i) => {
    const song = songOf(entry);
    if (song) lines.push(line(i + 1, song));
  });
  const name = isRecord(value) ? value.name : undefined;
  return { format: 'json', title: typeof name === 'string' ? name : '', lines };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The array of songs in an export: the value itself, or under tracks, items or playlists[0]. */
function findTracks(value: unknown, depth = 0): unknown[] | null {
  if (Array.isArray(value)) return value;
  if (!isRecord(value) || depth > 3) return null;
  for (const key of ['tracks', 'items', 'playlists', 'songs']) {
    const inner = value[key];
    if (key === 'playlists' && Array.isArray(inner)) {
      const all = inner.map((p) => findTracks(p, depth + 1)).filter((l) => l !== null);
      if (all.length > 0) return all.flat();
    }
    const found = findTracks(inner, depth + 1);
    if (found) return found;
  }
  return null;
}

function songOf(entry: unknown): Partial<PastedLine> | null {
  if (typeof entry === 'string') return { text: entry.trim() };
  if (!isRecord(entry)) return null;
  if (isRecord(entry.track)) return songOf(entry.track);
  const text = (...keys: string[]): string => {
    for (const key of keys) if (typeof entry[key] === 'string') return entry[key].trim();
    return '';
  };
  const artists = Array.isArray(entry.artists)
    ? entry.artists.map((a) => (isRecord(a) && typeof a.name === 'string' ? a.name : typeof a === 'string' ? a : ''))
    : [];
  const song = {
    id: text('trackUri', 'track_uri', 'uri', 'spotify_track_uri', 'url', 'id'),
    title: text('trackName', 'track_name', 'name', 'title', 'master_metadata_track_name'),
    artist: artists.join(', ') || text('artistName', 'artist_name', 'artist', 'master_metadata_album_artist_name'),
  };
  return song.id === '' && song.title === '' ? null : song;
}
