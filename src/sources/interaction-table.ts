import { Growing, growingInt32 } from '../dataset/growing.ts';
import { type Batch, emptyBatch } from '../dataset/rows.ts';
import { type StringColumn, StringColumnBuilder } from '../dataset/strings.ts';
import { uriCell } from './cells.ts';
import { IdColumn } from './id-column.ts';
import { INTERACTION_BOUNDS, type InteractionBounds, refuseCrowd, refuseUnlike } from './interaction-bounds.ts';
import { UriBytes } from './uri-bytes.ts';
import { UserRuns } from './user-runs.ts';

/** Entries of one batch, so that memory beside the columns stays small. */
const ENTRIES_AT_ONCE = 500_000;
const encoder = new TextEncoder();

/**
 * Interactions in the order of the file, which need not be grouped by user: columns of numbers, sorted by user at the end.
 * 4 bytes a row, 8 more wherever another user follows, 4 more for weights and 8 for times where there are any.
 */
export class InteractionTable {
  private readonly users = new UserRuns();
  private readonly items = new IdColumn();
  private readonly weight: Growing<Float32Array> | null;
  private readonly time: Growing<Float64Array> | null;
  private readonly rating: boolean;
  private readonly file: string;
  private readonly bounds: InteractionBounds;

  /** @param file for messages */
  constructor(
    { weights, times, rating }: { weights: boolean; times: boolean; rating: boolean },
    file: string,
    bounds: InteractionBounds = INTERACTION_BOUNDS,
  ) {
    this.file = file;
    this.bounds = bounds;
    this.weight = weights ? new Growing((n) => new Float32Array(n)) : null;
    this.time = times ? new Growing((n) => new Float64Array(n)) : null;
    this.rating = rating;
  }

  add(user: string, item: string, weight: number, time: number): void {
    this.beginText(user);
    this.items.addText(item);
    this.push(weight, time);
  }

  /** The same of ids as UTF-8 bytes [from, to). */
  addBytes(
    bytes: Uint8Array,
    userFrom: number,
    userTo: number,
    itemFrom: number,
    itemTo: number,
    weight: number,
    time: number,
  ): void {
    this.begin(bytes, userFrom, userTo);
    this.items.add(bytes, itemFrom, itemTo);
    this.push(weight, time);
  }

  /** The user whose items follow, as UTF-8 bytes [from, to). */
  begin(bytes: Uint8Array, from: number, to: number): void {
    this.users.begin(this.items.rows, bytes, from, to);
  }

  beginText(user: string): void {
    this.users.beginText(this.items.rows, user);
  }

  /** Adds an item of this user, without weight and time. */
  addItem(bytes: Uint8Array, from: number, to: number): void {
    this.items.add(bytes, from, to);
  }

  addItemText(item: string): void {
    this.items.addText(item);
  }

  private push(weight: number, time: number): void {
    this.weight?.push(weight);
    this.time?.push(time);
  }

  /** Checks what has been read so far. @throws SegueError FILE_UNREADABLE if these are no interactions */
  check(): void {
    refuseUnlike(this.file, { rows: this.items.rows, users: this.users.size, items: this.items.size }, this.bounds);
  }

  /** Owners in order of first appearance, with their items by time, otherwise in file order; rows with the same user and item are one entry. @throws SegueError FILE_UNREADABLE */
  *batches(owners: string, items: string): Generator<Batch> {
    const users = this.users.finish(this.items.rows);
    const uris = this.items.finish();
    const item = this.items.takeNumbers();
    const [weight, time] = [this.weight?.view(), this.time?.view()];
    const kind = { rating: this.rating, timed: time !== undefined };
    const batch = new OwnerBatch(users.ids, uris, owners, items, kind);
    for (let user = 0; user < users.ids.length; user++) {
      const rows = users.of(user);
      if (time) sortByTime(rows, time);
      if (rows.length > ENTRIES_AT_ONCE) {
        if (batch.entries > 0) yield batch.take();
        const one = mergeRows(rows, { item, weight, time }, uris.length, this.rating);
        refuseCrowd(this.file, one.items.length, this.bounds);
        yield* inParts(batch, user, one);
        continue;
      }
      batch.begin(user);
      for (let r = 0; r < rows.length; r++) {
        const row = rows[r]!;
        batch.add(item[row]!, weight ? weight[row]! : 1, time ? time[row]! : Number.NaN);
      }
      batch.end(weight !== undefined);
      if (batch.entries >= ENTRIES_AT_ONCE) yield batch.take();
    }
    if (batch.entries > 0) yield batch.take();
  }
}

