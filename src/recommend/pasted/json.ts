import { songColumns, songOfRow } from './columns.ts';
import type { PastedLine } from './line.ts';

const DEEPEST = 12;
/** Plays shorter than this count as skipped, in milliseconds. */
const LEAST_PLAYED = 30_000;
/** Names of lists that may hold songs as plain texts. */
const LISTS = new Set(['tracks', 'items', 'songs']);

/**
 * Extracts the songs from any of the usual JSON exports (playlists, libraries and histories of services, playlists of the MPD, our own): every object
 * that names a song counts, in order. A history's songs appear once each, most played first, without skipped ones; banned songs are left out.
 */
export function songsOfJson(value: unknown): Partial<PastedLine>[] {
  const found: Partial<PastedLine>[] = [];
  const played = new Map<string, { song: Partial<PastedLine>; times: number }>();
  const visit = (node: unknown, listed: boolean, depth: number): void => {
    if (typeof node === 'string' && listed && node.trim() !== '') found.push({ text: node });
    if (depth > DEEPEST || typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const entry of node) visit(entry, listed, depth + 1);
      return;
    }
    const fields = node as Record<string, unknown>;
    const song = songOfObject(fields);
    if (!song) {
      for (const [name, child] of Object.entries(fields))
        if (!/^banned/i.test(name)) visit(child, LISTS.has(name) && Array.isArray(child), depth + 1);
      return;
    }
    const time = fields.ms_played ?? fields.msPlayed;
    if (typeof time !== 'number') found.push(song);
    else if (time >= LEAST_PLAYED) {
      const key = JSON.stringify([song.id, song.artist, song.title]);
      const known = played.get(key);
      if (known) known.times++;
      else played.set(key, { song, times: 1 });
    }
  };
  visit(value, Array.isArray(value), 0);
  return [...found, ...[...played.values()].sort((a, b) => b.times - a.times).map(({ song }) => song)];
}

function songOfObject(fields: Record<string, unknown>): Partial<PastedLine> | null {
  const names = Object.keys(fields);
  const columns = songColumns(names);
  const song = songOfRow(
    names.map((name) => textOf(fields[name])),
    columns,
  );
  // A playlist has a name and an id as well; only a song has an artist or the address of a track.
  return song && (columns.artist >= 0 || /[:/]track[:/]/.test(song.id ?? '')) ? song : null;
}

/** A field as text; several artists become their names. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value)) return '';
  const names = value.map((part: unknown) =>
    typeof part === 'object' && part !== null ? (part as { name?: unknown }).name : part,
  );
  return names.filter((name) => typeof name === 'string').join(', ');
}
