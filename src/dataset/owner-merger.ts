import type { Csr } from '../math/csr.ts';
import type { BatchColumns } from './batch-columns.ts';
import { type Counts, count } from './cleaning.ts';
import type { DatasetParts, OwnerTable } from './dataset.ts';
import { Growing, growingIds, growingInt32 } from './growing.ts';
import { Interner } from './interner.ts';
import { TextPool } from './pools.ts';
import { Vocabulary } from './vocabulary.ts';

/**
 * Owners and their entries of many batches. A playlist that comes again is left out; a person that comes again (a history in several
 * files) gets the further tracks behind the earlier ones. An owner without entries only keeps its number, until it comes again.
 */
export class OwnerMerger {
  private ids = new Interner();
  private readonly title = growingInt32();
  private readonly texts = new TextPool();
  /** 1 = the owner has a number only. */
  private readonly vacant = new Growing((n) => new Uint8Array(n));
  private readonly kind = new Growing((n) => new Uint8Array(n));
  /** Both up to the last owner of whom it is known. */
  private readonly followers = growingIds(0);
  private readonly modifiedAt = new Growing((n) => new Float64Array(n).fill(Number.NaN), 0);
  /** Runs of entries: run r belongs to owner runOwner[r]; more runs than owners only when a person came again. */
  private readonly runOwner = growingInt32();
  private readonly runPtr = growingInt32();
  private readonly entries = growingInt32();
  private weights: Growing<Float32Array> | null = null;
  private times: Growing<Float64Array> | null = null;
  private readonly cleaning: Counts;

  constructor(cleaning: Counts) {
    this.cleaning = cleaning;
    this.runPtr.push(0);
  }

  /** Begins with the owners and entries of a dataset: they keep their numbers. */
  adopt({ owners, byOwner, times }: Pick<DatasetParts, 'owners' | 'byOwner' | 'times'>): void {
    const { ptr, idx, values } = byOwner;
    this.ids = Interner.of(owners.vocabulary.ids);
    this.title.adopt(this.texts.adopt(owners.titles));
    this.kind.adopt(owners.kind);
    this.followers.adopt(owners.followers);
    this.modifiedAt.adopt(owners.modifiedAt);
    this.vacant.extend(owners.count);
    this.entries.adopt(idx);
    for (let o = 0; o < owners.count; o++) {
      if (ptr[o] === ptr[o + 1]) this.vacant.data[o] = 1;
      this.runOwner.push(o);
      this.runPtr.push(ptr[o + 1]!);
    }
    if (values) (this.weights = startColumn((n) => new Float32Array(n).fill(1), this.entries)).adopt(values);
    if (times) (this.times = startColumn((n) => new Float64Array(n).fill(Number.NaN), this.entries)).adopt(times);
  }

  /** Gives the owners of a replaced part their numbers, so that those behind them keep theirs. */
  reserve({ id, kind }: BatchColumns['owners']): void {
    for (let i = 0; i < kind.length; i++) {
      const before = this.ids.size;
      if (this.ids.add(id.heap, id.offsets[i]!, id.offsets[i + 1]!) === before) this.create(kind[i]!);
    }
  }

  /** @param trackNumbers of the batch's tracks */
  add(owners: BatchColumns['owners'], trackNumbers: Int32Array): void {
    const { ptr, idx } = owners.items;
    this.entries.reserve(this.entries.length + idx.length);
    const numbers = this.ids.addAll(owners.id);
    for (let i = 0; i < owners.kind.length; i++) {
      const number = numbers[i]!;
      if (number === this.kind.length) this.create(owners.kind[i]!);
      if (this.vacant.data[number] === 1) {
        this.vacant.data[number] = 0;
        if (!owners.title.isEmpty(i)) this.title.data[number] = this.texts.put(owners.title, i);
        this.kind.data[number] = owners.kind[i]!;
        this.setFacts(number, owners.followers[i]!, owners.modifiedAt[i]!);
      } else if (this.kind.data[number] === 0) {
        count(this.cleaning, 'playlists that were already there, left out');
        continue;
      }
      const start = this.entries.length;
      const end = ptr[i + 1]!;
      const { data } = this.entries;
      let at = start;
      for (let e = ptr[i]!; e < end; e++) data[at++] = trackNumbers[idx[e]!]!;
      this.entries.length = at;
      this.addValues(owners, ptr[i]!, end, start);
      this.runOwner.push(number);
      this.runPtr.push(at);
    }
  }

