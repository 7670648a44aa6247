import { withoutBrackets } from '../../dataset/brackets.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';

/** Besides brackets, a dash starts what distinguishes versions of a song ("Remastered 2009", "Live", "feat. …"). */
const DASH = /\s-\s/;

/** A title without the parts that distinguish versions. */
function workTitle(name: string): string {
  const bare = withoutBrackets(name, '([', ')]');
  const dash = bare.search(DASH);
  return dash < 0 ? bare : bare.slice(0, dash).trimEnd();
}

/**
 * Groups tracks into works. A work is a song in all its versions: same main artist, same title apart from the version. Coarser than the catalogue's
 * songs, which share one recording.
 */
export interface Works {
  readonly count: number;
  /** Work number of each track. */
  readonly of: Int32Array;
}

/** @param artistOf main artist of each track, −1 when unknown */
export function numberWorks(dataset: Dataset, artistOf: Int32Array): Works {
  const numbers = new Map<string, number>();
  const of = new Int32Array(dataset.tracks.count);
  for (let t = 0; t < of.length; t++) {
    const name = dataset.tracks.names.get(t).toLowerCase();
    const key = `${artistOf[t]!} ${workTitle(name) || name}`;
    let work = numbers.get(key);
    if (work === undefined) {
      work = numbers.size;
      numbers.set(key, work);
    }
    of[t] = work;
  }
  return { count: numbers.size, of };
}

/** Number of owners of each work, summed over its versions. */
export function workPopularity(dataset: Dataset, { count, of }: Works): Float32Array {
  const popularity = new Float32Array(count);
  for (let t = 0; t < of.length; t++) popularity[of[t]!]! += dataset.ownersOf(t);
  return popularity;
}

/** Number of owners of each song, summed over its versions. */
export function songPopularity(dataset: Dataset): Float32Array {
  const { count, song } = dataset.tracks;
  const popularity = new Float32Array(count);
  for (let t = 0; t < count; t++) popularity[song[t]!]! += dataset.ownersOf(t);
  return popularity;
}

/** owners × works, each work at most once. */
export function ownerWorks({ byOwner }: Dataset, { count, of }: Works): Csr {
  const { rows } = byOwner;
  const ptr = new Int32Array(rows + 1);
  const idx = new Int32Array(byOwner.idx.length);
  const seenBy = new Int32Array(count).fill(-1);
  // Only a work with several versions can repeat; one byte per work stays in the cache, wider numbers would not.
  const versions = new Uint8Array(count);
  for (const work of of) if (versions[work]! < 2) versions[work]!++;
  let at = 0;
  for (let owner = 0; owner < rows; owner++) {
    for (let e = byOwner.ptr[owner]!; e < byOwner.ptr[owner + 1]!; e++) {
      const work = of[byOwner.idx[e]!]!;
      if (versions[work] === 2) {
        if (seenBy[work] === owner) continue;
        seenBy[work] = owner;
      }
      idx[at++] = work;
    }
    ptr[owner + 1] = at;
  }
  return { rows, columns: count, ptr, idx: idx.slice(0, at), values: null };
}
