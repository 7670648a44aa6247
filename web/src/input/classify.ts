import { undecorated } from '../../../src/recommend/pasted/line.ts';

/** What a person typed, pasted or dropped into the box. */
export type Entry =
  | { kind: 'empty' }
  | { kind: 'links'; links: Link[] }
  | { kind: 'list'; lines: string[] }
  | { kind: 'words'; text: string };

export interface Link {
  type: 'track' | 'playlist' | 'album' | 'artist';
  id: string;
  uri: string;
}

const LINK =
  /(?:https?:\/\/)?open\.spotify\.com\/(?:intl-[\w-]+\/)?(?:embed\/)?(track|playlist|album|artist)\/([A-Za-z0-9]{22})|spotify:(track|playlist|album|artist):([A-Za-z0-9]{22})/g;

/** A URI from any origin, e.g. the demo world or a private library. */
const URI = /^[a-z][\w-]*:track:[\w-]+$/i;

/** Lines beyond this are not read. */
export const MAX_LINES = 10_000;
/** The Spotify links and URIs in a text, in order, each once. */
export function linksIn(text: string): Link[] {
  const links = new Map<string, Link>();
  for (const match of text.matchAll(LINK)) {
    const type = (match[1] ?? match[3]) as Link['type'];
    const id = (match[2] ?? match[4])!;
    const uri = `spotify:${type}:${id}`;
    links.set(uri, { type, id, uri });
  }
  return [...links.values()];
}

export function classify(text: string): Entry {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  const rows = trimmed.split(/\r\n|\r|\n|\u2028/, MAX_LINES + 1).slice(0, MAX_LINES);
  const lines = rows.map((row) => row.trim()).filter((row) => row !== '');
  const links = linksIn(trimmed);
  // A list may mix links with "Artist - Title" lines; each line is then treated on its own.
  const withoutLink = lines.filter((line) => linksIn(line).length === 0);
  if (links.length > 0 && withoutLink.length === 0) return { kind: 'links', links };
  if (lines.length > 1) {
    const cleaned = lines.map((line) => linksIn(line)[0]?.uri ?? undecorated(line)).filter((line) => line !== '');
    return { kind: 'list', lines: cleaned };
  }
  if (links.length > 0) return { kind: 'links', links };
  if (URI.test(trimmed)) return { kind: 'list', lines: [trimmed] };
  return { kind: 'words', text: trimmed.slice(0, 10_000) };
}