  finish(tracks: number): { owners: OwnerTable; byOwner: Csr; times: Float64Array | null } {
    const rows = this.ids.size;
    this.followers.extend(rows);
    this.modifiedAt.extend(rows);
    const owners: OwnerTable = {
      count: rows,
      vocabulary: new Vocabulary(this.ids.finish()),
      titles: this.texts.gather(this.title.data, rows),
      kind: this.kind.take(),
      followers: this.followers.take(),
      modifiedAt: this.modifiedAt.take(),
    };
    if (!this.oneRunEach(rows)) return { owners, ...this.joinRuns(rows, tracks) };
    return {
      owners,
      byOwner: {
        rows,
        columns: tracks,
        ptr: this.runPtr.takeView(),
        idx: this.entries.takeView(),
        values: this.weights?.take() ?? null,
      },
      times: this.times?.take() ?? null,
    };
  }

  private create(kind: number): void {
    this.title.push(0);
    this.kind.push(kind);
    this.vacant.push(1);
  }

  private setFacts(owner: number, followers: number, modifiedAt: number): void {
    if (followers >= 0) this.followers.extend(owner + 1);
    if (owner < this.followers.length) this.followers.data[owner] = followers;
    if (!Number.isNaN(modifiedAt)) this.modifiedAt.extend(owner + 1);
    if (owner < this.modifiedAt.length) this.modifiedAt.data[owner] = modifiedAt;
  }

  /** Whether the entries are in the order of the owners. */
  private oneRunEach(rows: number): boolean {
    if (this.runOwner.length !== rows) return false;
    for (let r = 0; r < rows; r++) if (this.runOwner.data[r] !== r) return false;
    return true;
  }

  /** Copies weights and times of one owner; the first owner that brings any starts the column. */
  private addValues(owners: BatchColumns['owners'], from: number, to: number, start: number): void {
    const length = start + to - from;
    if (owners.weights.length > 0) this.weights ??= startColumn((n) => new Float32Array(n).fill(1), this.entries);
    if (owners.times.length > 0) this.times ??= startColumn((n) => new Float64Array(n).fill(Number.NaN), this.entries);
    if (this.weights) take(this.weights, owners.weights, from, to, length);
    if (this.times) take(this.times, owners.times, from, to, length);
  }

  /** Lays the runs of each owner one behind the other, each track once (the first counts). */
  private joinRuns(rows: number, tracks: number): { byOwner: Csr; times: Float64Array | null } {
    const runs = this.runOwner.length;
    const runsOf = new Int32Array(rows + 1);
    for (let r = 0; r < runs; r++) runsOf[this.runOwner.data[r]! + 1]!++;
    for (let o = 0; o < rows; o++) runsOf[o + 1]! += runsOf[o]!;
    const order = new Int32Array(runs);
    const cursor = runsOf.slice(0, rows);
    for (let r = 0; r < runs; r++) order[cursor[this.runOwner.data[r]!]!++] = r;

    const ptr = new Int32Array(rows + 1);
    const idx = new Int32Array(this.entries.length);
    const values = this.weights ? new Float32Array(idx.length) : null;
    const times = this.times ? new Float64Array(idx.length) : null;
    const lastOwner = new Int32Array(tracks);
    let at = 0;
    for (let o = 0; o < rows; o++) {
      for (let k = runsOf[o]!; k < runsOf[o + 1]!; k++) {
        const run = order[k]!;
        for (let e = this.runPtr.data[run]!; e < this.runPtr.data[run + 1]!; e++) {
          const track = this.entries.data[e]!;
          if (lastOwner[track] === o + 1) continue;
          lastOwner[track] = o + 1;
          idx[at] = track;
          if (values) values[at] = this.weights!.data[e]!;
          if (times) times[at] = this.times!.data[e]!;
          at++;
        }
      }
      ptr[o + 1] = at;
    }
    count(this.cleaning, 'duplicate entries of a person across files, left out', idx.length - at);
    const kept = <T extends Int32Array | Float32Array | Float64Array>(column: T): T =>
      at === column.length ? column : (column.slice(0, at) as T);
    return {
      byOwner: { rows, columns: tracks, ptr, idx: kept(idx), values: values && kept(values) },
      times: times && kept(times),
    };
  }
}

function startColumn<T extends Float32Array | Float64Array>(
  allocate: (length: number) => T,
  beside: Growing<Int32Array>,
): Growing<T> {
  return new Growing(allocate, Math.max(1, beside.length));
}

/** Copies values, where there are any, so that the column has `length` of them. Most owners of a long table have few. */
function take(
  into: Growing<Float32Array> | Growing<Float64Array>,
  values: Float32Array | Float64Array,
  from: number,
  to: number,
  length: number,
): void {
  into.extend(length);
  if (values.length === 0) return;
  const { data } = into;
  for (let i = from, at = length - (to - from); i < to; i++) data[at++] = values[i]!;
}
