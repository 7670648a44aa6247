/** A packet of a logical stream. `data` may be a view of the bytes that were read; it is valid until the next read. */
export interface OggPacket {
  readonly data: Uint8Array;
  readonly serial: number;
  /** Whether its page starts a stream. */
  readonly first: boolean;
  /** Position at which the stream ends, in samples, where its page is the last one; otherwise null. */
  readonly end: number | null;
}

const HEADER = 27;
const CONTINUED = 1;
const FIRST = 2;
const LAST = 4;
const NOTHING = new Uint8Array(0);

/**
 * Takes apart an Ogg file that comes in pieces of any length (RFC 3533, section 6). Bytes that are no page are skipped up to the next one and
 * counted, as are packets whose beginning or end is missing. Checksums are not verified: a decoder finds out what does not fit.
 */
export class OggPackets {
  /** Places where bytes or packets were missing so far. */
  errors = 0;
  private held = NOTHING;
  /** By stream the pieces of the packet that goes on: a packet may have thousands, which are laid one behind the other once. */
  private readonly unfinished = new Map<number, Uint8Array[]>();

  *read(bytes: Uint8Array): Generator<OggPacket> {
    const data = joined([this.held, bytes]);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    let at = 0;
    for (;;) {
      const page = pageFrom(data, at);
      if (page !== at) this.errors++;
      at = page;
      if (at + HEADER > data.length) break;
      const segments = data[at + 26]!;
      const body = at + HEADER + segments;
      if (body > data.length) break;
      let end = body;
      for (let s = at + HEADER; s < body; s++) end += data[s]!;
      if (end > data.length) break;
      yield* this.packets(data, view, at, body);
      at = end;
    }
    this.held = data.slice(at);
  }

  private *packets(data: Uint8Array, view: DataView, page: number, body: number): Generator<OggPacket> {
    const flags = data[page + 5]!;
    const serial = view.getUint32(page + 14, true);
    const first = (flags & FIRST) !== 0;
    const end = flags & LAST ? Number(view.getBigInt64(page + 6, true)) : null;
    const begun = this.unfinished.get(serial);
    this.unfinished.delete(serial);
    let before = begun;
    // The continuation of a packet without its start is dropped, as is a start without continuation.
    let whole = true;
    if (((flags & CONTINUED) !== 0) !== (begun !== undefined)) {
      this.errors++;
      before = undefined;
      whole = begun !== undefined;
    }
    let from = body;
    let to = body;
    for (let s = page + HEADER; s < body; s++) {
      to += data[s]!;
      if (data[s] === 255) continue;
      const packet = data.subarray(from, to);
      if (whole) yield { data: before ? joined([...before, packet]) : packet, serial, first, end };
      before = undefined;
      whole = true;
      from = to;
    }
    if (data[body - 1] === 255 && body > page + HEADER && whole) {
      const pieces = before ?? [];
      pieces.push(data.slice(from, to));
      this.unfinished.set(serial, pieces);
    }
  }
}

/** Start of the next page, or of the part of its mark at the end of the data. */
function pageFrom(data: Uint8Array, from: number): number {
  for (let at = from; at < data.length; at++)
    if (
      data[at] === 0x4f &&
      (data[at + 1] ?? 0x67) === 0x67 &&
      (data[at + 2] ?? 0x67) === 0x67 &&
      (data[at + 3] ?? 0x53) === 0x53
    )
      return at;
  return data.length;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
