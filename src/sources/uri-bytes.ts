import { cellText, isPlainText } from './plain-cells.ts';

const COLON = 0x3a;
const NOTHING = new Uint8Array(0);
const encoder = new TextEncoder();
const SPOTIFY = encoder.encode('spotify:track:');

/** Where the bytes of a track's URI lie, and what comes before them: `uriCell` of UTF-8 bytes. One object for all rows. */
export class UriBytes {
  bytes: Uint8Array = NOTHING;
  from = 0;
  to = 0;
  prefix: Uint8Array = NOTHING;
  private readonly others: Uint8Array;
  private readonly readText: (text: string) => string | { cause: string };

  /** @param prefix before ids without a scheme of their own @param readText of any other cell gives the URI, or why there is none */
  constructor(prefix: string, readText: (text: string) => string | { cause: string }) {
    this.others = encoder.encode(`${prefix}:`);
    this.readText = readText;
  }

  /** @returns why the cell is no URI, or null */
  read(bytes: Uint8Array, from: number, to: number): string | null {
    const prefix = this.prefixOf(bytes, from, to);
    if (prefix) {
      this.set(bytes, from, to, prefix);
      return null;
    }
    const uri = this.readText(cellText(bytes, from, to));
    if (typeof uri !== 'string') return uri.cause;
    const text = encoder.encode(uri);
    this.set(text, 0, text.length, NOTHING);
    return null;
  }

  private set(bytes: Uint8Array, from: number, to: number, prefix: Uint8Array): void {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.prefix = prefix;
  }

  /** What comes before an id to make it a URI; null when it takes more than that. */
  private prefixOf(bytes: Uint8Array, from: number, to: number): Uint8Array | null {
    if (!isPlainText(bytes, from, to)) return null;
    let base62 = to - from === 22;
    for (let i = from; i < to; i++) {
      const c = bytes[i]!;
      if (c === COLON) return startsWith(bytes, from, to, SPOTIFY) ? NOTHING : null;
      if (base62) base62 = isAlphanumeric(c);
    }
    return base62 ? SPOTIFY : this.others;
  }
}

function startsWith(bytes: Uint8Array, from: number, to: number, start: Uint8Array): boolean {
  if (to - from <= start.length) return false;
  for (let i = 0; i < start.length; i++) if (bytes[from + i] !== start[i]) return false;
  return true;
}

const isAlphanumeric = (c: number): boolean => (c >= 0x30 && c <= 0x39) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a);
