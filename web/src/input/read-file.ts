import type { PastedLine } from '../../../src/recommend/pasted/line.ts';
import { readPasted } from '../../../src/recommend/pasted/read.ts';
import { canonicalTrackId, parseSpotify } from '../../../src/recommend/track-id.ts';
import { classify, MAX_LINES } from './classify.ts';

/** Largest file that the page reads; `segue import` has no such limit. */
export const MAX_FILE_BYTES = 64_000_000;
/** Most songs taken from one file: the most played or the first. */
export const MAX_FILE_SONGS = 5_000;

export type FileResult = { ok: true; lines: string[]; title: string } | { ok: false; message: string };

/** The parts of a browser's File that are used. */
export type FileLike = Pick<File, 'name' | 'size' | 'stream'>;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

const refuse = (message: string): FileResult => ({ ok: false, message });

/** Recognises a binary file's kind by its first bytes; null when it may be text. */
export function binaryKind(head: Uint8Array): string | null {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return 'a zip archive';
  if (starts(0x1f, 0x8b)) return 'a gzip archive';
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'a PDF';
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff)) return 'a picture';
  if (starts(0x49, 0x44, 0x33) || starts(0xff, 0xfb) || starts(0x66, 0x4c, 0x61, 0x43)) return 'a sound file';
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return null;
  return head.includes(0) ? 'not text' : null;
}

/**
 * Reads the songs in a dropped file, piece by piece. Never throws: a file that cannot be read is rejected with a sentence.
 * @param onProgress fraction read, 0–1
 */
export async function readFile(
  file: FileLike,
  signal: AbortSignal,
  onProgress: (fraction: number) => void = () => {},
): Promise<FileResult> {
  if (file.size === 0) return refuse(`“${file.name}” is empty.`);
  if (file.size > MAX_FILE_BYTES)
    return refuse(
      `“${file.name}” is ${megabytes(file.size)}; this page reads up to ${megabytes(MAX_FILE_BYTES)}. “segue import” on the command line reads files of any size.`,
    );
  let text = '';
  try {
    const reader = file.stream().getReader();
    let decoder: TextDecoder | null = null;
    let read = 0;
    for (;;) {
      if (signal.aborted) {
        await reader.cancel();
        return refuse('Reading was stopped.');
      }
      const { done, value } = await reader.read();
      if (done) break;
      if (!decoder) {
        const kind = binaryKind(value.subarray(0, 4_096));
        if (kind) {
          await reader.cancel();
          const remedy = kind.includes('archive')
            ? 'Unpack it first, or use “segue import” on the command line.'
            : 'Drop a CSV, text, M3U or JSON file.';
          return refuse(`“${file.name}” is ${kind}. ${remedy}`);
        }
        const utf16 = value[0] === 0xff ? 'utf-16le' : value[0] === 0xfe ? 'utf-16be' : null;
        decoder = new TextDecoder(utf16 ?? 'utf-8', { fatal: true });
      }
      text += decoder.decode(value, { stream: true });
      read += value.length;
      onProgress(read / file.size);
    }
    text += decoder?.decode() ?? '';
  } catch {
    return refuse(`“${file.name}” couldn’t be read as text. Save it as UTF-8 and drop it again.`);
  }
  const lines = linesOfText(text, file.name);
  if (lines === null) return refuse(`“${file.name}” ends in the middle or is not valid JSON.`);
  if (lines.length === 0)
    return refuse(
      `No songs were found in “${file.name}”. Expected a column such as “Track URI” or “Track Name”, or one song per line.`,
    );
  return { ok: true, lines, title: file.name.replace(/\.\w+$/, '').slice(0, 200) };
}

/** The songs of a text in any of its forms: JSON, M3U, a table, or one song per line. null = damaged JSON. */
export function linesOfText(text: string, name: string): string[] | null {
  const list = readPasted(text);
  if (list.format === 'lines') {
    if (/\.json$/i.test(name) || /^[[{]\s*["{[]/.test(text.trimStart())) return null;
    const entry = classify(text);
    if (entry.kind === 'list') return entry.lines.slice(0, Math.min(MAX_LINES, MAX_FILE_SONGS));
    if (entry.kind === 'links') return entry.links.map((link) => link.uri);
    return entry.kind === 'words' ? [entry.text.slice(0, 400)] : [];
  }
  const lines = new Set(list.lines.map(lineOf).filter((line) => line !== ''));
  return [...lines].slice(0, MAX_FILE_SONGS);
}

/** The line to send to the server: a URI if there is one, otherwise "Artist - Title". */
function lineOf({ id, artist, title, text }: PastedLine): string {
  const uri = canonicalTrackId(id);
  const spotify = parseSpotify(uri);
  if (spotify ? spotify.kind === 'track' : /^[a-z][\w-]*:[\w:-]+$/i.test(uri)) return uri;
  return title === '' ? text : [firstArtist(artist), title].filter(Boolean).join(' - ');
}

/** The first of several artists, which works best in a search. */
const firstArtist = (artists: string): string =>
  artists
    .replace(/^\[?['"]?|['"]?\]?$/g, '')
    .split(/['"]?\s*[;,]\s*['"]?|\\,/)[0]!
    .trim();
