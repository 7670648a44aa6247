import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import type { CleanBatch } from '../dataset/batch-columns.ts';
import { type Counts, cleanDuration, cleanFollowers, count } from '../dataset/cleaning.ts';
import { StringColumn, StringColumnBuilder } from '../dataset/strings.ts';
import { SegueError } from '../errors.ts';

/** In the order in which assembly/slice.ts knows them, which is that of the data set. */
const SLICE_KEYS = ['playlists'];
const PLAYLIST_KEYS = ['name', 'pid', 'modified_at', 'num_followers', 'tracks'];
const ENTRY_KEYS = [
  'pos',
  'artist_name',
  'track_uri',
  'artist_uri',
  'track_name',
  'album_uri',
  'duration_ms',
  'album_name',
];
/** A scanner that has read a larger slice than this is given back to the system. */
const MOST_KEPT = 128 << 20;

interface Scanner {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Reserves room for this many bytes of JSON; returns the address. */
  room(bytes: number): number;
  /** Reads the bytes put there, whose text starts at `start`; returns the address of the report. Traps on anything unusual. */
  scan(at: number, start: number, bytes: number): number;
  sliceKeys(): number;
  playlistKeys(): number;
  entryKeys(): number;
}

let compiled: WebAssembly.Module | null = null;
let scanner: Scanner | null = null;

/**
 * Reads a slice of the Million Playlist Dataset straight into columns, to the same result as `encodeBatch` of its rows. The walk over the
 * bytes is compiled (assembly/slice.ts).
 * @returns null when the slice has anything unusual (bad rows, entries out of order, texts that are numbers, no JSON at all): then the
 * slower way through objects tells what it is
 * @throws SegueError FILE_UNREADABLE when the compiled part is missing
 */
export function scanSlice(bytes: Uint8Array): CleanBatch | null {
  if (!isUtf8(bytes)) return null;
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  scanner ??= start();
  try {
    const at = scanner.room(bytes.length);
    new Uint8Array(scanner.memory.buffer).set(bytes, at);
    const report = scanner.scan(at, marked ? 3 : 0, bytes.length);
    return columnsOf(new Report(scanner.memory.buffer, report));
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return null;
    throw error;
  } finally {
    if (scanner.memory.buffer.byteLength > MOST_KEPT) scanner = null;
  }
}

/** Reads the columns that a scan reports one after the other: an address and a length each. Every one is a copy. */
class Report {
  private readonly buffer: ArrayBuffer;
  private readonly view: DataView;
  private at: number;

  constructor(buffer: ArrayBuffer, at: number) {
    this.buffer = buffer;
    this.view = new DataView(buffer);
    this.at = at;
  }

  int32(): Int32Array<ArrayBuffer> {
    const { address, length } = this.next();
    return new Int32Array(this.buffer, address, length).slice();
  }

  float64(): Float64Array<ArrayBuffer> {
    const { address, length } = this.next();
    return new Float64Array(this.buffer, address, length).slice();
  }

  texts(): StringColumn {
    const { address, length } = this.next();
    const heap = new Uint8Array(this.buffer, address, length).slice();
    const offsets = this.next();
    return new StringColumn(heap, new Uint32Array(this.buffer, offsets.address, offsets.length).slice());
  }

  number(): number {
    return this.next().length;
  }

  private next(): { address: number; length: number } {
    const address = this.view.getUint32(this.at, true);
    const length = this.view.getUint32(this.at + 4, true);
    this.at += 8;
    return { address, length };
  }
}

function columnsOf(report: Report): CleanBatch {
  const cleaning: Counts = {};
  const uri = report.texts();
  const name = report.texts();
  const artists = { ptr: report.int32(), idx: report.int32() };
  const album = report.int32();
  const durations = report.float64();
  const named = { uri: report.texts(), name: report.texts() };
  const albums = { uri: report.texts(), name: report.texts() };
  const title = report.texts();
  const pids = report.float64();
  const followers = report.float64();
  const modifiedAt = report.float64().map((time) => (Number.isFinite(time) ? time : Number.NaN));
  const items = { ptr: report.int32(), idx: report.int32() };
  const duplicates = report.number();
  const empty = report.number();

  const n = uri.length;
  const durationMs = cleaned(durations, cleanDuration, cleaning);
  count(cleaning, 'duplicate entries in a playlist, left out', duplicates);
  count(cleaning, 'empty playlists, left out', empty);
  const id = new StringColumnBuilder();
  for (const pid of pids) id.push(`mpd:${pid}`);
  return {
    columns: {
      tracks: {
        uri,
        name,
        artists,
        album,
        year: new Int16Array(n).fill(-1),
        popularity: new Int16Array(n).fill(-1),
        explicit: new Int8Array(n).fill(-1),
        durationMs,
        features: new Float32Array(0),
        genres: { ptr: new Int32Array(n + 1), idx: new Int32Array(0) },
        measures: {},
      },
      named,
      albums,
      genres: new StringColumnBuilder().finish(),
      artists: {
        named: new Int32Array(0),
        popularity: new Int16Array(0),
        followers: new Int32Array(0),
        genres: { ptr: new Int32Array(1), idx: new Int32Array(0) },
      },
      owners: {
        id: id.finish(),
        title,
        kind: new Uint8Array(pids.length),
        followers: cleaned(followers, cleanFollowers, cleaning),
        modifiedAt,
        items,
        weights: new Float32Array(0),
        times: new Float64Array(0),
      },
    },
    cleaning,
    taken: { tracks: n, artists: 0, owners: pids.length, entries: items.idx.length },
  };
}

/** The values by a cleaning rule; those that the slice lacks (NaN) are no fault of anyone's. */
function cleaned(
  values: Float64Array,
  rule: (value: number | undefined, counts: Counts) => number,
  counts: Counts,
): Int32Array {
  const out = new Int32Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = Number.isNaN(values[i]!) ? -1 : rule(values[i], counts);
  return out;
}

function start(): Scanner {
  compiled ??= compile();
  let memory: Scanner['memory'] | null = null;
  const parseNumber = (from: number, to: number): number =>
    Number(Buffer.from(memory!.buffer, from, to - from).toString('latin1'));
  const instance = new WebAssembly.Instance(compiled, { host: { parseNumber } }).exports as unknown as Scanner;
  memory = instance.memory;
  writeKeys(instance, instance.sliceKeys(), SLICE_KEYS);
  writeKeys(instance, instance.playlistKeys(), PLAYLIST_KEYS);
  writeKeys(instance, instance.entryKeys(), ENTRY_KEYS);
  return instance;
}

/** 16 bytes a key: its letters, and their number in the last. */
function writeKeys({ memory }: Scanner, at: number, keys: readonly string[]): void {
  for (let k = 0; k < keys.length; k++) {
    const slot = new Uint8Array(memory.buffer, at + 16 * k, 16);
    slot[15] = new TextEncoder().encodeInto(keys[k]!, slot).written;
  }
}

function compile(): WebAssembly.Module {
  const file = new URL('../../build/slices.wasm', import.meta.url);
  try {
    return new WebAssembly.Module(readFileSync(file));
  } catch (cause) {
    throw new SegueError('FILE_UNREADABLE', {
      got: `The compiled reader ${file.pathname} is missing or damaged`,
      expected: 'what `npm run build` writes there',
      remedy: 'Run `npm run build`',
      cause,
    });
  }
}
