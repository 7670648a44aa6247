/** Texts by which tables say that a value is unknown. */
export const UNKNOWN: ReadonlySet<string> = new Set(['', 'nan', 'null', 'none', 'na', 'n/a', 'undefined', '-']);
const LONGEST_UNKNOWN = 'undefined'.length;

export const isUnknown = (cell: string): boolean => saysUnknown(cell.trim());

/** First letters of the others in lower case: the first character rules out most cells. */
const [N, U, HYPHEN] = [0x6e, 0x75, 0x2d];

function saysUnknown(trimmed: string): boolean {
  if (trimmed.length > LONGEST_UNKNOWN) return false;
  const first = trimmed.charCodeAt(0) | 0x20;
  return (trimmed === '' || first === N || first === U || first === HYPHEN) && UNKNOWN.has(trimmed.toLowerCase());
}

/** The text of a cell, or undefined when it says unknown. */
export function textCell(cell: string): string | undefined {
  const text = cell.trim();
  return saysUnknown(text) ? undefined : text;
}

/** The number in a cell, also with a decimal comma; NaN if there is none. */
export function numberCell(cell: string): number {
  const text = cell.trim();
  if (saysUnknown(text)) return Number.NaN;
  const value = Number(text.includes(',') && /^-?\d+,\d+$/.test(text) ? text.replace(',', '.') : text);
  return Number.isFinite(value) ? value : Number.NaN;
}

export function booleanCell(cell: string): boolean | undefined {
  const text = cell.trim().toLowerCase();
  if (text === '1' || text === 'true' || text === 'yes' || text === '1.0') return true;
  if (text === '0' || text === 'false' || text === 'no' || text === '0.0') return false;
  return undefined;
}

/** The year of `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, a date with time, or `2018.0`; NaN if the cell does not start with a year. */
export function yearCell(cell: string): number {
  const year = firstYear(cell);
  if (year >= 0) return year;
  const match = /^\s*(\d{4})(?:\D|$)/.exec(cell);
  return match ? Number(match[1]) : Number.NaN;
}

/** The number of exactly four digits at the start of a text; −1 for any other text. */
function firstYear(text: string): number {
  if (text.length > 4 && isDigit(text.charCodeAt(4))) return -1;
  let year = 0;
  for (let i = 0; i < 4; i++) {
    const c = text.charCodeAt(i);
    if (!isDigit(c)) return -1;
    year = 10 * year + c - ZERO;
  }
  return year;
}

const ZERO = 0x30;
const isDigit = (c: number): boolean => c >= ZERO && c <= ZERO + 9;

const BASE62 = /^[0-9A-Za-z]{22}$/;
const LINK = /^https?:\/\/open\.spotify\.com\/(?:intl-[a-z-]+\/)?(track|artist|album)\/([0-9A-Za-z]{22})/;

/**
 * The URI of an id, link or URI: Spotify's ids (22 characters of base 62) become `spotify:<kind>:<id>`, what has a scheme stays,
 * and any other id gets `prefix:` in front. Undefined when the cell says unknown.
 */
export function uriCell(cell: string, kind: 'track' | 'artist' | 'album', prefix: string): string | undefined {
  const text = textCell(cell);
  if (text === undefined) return undefined;
  if (text.length === 22 && BASE62.test(text)) return `spotify:${kind}:${text}`;
  if (!text.includes(':')) return `${prefix}:${text}`;
  const link = LINK.exec(text);
  if (link) return `spotify:${link[1]}:${link[2]}`;
  return /^[a-z][a-z0-9.-]*:./i.test(text) ? text : `${prefix}:${text}`;
}

/**
 * The texts of a list as tables write it: a Python literal (`['A', "B's"]`), the same without brackets, or names between commas or semicolons.
 */
export function listCell(cell: string): string[] {
  let text = cell.trim();
  if (saysUnknown(text)) return [];
  if (text.startsWith('[') && text.endsWith(']')) text = text.slice(1, -1).trim();
  if (text === '') return [];
  return /^['"]/.test(text) ? (quotedList(text) ?? plainList(text)) : plainList(text);
}

function plainList(text: string): string[] {
  if (!/[,;]/.test(text)) return [text];
  return text
    .split(text.includes(';') ? ';' : ',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Python string literals separated by commas; null for any other text. */
function quotedList(text: string): string[] | null {
  const parts: string[] = [];
  let i = 0;
  for (;;) {
    const quote = text[i];
    if (quote !== "'" && quote !== '"') return null;
    let part = '';
    for (i++; text[i] !== quote; i++) {
      if (i >= text.length) return null;
      if (text[i] !== '\\') part += text[i];
      else {
        const [value, length] = escapeAt(text, i + 1);
        part += value;
        i += length;
      }
    }
    if (part.trim() !== '') parts.push(part.trim());
    i++;
    while (text[i] === ' ') i++;
    if (i >= text.length) return parts;
    if (text[i] !== ',') return null;
    i++;
    while (text[i] === ' ') i++;
    if (i >= text.length) return parts;
  }
}

/** Meaning of the characters after a backslash, and their number. */
function escapeAt(text: string, at: number): [string, number] {
  const hex = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))/i.exec(text.slice(at, at + 9));
  if (hex) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3]!, 16);
    return [code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd', hex[0].length];
  }
  return [ESCAPES[text[at]!] ?? text[at] ?? '', 1];
}

/** What a cell of more than one name, or of a list, has: separators, brackets, a word for guests. */
const JOINS = /[,;[]|\s\(?f(?:ea)?t/i;

/** A Python list of one name, written plainly; guests in a name. */
const [ONLY, GUESTS] = [/^\['([^'\\]+)'\]$/, /\s\(?f(?:ea)?t/i];

/**
 * The artists of a cell that joins them: by semicolons, or by commas with `\,` for a comma inside a name; guests behind "feat." are artists of their own.
 * A comma is kept inside a name where it plainly belongs to it: "Tyler, The Creator", and bands such as "Earth, Wind & Fire".
 */
export function artistsCell(cell: string): string[] {
  const text = cell.trim();
  if (saysUnknown(text)) return [];
  // Nearly all cells name one artist in plain words.
  if (!JOINS.test(text)) return [text];
  const only = ONLY.exec(text)?.[1]?.trim();
  if (only && !GUESTS.test(only)) return [only];
  const joined = /^\[.*\]$/s.test(text) ? listCell(text) : text.includes(';') ? text.split(';') : splitCommas(text);
  const names = joined.flatMap((name) => name.split(/\s\(?(?:featuring|feat\.?|ft\.)\s/i));
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
}

function splitCommas(text: string): string[] {
  const parts = text.split(/(?<!\\),\s*/).map((part) => part.replaceAll('\\,', ','));
  const last = parts.at(-1)!;
  const band =
    parts.length > 1 && /\s(?:&|and)\s/i.test(last) && parts.slice(0, -1).every((part) => !part.includes(' '));
  if (band && last.split(/\s+/).length === 3) return [text];
  const names: string[] = [];
  for (const part of parts) {
    if (names.length > 0 && /^(?:the|jr\.?|sr\.?)(?:\s|$)/i.test(part)) names.push(`${names.pop()}, ${part}`);
    else names.push(part);
  }
  return names;
}
