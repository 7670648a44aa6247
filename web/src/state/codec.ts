import { EMPTY_QUERY, type Query } from './query.ts';
import { queryOf } from './validate.ts';

/**
 * Encodes a query as the text of a link. Short ones are base64url of JSON (`q…`), long ones are deflated first (`z…`). Version 1 of the format: an
 * array of seeds [uri, weight, name, …artists], bans [id, label], and the rest by name when it differs from the default.
 */
const TRACK = 'spotify:track:';
/** Above this many characters of JSON the text is deflated. */
const DEFLATE_FROM = 600;
/** Limit for inflating: a small hostile link must not fill the memory. */
const MAX_INFLATED = 8_000_000;
/** Longer links are not created, since some browsers and messengers truncate them. */
export const MAX_LINK = 100_000;

const shortUri = (uri: string): string => (uri.startsWith(TRACK) ? `~${uri.slice(TRACK.length)}` : uri);
const longUri = (uri: unknown): unknown => (typeof uri === 'string' && uri[0] === '~' ? TRACK + uri.slice(1) : uri);

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 8_192) binary += String.fromCharCode(...bytes.subarray(i, i + 8_192));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MAX_INFLATED) {
      await reader.cancel();
      throw new RangeError('the link holds more than a query');
    }
    parts.push(value);
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function pack(query: Query): Record<string, unknown> {
  const packed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    if (JSON.stringify(value) === JSON.stringify(EMPTY_QUERY[name as keyof Query])) continue;
    packed[name] = value;
  }
  if (query.seeds.length > 0) packed.seeds = query.seeds.map((s) => [shortUri(s.uri), s.weight, s.name, ...s.artists]);
  if (query.bans.length > 0) packed.bans = query.bans.map((b) => [shortUri(b.id), b.label]);
  if (query.placed.length > 0) packed.placed = query.placed.map((p) => [shortUri(p.uri), p.at, p.name, ...p.artists]);
  if (query.removed.length > 0) packed.removed = query.removed.map(shortUri);
  return packed;
}

function unpack(value: unknown): Query {
  if (typeof value !== 'object' || value === null) return EMPTY_QUERY;
  const packed = { ...value } as Record<string, unknown>;
  if (Array.isArray(packed.seeds))
    packed.seeds = packed.seeds.map((s) =>
      Array.isArray(s) ? { uri: longUri(s[0]), weight: s[1], name: s[2], artists: s.slice(3) } : null,
    );
  if (Array.isArray(packed.bans))
    packed.bans = packed.bans.map((b) => (Array.isArray(b) ? { id: longUri(b[0]), label: b[1] } : null));
  if (Array.isArray(packed.placed))
    packed.placed = packed.placed.map((p) =>
      Array.isArray(p) ? { uri: longUri(p[0]), at: p[1], name: p[2], artists: p.slice(3) } : null,
    );
  if (Array.isArray(packed.removed)) packed.removed = packed.removed.map(longUri);
  return queryOf(packed);
}

/** '' for the empty query. */
export async function encodeQuery(query: Query): Promise<string> {
  const packed = pack(query);
  if (Object.keys(packed).length === 0) return '';
  const json = JSON.stringify(packed);
  const bytes = new TextEncoder().encode(json);
  if (json.length < DEFLATE_FROM) return `q${toBase64Url(bytes)}`;
  return `z${toBase64Url(await through(bytes, new CompressionStream('deflate-raw')))}`;
}

export interface Link {
  query: Query;
  /** The text was truncated or altered, and could not be read in full. */
  damaged: boolean;
}

/** The query in a link's text; when it cannot be read, the empty query, marked as damaged. Never throws. */
export async function readLink(text: string): Promise<Link> {
  try {
    if (text === '') return { query: EMPTY_QUERY, damaged: false };
    const bytes = fromBase64Url(text.slice(1));
    const plain = text[0] === 'z' ? await through(bytes, new DecompressionStream('deflate-raw')) : bytes;
    return { query: unpack(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain))), damaged: false };
  } catch {
    return { query: EMPTY_QUERY, damaged: true };
  }
}

/** The query of a link's text; the empty query when the text is damaged. */
export async function decodeQuery(text: string): Promise<Query> {
  return (await readLink(text)).query;
}
