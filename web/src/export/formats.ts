/** Formats a list of songs as text that other programs can read. */

export interface ExportTrack {
  uri: string;
  name: string;
  artists: readonly string[];
  album?: string | null;
  year?: number | null;
  durationMs?: number | null;
  genres?: readonly string[];
  score: number;
  because: readonly string[];
}

const SPOTIFY_TRACK = /^spotify:track:([A-Za-z0-9]{22})$/;

/** The page of a Spotify track; null for songs from elsewhere (the demo world, private libraries). */
export function spotifyPage(uri: string): string | null {
  const match = SPOTIFY_TRACK.exec(uri);
  return match ? `https://open.spotify.com/track/${match[1]}` : null;
}

/** A song's text on one line: line breaks and control characters would split a row. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** Spreadsheets run a cell that starts like this as a formula, so an apostrophe is put before it. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = oneLine(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One URI per line, which Spotify's desktop app accepts when pasted. */
export function toUris(tracks: readonly ExportTrack[]): string {
  return tracks.map((t) => t.uri).join('\n');
}

/** RFC 4180 with column names that importers know, including our own. Starts with a byte order mark so that spreadsheets read UTF-8. */
export function toCsv(tracks: readonly ExportTrack[]): string {
  const heading = 'Track URI,Track Name,Artist Name(s),Album Name,Year,Duration (ms),Genres,Score,Because';
  const rows = tracks.map((t) =>
    [
      t.uri,
      t.name,
      t.artists.join('; '),
      t.album,
      t.year,
      t.durationMs,
      (t.genres ?? []).join('; '),
      Number(t.score.toPrecision(6)),
      t.because.join('; '),
    ]
      .map(cell)
      .join(','),
  );
  return `\uFEFF${[heading, ...rows].join('\r\n')}\r\n`;
}

/** Schemes that make a player or browser open or run something on this machine. */
const LOCAL = /^\s*(?:file|javascript|data|vbscript|blob|smb|ftp|\/|\\|[a-z]:[\\/])/i;

/** The location of a song for a player. URIs come from files that somebody imported, so only those that open nothing on this machine are used. */
const place = (uri: string): string =>
  LOCAL.test(uri) || !uri.includes(':') ? `segue:${encodeURIComponent(uri)}` : uri;

/** Whether a path given by a server is safe in a playlist; one that could lead elsewhere, or be read as an address or a comment, is rejected. */
export function isFilePath(path: string): boolean {
  return (
    path.length <= 4_000 &&
    !/[\p{Cc}\u2028\u2029]/u.test(path) &&
    !/^(?:#|\s|\\\\|\/\/|[a-z][a-z\d+.-]+:)/i.test(path) &&
    !path.split(/[\\/]/).includes('..')
  );
}

/**
 * Extended M3U. The location of a song is its file if known, otherwise its Spotify page, otherwise its URI.
 * @param files paths by URI; unsafe ones are skipped
 */
export function toM3u(tracks: readonly ExportTrack[], title: string, files?: ReadonlyMap<string, string>): string {
  const lines = ['#EXTM3U', `#PLAYLIST:${oneLine(title)}`];
  for (const t of tracks) {
    const seconds = t.durationMs ? Math.round(t.durationMs / 1_000) : -1;
    const file = files?.get(t.uri);
    lines.push(
      `#EXTINF:${seconds},${oneLine(`${t.artists.join(', ')} - ${t.name}`)}`,
      file !== undefined && isFilePath(file) ? file : (spotifyPage(t.uri) ?? place(oneLine(t.uri))),
    );
  }
  return `${lines.join('\n')}\n`;
}

export function toJson(tracks: readonly ExportTrack[], title: string, link: string): string {
  const songs = tracks.map(({ uri, name, artists, album, year, durationMs, genres, score, because }) => ({
    uri,
    name,
    artists,
    album: album ?? null,
    year: year ?? null,
    durationMs: durationMs ?? null,
    genres: genres ?? [],
    score,
    because,
  }));
  return `${JSON.stringify({ madeBy: 'Segue', title, link, tracks: songs }, null, 2)}\n`;
}

/** A file name from a title: letters and digits of any script, at most 60 characters. */
export function fileName(title: string, extension: string): string {
  const name = title
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${name || 'segue'}.${extension}`;
}
