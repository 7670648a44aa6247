import { Growing, growingInt32 } from '../dataset/growing.ts';
import { Interner } from '../dataset/interner.ts';
import { type Batch, emptyBatch } from '../dataset/rows.ts';
import type { StringColumn } from '../dataset/strings.ts';
import { rowsByGroup } from '../math/csr.ts';
import { uriCell } from './cells.ts';

/** Entries of one batch, so that memory beside the columns stays small. */
const ENTRIES_AT_ONCE = 500_000;

/**
 * Interactions in the order of the file, which need not be grouped by user: columns of numbers, sorted by user at the end.
 * 8 bytes a row, and 4 more for weights and 8 for times where there are any.
 */
export class InteractionTable {
  private readonly users = new Interner();
  private readonly items = new Interner();
  private readonly user = growingInt32();
  private readonly item = growingInt32();
  private readonly weight: Growing<Float32Array> | null;
  private readonly time: Growing<Float64Array> | null;
  private readonly rating: boolean;

  constructor({ weights, times, rating }: { weights: boolean; times: boolean; rating: boolean }) {
    this.weight = weights ? new Growing((n) => new Float32Array(n)) : null;
    this.time = times ? new Growing((n) => new Float64Array(n)) : null;
    this.rating = rating;
  }

  add(user: string, item: string, weight: number, time: number): void {
    this.user.push(this.users.addText(user));
    this.item.push(this.items.addText(item));
    this.weight?.push(weight);
    this.time?.push(time);
  }

  /** Owners in order of first appearance, their items by time, else in the order of the file; rows of one user and item are one entry. */
  *batches(owners: string, items: string): Generator<Batch> {
    const ids = this.users.finish();
    const uris = this.items.finish();
    const { ptr, rows } = rowsByGroup(this.user.data.subarray(0, this.user.length), ids.length);
    let batch = new BatchOfOwners(uris, items);
    for (let user = 0; user < ids.length; user++) {
      const mine = rows.subarray(ptr[user]!, ptr[user + 1]!);
      const { time } = this;
      if (time) mine.sort((a, b) => ascending(time.data[a]!, time.data[b]!) || a - b);
      this.addOwner(batch, `${owners}:${ids.get(user)}`, mine);
      if (batch.entries >= ENTRIES_AT_ONCE) {
        yield batch.finish();
        batch = new BatchOfOwners(uris, items);
      }
    }
    if (batch.entries > 0) yield batch.finish();
  }

  private addOwner(batch: BatchOfOwners, id: string, rows: Int32Array): void {
    const place = new Map<number, number>();
    const weights: number[] = [];
    const times: number[] = [];
    for (const row of rows) {
      const item = this.item.data[row]!;
      const weight = this.weight ? this.weight.data[row]! : 1;
      const at = place.get(item);
      if (at === undefined) {
        place.set(item, weights.length);
        weights.push(weight);
        if (this.time) times.push(this.time.data[row]!);
      } else {
        weights[at] = this.rating ? weight : weights[at]! + weight;
        if (this.time && !Number.isNaN(this.time.data[row]!)) times[at] = this.time.data[row]!;
      }
    }
    const repeated = rows.length - place.size;
    const weighted = this.weight !== null || repeated > 0;
    batch.add(id, [...place.keys()], weighted ? weights : undefined, this.time ? times : undefined, repeated);
  }
}

/** Unknown times first. */
const ascending = (a: number, b: number): number =>
  Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : Number.isNaN(b) ? 1 : a - b;

class BatchOfOwners {
  entries = 0;
  private readonly batch = emptyBatch();
  private readonly positions = new Map<number, number>();
  private readonly uris: StringColumn;
  private readonly prefix: string;
  private repeated = 0;

  constructor(uris: StringColumn, prefix: string) {
    this.uris = uris;
    this.prefix = prefix;
  }

  add(
    id: string,
    numbers: readonly number[],
    weights: number[] | undefined,
    times: number[] | undefined,
    repeated: number,
  ): void {
    const items = Int32Array.from(numbers, (number) => this.position(number));
    this.batch.owners.push({ id, kind: 'person', items, weights, times });
    this.entries += items.length;
    this.repeated += repeated;
  }

  finish(): Batch {
    if (this.repeated > 0) this.batch.cleaning = { 'rows of the same user and item, merged': this.repeated };
    return this.batch;
  }

  private position(number: number): number {
    let position = this.positions.get(number);
    if (position === undefined) {
      position = this.batch.tracks.length;
      this.positions.set(number, position);
      this.batch.tracks.push({ uri: uriCell(this.uris.get(number), 'track', this.prefix)! });
    }
    return position;
  }
}
