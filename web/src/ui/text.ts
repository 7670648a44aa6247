import { genreWords } from '../../../src/features/genre-words.ts';

/** Sanitises untrusted text for display: shortened, and without characters that would reorder or hide adjacent text. */

const LIMIT = 200;
/** Bidirectional overrides and embeddings; isolation by `dir=auto` handles genuine right-to-left text. */
const OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/g;

export function clean(text: string, limit = LIMIT): string {
  const plain = (text.length > limit * 4 ? text.slice(0, limit * 4) : text)
    .replace(OVERRIDES, '')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...plain];
  return characters.length > limit ? `${characters.slice(0, limit).join('')}…` : plain;
}

/** A genre in proper spelling, with capitals for abbreviations and peoples: "R&B", "UK garage". */
export const genreName = (genre: string, limit = 40): string => clean(genreWords(genre), limit);

/** Capitalises the first letter, as in a sentence. */
export const capital = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());

export const names = (artists: readonly string[]): string => clean(artists.slice(0, 6).join(', '));

export function duration(ms: number | null | undefined): string {
  if (!ms || ms < 0) return '';
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** "1 hr 12 min" */
export function longDuration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} hr ${minutes % 60} min`;
}

/** "8.4 ms", "229 ms", "1.4 s" */
export const took = (ms: number): string =>
  ms < 10 ? `${ms.toFixed(1)} ms` : ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** "30 Nov 2026" in the local time zone; in English like the rest of the page, whatever the browser's language. @param at milliseconds since 1970, or ISO 8601 */
export const dateOf = (at: number | string): string => DATE.format(new Date(at));

/** "30 Nov 2026, 14:05", likewise. */
export const momentOf = (at: number | string): string => MOMENT.format(new Date(at));

export function bytes(n: number): string {
  if (n < 1e3) return `${n} B`;
  if (n < 1e6) return `${(n / 1e3).toFixed(1)} kB`;
  return n < 1e9 ? `${(n / 1e6).toFixed(1)} MB` : `${(n / 1e9).toFixed(2)} GB`;
}
