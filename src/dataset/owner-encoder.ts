import type { BatchColumns } from './batch-columns.ts';
import { type Counts, cleanFollowers, count } from './cleaning.ts';
import type { OwnerRow } from './rows.ts';
import { StringColumnBuilder } from './strings.ts';

/** Owners, and the place of each track that they refer to by its position. */
export interface PlacedOwners {
  readonly rows: readonly OwnerRow[];
  readonly places: Int32Array;
}

/** Owner rows as columns: each track once, and no owner without any. @param tracks how many there are */
export function encodeOwners(parts: readonly PlacedOwners[], tracks: number, cleaning: Counts): BatchColumns['owners'] {
  const all = parts.flatMap(({ rows, places }) => rows.map((row) => ({ row, places })));
  let most = 0;
  for (const { row } of all) most += row.items.length;
  const idx = new Int32Array(most);
  const weights = all.some(({ row }) => row.weights) ? new Float32Array(most).fill(1) : null;
  const times = all.some(({ row }) => row.times) ? new Float64Array(most).fill(Number.NaN) : null;
  const kept: OwnerRow[] = [];
  const ptr: number[] = [0];
  const lastOwner = new Int32Array(tracks);
  let at = 0;
  for (let r = 0; r < all.length; r++) {
    const { row, places } = all[r]!;
    const { items, weights: rowWeights, times: rowTimes } = row;
    const start = at;
    for (let i = 0; i < items.length; i++) {
      const track = places[items[i]!]!;
      if (lastOwner[track] === r + 1) continue;
      lastOwner[track] = r + 1;
      idx[at] = track;
      if (weights && rowWeights) weights[at] = rowWeights[i]!;
      if (times && rowTimes) times[at] = rowTimes[i]!;
      at++;
    }
    count(cleaning, 'duplicate entries in a playlist, left out', items.length - (at - start));
    if (at === start) count(cleaning, 'empty playlists, left out');
    else {
      kept.push(row);
      ptr.push(at);
    }
  }
  const id = new StringColumnBuilder();
  const title = new StringColumnBuilder();
  for (const row of kept) {
    id.push(row.id);
    title.push(row.title ?? '');
  }
  return {
    id: id.finish(),
    title: title.finish(),
    kind: Uint8Array.from(kept, (row) => (row.kind === 'person' ? 1 : 0)),
    followers: Int32Array.from(kept, (row) => cleanFollowers(row.followers, cleaning)),
    modifiedAt: Float64Array.from(kept, (row) => row.modifiedAt ?? Number.NaN),
    items: { ptr: Int32Array.from(ptr), idx: idx.slice(0, at) },
    weights: weights ? weights.slice(0, at) : new Float32Array(0),
    times: times ? times.slice(0, at) : new Float64Array(0),
  };
}