/** Entries of one owner. */
interface Entries {
  readonly items: Int32Array;
  readonly weights: Float64Array | null;
  readonly times: Float64Array | null;
  /** Rows that became part of another's entry. */
  readonly repeated: number;
}

interface RowColumns {
  readonly item: Int32Array;
  readonly weight: Float32Array | undefined;
  readonly time: Float64Array | undefined;
}

/** What `OwnerBatch` makes of an owner's rows, without a batch. @param items how many there are */
function mergeRows(rows: Int32Array, { item, weight, time }: RowColumns, items: number, rating: boolean): Entries {
  /** By item its entry, plus 1. */
  const entry = new Int32Array(items);
  const merged = new Int32Array(rows.length);
  const times = time ? new Float64Array(rows.length) : null;
  let weights = weight ? new Float64Array(rows.length) : null;
  let count = 0;
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r]!;
    const of = item[row]!;
    const at = weight ? weight[row]! : 1;
    const known = entry[of]! - 1;
    if (known < 0) {
      merged[count] = of;
      if (weights) weights[count] = at;
      if (times) times[count] = time![row]!;
      entry[of] = ++count;
      continue;
    }
    weights ??= new Float64Array(rows.length).fill(1);
    weights[known] = rating ? at : weights[known]! + at;
    if (times && !Number.isNaN(time![row]!)) times[known] = time![row]!;
  }
  return { items: merged.subarray(0, count), weights, times, repeated: rows.length - count };
}

/** The entries of an owner that has too many for one batch. */
function* inParts(batch: OwnerBatch, user: number, { items, weights, times, repeated }: Entries): Generator<Batch> {
  for (let from = 0; from < items.length; from += ENTRIES_AT_ONCE) {
    batch.begin(user);
    for (let e = from; e < Math.min(items.length, from + ENTRIES_AT_ONCE); e++)
      batch.add(items[e]!, weights ? weights[e]! : 1, times ? times[e]! : Number.NaN);
    batch.end(weights !== null);
    if (from === 0) batch.addRepeated(repeated);
    yield batch.take(from > 0);
  }
}

/** Sorts rows, ascending as they are, by their times; equal ones stay in order. */
function sortByTime(rows: Int32Array, time: Float64Array): void {
  let [rises, falls] = [true, true];
  for (let r = 1; r < rows.length && (rises || falls); r++) {
    const order = ascending(time[rows[r - 1]!]!, time[rows[r]!]!);
    rises &&= order <= 0;
    falls &&= order > 0;
  }
  // Most histories are in order, with the oldest or the newest first.
  if (rises) return;
  if (falls) rows.reverse();
  else rows.sort((a, b) => ascending(time[a]!, time[b]!) || a - b);
}

/** Unknown times first. */
const ascending = (a: number, b: number): number =>
  Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : Number.isNaN(b) ? 1 : a - b;

/** Owners that are being gathered into a batch, as columns; one after the other. */
class OwnerBatch {
  private readonly ids: StringColumn;
  private readonly uris: StringColumn;
  private readonly owners: Uint8Array;
  private readonly uri: UriBytes;
  private readonly rating: boolean;
  private readonly timed: boolean;
  private readonly id = new StringColumnBuilder();
  private readonly tracks = new StringColumnBuilder();
  private readonly ptr = growingInt32();
  private readonly idx = growingInt32();
  /** Weights of the entries, once one differs from 1. */
  private readonly weights = new Growing((n) => new Float64Array(n).fill(1), 0);
  private readonly times = new Growing((n) => new Float64Array(n));
  private weighted = false;
  private repeated = 0;
  /** Whether no two items are of one URI. */
  private distinct = true;
  /** Whether an owner has no items. */
  private vacant = false;
  /** By item its position among the tracks of the batch, and the items that have one. */
  private readonly position: Int32Array;
  private readonly listed = growingInt32();
  /** By item its entry, plus 1: those of other owners lie before the open one's. */
  private readonly entry: Int32Array;
  private start = 0;

