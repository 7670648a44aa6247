import { createHash } from 'node:crypto';
import { uriCell } from '../cells.ts';
import { isrcOf, mbidOf } from '../music-ids.ts';
import type { AccountRow, SongName } from './rows.ts';

/** A JSON value as text: a name may be a number. Empty when it is neither. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';

export const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Earliest and latest moments that exports hold, in seconds since 1970: 1990 to 2100. */
const EARLIEST = 631_152_000;
const LATEST = 4_102_444_800;

/** The value as seconds since 1970, NaN outside 1990 … 2100. */
export const secondsOf = (seconds: number): number =>
  seconds >= EARLIEST && seconds < LATEST ? Math.floor(seconds) : Number.NaN;

/** A written time as seconds since 1970; without a zone it is UTC. NaN when it is none. */
export function timeOf(text: string): number {
  const trimmed = text.trim();
  if (trimmed === '') return Number.NaN;
  const plain = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?: UTC)?$/.exec(trimmed);
  const spaced = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) ([+-]\d{2}:?\d{2})$/.exec(trimmed);
  if (plain) return secondsOf(Date.parse(`${plain[1]}T${plain[2]}Z`) / 1000);
  if (spaced) return secondsOf(Date.parse(`${spaced[1]}T${spaced[2]}${spaced[3]}`) / 1000);
  if (/^\d{4}-\d{2}-\d{2}/.test(trimmed)) return secondsOf(Date.parse(trimmed) / 1000);
  const zoned = /(?:GMT|UTC|Z|[+-]\d{2}:?\d{2})$/.test(trimmed);
  return secondsOf(Date.parse(zoned ? trimmed : `${trimmed} UTC`) / 1000);
}

export interface SongParts {
  title: string;
  artists: readonly string[];
  album?: string;
  uri?: string;
  isrc?: string;
  mbid?: string;
  durationMs?: number;
}

/** No name is longer; a longer one is a defect of the file. */
const LONGEST = 1000;

/** A song by the known names and ids, the latter in canonical form; null if nothing identifies it. */
export function songName(parts: SongParts): SongName | null {
  const title = parts.title.trim().slice(0, LONGEST);
  const uri = parts.uri === undefined ? undefined : uriCell(parts.uri, 'track', 'id');
  const isrc = isrcOf(parts.isrc ?? '');
  const mbid = mbidOf(parts.mbid);
  const song: SongName = {
    title,
    artists: parts.artists.map((artist) => artist.trim().slice(0, LONGEST)).filter((artist) => artist !== ''),
    ...(parts.album?.trim() && { album: parts.album.trim().slice(0, LONGEST) }),
    ...(uri && { uri }),
    ...(isrc !== null && { isrc }),
    ...(mbid !== null && { mbid }),
    ...(parts.durationMs !== undefined && parts.durationMs > 0 && { durationMs: Math.round(parts.durationMs) }),
  };
  return title === '' && !song.uri && !song.isrc && !song.mbid ? null : song;
}

/** The mark of an account, null when the export names none. */
export function accountRow(service: string, account: string): AccountRow | null {
  const name = account.trim().toLowerCase();
  if (name === '') return null;
  return { kind: 'account', service, mark: createHash('sha256').update(`${service}\n${name}`).digest('hex') };
}

/** `file, entry 7` for messages. */
export const place = (file: string, entry: number, what = 'entry'): string => `${file}, ${what} ${entry}`;
