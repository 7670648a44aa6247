import type { BatchColumns } from './batch-columns.ts';
import { addCounts, type Counts, cleanFollowers, count } from './cleaning.ts';
import { Growing, growingIds } from './growing.ts';
import type { OwnerColumns, OwnerRow } from './rows.ts';
import { StringColumn, StringColumnBuilder } from './strings.ts';

/** Owners, as rows or columns, and the place of each track that they refer to by its position. */
export type PlacedOwners = { readonly places: Int32Array } & (
  | { readonly rows: readonly OwnerRow[] }
  | { readonly columns: OwnerColumns }
);

/** What owners say of their items. */
interface Items {
  readonly items: ArrayLike<number>;
  readonly weights?: ArrayLike<number>;
  readonly times?: ArrayLike<number>;
}

/** Owners as columns: each track once, and no owner without any. @param tracks how many there are */
export function encodeOwners(parts: readonly PlacedOwners[], tracks: number, cleaning: Counts): BatchColumns['owners'] {
  const [first] = parts;
  if (parts.length === 1 && 'columns' in first! && first.columns.distinct && areInOrder(first.places))
    return asTheyAre(first.columns);
  const entries = new Entries(parts, tracks);
  const id = new StringColumnBuilder();
  const title = new StringColumnBuilder();
  const kind = new Growing((n) => new Uint8Array(n));
  const followers = growingIds();
  const modifiedAt = new Growing((n) => new Float64Array(n).fill(Number.NaN));
  const cleanedFollowers: Counts = {};
  for (const part of parts) {
    const { places } = part;
    if ('columns' in part) {
      const { items, weights, times } = part.columns;
      const said = { items: items.idx, weights, times };
      for (let o = 0; o + 1 < items.ptr.length; o++) {
        if (!entries.add(said, items.ptr[o]!, items.ptr[o + 1]!, places)) continue;
        id.pushRange(part.columns.id.heap, part.columns.id.offsets[o]!, part.columns.id.offsets[o + 1]!);
        title.push('');
        kind.push(kindOf(part.columns));
        followers.push(-1);
        modifiedAt.push(Number.NaN);
      }
    } else
      for (const row of part.rows) {
        if (!entries.add(row, 0, row.items.length, places)) continue;
        id.push(row.id);
        title.push(row.title ?? '');
        kind.push(kindOf(row));
        followers.push(cleanFollowers(row.followers, cleanedFollowers));
        modifiedAt.push(row.modifiedAt ?? Number.NaN);
      }
  }
  const items = entries.finish(cleaning);
  addCounts(cleaning, cleanedFollowers);
  return {
    id: id.finish(),
    title: title.finish(),
    kind: kind.finish(),
    followers: followers.finish(),
    modifiedAt: modifiedAt.finish(),
    ...items,
  };
}

const kindOf = ({ kind }: Pick<OwnerRow, 'kind'>): number => (kind === 'person' ? 1 : 0);

/** Whether each track has the place of its position: no two of them are one. */
function areInOrder(places: Int32Array): boolean {
  for (let i = 0; i < places.length; i++) if (places[i] !== i) return false;
  return true;
}

/** Owners of which each has items, and none twice. */
function asTheyAre(columns: OwnerColumns): BatchColumns['owners'] {
  const { id, items, weights, times } = columns;
  const { length } = id;
  return {
    id,
    title: new StringColumn(new Uint8Array(0), new Uint32Array(length + 1)),
    kind: new Uint8Array(length).fill(kindOf(columns)),
    followers: new Int32Array(length).fill(-1),
    modifiedAt: new Float64Array(length).fill(Number.NaN),
    items,
    weights: weights ? new Float32Array(weights) : new Float32Array(0),
    times: times ?? new Float64Array(0),
  };
}

/** The entries of all owners. */
class Entries {
  private readonly idx: Int32Array;
  private readonly weights: Float32Array | null;
  private readonly times: Float64Array | null;
  private readonly ptr = new Growing((n) => new Int32Array(n));
  /** By track the last owner that has it, plus 1. */
  private readonly lastOwner: Int32Array;
  private at = 0;
  private owners = 0;
  private empty = 0;
  private duplicates = 0;

  constructor(parts: readonly PlacedOwners[], tracks: number) {
    let most = 0;
    let [weighted, timed] = [false, false];
    const look = ({ items, weights, times }: Items): void => {
      most += items.length;
      weighted ||= weights !== undefined;
      timed ||= times !== undefined;
    };
    for (const part of parts)
      if ('rows' in part) part.rows.forEach(look);
      else look({ ...part.columns, items: part.columns.items.idx });
    this.idx = new Int32Array(most);
    this.weights = weighted ? new Float32Array(most).fill(1) : null;
    this.times = timed ? new Float64Array(most).fill(Number.NaN) : null;
    this.lastOwner = new Int32Array(tracks);
    this.ptr.push(0);
  }

  /** Takes the items [from, to) of an owner. @returns false when it has none */
  add({ items, weights, times }: Items, from: number, to: number, places: Int32Array): boolean {
    const { idx, lastOwner } = this;
    const owner = ++this.owners;
    let { at } = this;
    for (let i = from; i < to; i++) {
      const track = places[items[i]!]!;
      if (lastOwner[track] === owner) continue;
      lastOwner[track] = owner;
      idx[at] = track;
      if (this.weights && weights) this.weights[at] = weights[i]!;
      if (this.times && times) this.times[at] = times[i]!;
      at++;
    }
    this.duplicates += to - from - (at - this.at);
    if (at === this.at) {
      this.empty++;
      return false;
    }
    this.at = at;
    this.ptr.push(at);
    return true;
  }

  finish(cleaning: Counts): Pick<BatchColumns['owners'], 'items' | 'weights' | 'times'> {
    const { at } = this;
    count(cleaning, 'duplicate entries in a playlist, left out', this.duplicates);
    count(cleaning, 'empty playlists, left out', this.empty);
    return {
      items: { ptr: this.ptr.finish(), idx: this.idx.slice(0, at) },
      weights: this.weights?.slice(0, at) ?? new Float32Array(0),
      times: this.times?.slice(0, at) ?? new Float64Array(0),
    };
  }
}