  constructor(
    ids: StringColumn,
    uris: StringColumn,
    owners: string,
    items: string,
    { rating, timed }: { rating: boolean; timed: boolean },
  ) {
    this.ids = ids;
    this.uris = uris;
    this.owners = encoder.encode(`${owners}:`);
    this.uri = new UriBytes(items, (text) => uriCell(text, 'track', items)!);
    this.rating = rating;
    this.timed = timed;
    this.position = new Int32Array(uris.length).fill(-1);
    this.entry = new Int32Array(uris.length);
    this.ptr.push(0);
  }

  get entries(): number {
    return this.idx.length;
  }

  /** The owner whose items follow. */
  begin(user: number): void {
    this.id.pushRange(this.ids.heap, this.ids.offsets[user]!, this.ids.offsets[user + 1]!, this.owners);
    this.start = this.idx.length;
  }

  add(item: number, weight: number, time: number): void {
    const known = this.entry[item]! - 1;
    if (known < this.start) {
      this.idx.push(this.positionOf(item));
      this.entry[item] = this.idx.length;
      if (weight !== 1 || this.weighted) this.weigh(this.idx.length - 1, weight);
      if (this.timed) this.times.push(time);
      return;
    }
    this.repeated++;
    this.weigh(known, this.rating ? weight : this.weightOf(known) + weight);
    if (this.timed && !Number.isNaN(time)) this.times.data[known] = time;
  }

  private weightOf(entry: number): number {
    return this.weighted ? this.weights.data[entry]! : 1;
  }

  private weigh(entry: number, weight: number): void {
    this.weighted = true;
    this.weights.extend(this.idx.length);
    this.weights.data[entry] = weight;
  }

  /** @param weighted whether the table has weights */
  end(weighted: boolean): void {
    this.weighted ||= weighted;
    this.vacant ||= this.idx.length === this.start;
    this.ptr.push(this.idx.length);
  }

  /** Counts rows that were merged elsewhere. */
  addRepeated(rows: number): void {
    this.repeated += rows;
  }

  /** What was gathered; the next batch begins. @param goesOn whether its owner is that of the batch before */
  take(goesOn = false): Batch {
    const { id, tracks, ptr, idx, weights, times, repeated } = this;
    if (this.weighted) weights.extend(idx.length);
    const batch: Batch = {
      ...emptyBatch(),
      columns: { uri: tracks.finish(), features: {}, distinct: this.distinct },
      ownerColumns: {
        kind: 'person',
        id: id.finish(),
        items: { ptr: ptr.finish(), idx: idx.finish() },
        weights: this.weighted ? weights.take() : undefined,
        times: this.timed ? times.finish() : undefined,
        distinct: this.distinct && !this.vacant,
        goesOn,
      },
      ...(repeated > 0 && { cleaning: { 'rows of the same user and item, merged': repeated } }),
    };
    for (let i = 0; i < this.listed.length; i++) {
      this.position[this.listed.data[i]!] = -1;
      this.entry[this.listed.data[i]!] = 0;
    }
    for (const column of [ptr, idx, times, this.listed]) column.length = 0;
    ptr.push(0);
    id.clear();
    tracks.clear();
    this.weighted = false;
    this.repeated = 0;
    this.distinct = true;
    this.vacant = false;
    return batch;
  }

  private positionOf(item: number): number {
    const known = this.position[item]!;
    if (known >= 0) return known;
    const { uri, uris } = this;
    // Cells without an item are no rows of the table.
    uri.read(uris.heap, uris.offsets[item]!, uris.offsets[item + 1]!);
    this.tracks.pushRange(uri.bytes, uri.from, uri.to, uri.prefix);
    // Only a text in the form of a URI can be the URI of another id.
    if (uri.prefix.length === 0) this.distinct = false;
    this.listed.push(item);
    return (this.position[item] = this.listed.length - 1);
  }
}
