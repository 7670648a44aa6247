import { throwIfCancelled } from '../../errors.ts';
import { readRows } from '../table.ts';
import { openColumns } from './open-columns.ts';

/** Bytes of an id, and of a pair of them. */
const ID = 16;
const PAIR = 2 * ID;
const CHECK_EVERY = 1 << 16;

/**
 * Which recording stands for which in MusicBrainz (`canonical_recording_redirect.csv`): pairs of ids in a hash table of bytes, 32 bytes a pair at a load of
 * at most ½, so that tens of millions of pairs fit in a few gigabytes and no pair is an object.
 */
export class RecordingRedirects {
  private slots = new Uint8Array(PAIR << 10);
  private count = 0;
  private readonly key = new Uint8Array(ID);
  private readonly target = new Uint8Array(ID);

  get size(): number {
    return this.count;
  }

  /** Both are MBIDs; the last one of a recording counts. */
  add(recording: string, canonical: string): void {
    if (2 * (this.count + 1) * PAIR > this.slots.length) this.grow();
    parse(recording, this.key);
    parse(canonical, this.target);
    // The nil id identifies nothing, so its bytes mark a free slot.
    if (isFree(this.key, 0)) return;
    const at = this.slotOf(this.slots, this.key);
    if (isFree(this.slots, at)) this.count++;
    this.slots.set(this.key, at);
    this.slots.set(this.target, at + ID);
  }

  /** The canonical recording of this one; the recording itself if there is no other. */
  canonical(recording: string): string {
    if (this.count === 0) return recording;
    parse(recording, this.key);
    const at = this.slotOf(this.slots, this.key);
    return isFree(this.slots, at) ? recording : format(this.slots, at + ID);
  }

  private slotOf(slots: Uint8Array, key: Uint8Array): number {
    const last = slots.length / PAIR - 1;
    // Ids of version 3 to 5 are as good as random; the first bytes are hash enough.
    let at = ((key[0]! << 24) ^ (key[1]! << 16) ^ (key[2]! << 8) ^ key[3]! ^ (key[9]! << 12)) & last;
    while (!isFree(slots, at * PAIR) && !isKey(slots, at * PAIR, key)) at = (at + 1) & last;
    return at * PAIR;
  }

  private grow(): void {
    const old = this.slots;
    const grown = new Uint8Array(old.length * 2);
    for (let at = 0; at < old.length; at += PAIR)
      if (!isFree(old, at)) grown.set(old.subarray(at, at + PAIR), this.slotOf(grown, old.subarray(at, at + ID)));
    this.slots = grown;
  }
}

/** Reads the table of redirects. @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING, CANCELLED */
export async function readRedirects(file: string, signal?: AbortSignal): Promise<RecordingRedirects> {
  const redirects = new RecordingRedirects();
  const rows = readRows(file, { separator: ',' });
  const column = openColumns(file, (await rows.next()).value?.cells, ['recording_mbid', 'canonical_recording_mbid']);
  let n = 0;
  for await (const { cells } of rows) {
    if (++n % CHECK_EVERY === 0) throwIfCancelled(signal, 'The import');
    const from = column.mbid(cells, 'recording_mbid');
    const to = column.mbid(cells, 'canonical_recording_mbid');
    if (from !== null && to !== null && from !== to) redirects.add(from, to);
  }
  return redirects;
}

const isFree = (slots: Uint8Array, at: number): boolean => {
  for (let i = 0; i < ID; i++) if (slots[at + i] !== 0) return false;
  return true;
};

const isKey = (slots: Uint8Array, at: number, key: Uint8Array): boolean => {
  for (let i = 0; i < ID; i++) if (slots[at + i] !== key[i]) return false;
  return true;
};

/** 32 hexadecimal digits between hyphens, to 16 bytes. */
function parse(mbid: string, to: Uint8Array): void {
  for (let i = 0, at = 0; i < ID; at += 2) {
    if (mbid.charCodeAt(at) === 45) at++;
    to[i++] = (digit(mbid.charCodeAt(at)) << 4) | digit(mbid.charCodeAt(at + 1));
  }
}

const digit = (code: number): number => (code < 58 ? code - 48 : code - 87);

function format(bytes: Uint8Array, at: number): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset + at, ID).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
