import { withoutBrackets } from '../../dataset/brackets.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';

/** What tells versions of a work apart besides brackets: what follows a dash ("Remastered 2009", "Live", "feat. …"). */
const DASH = /\s-\s/;

/** A title without what tells versions apart. */
function workTitle(name: string): string {
  const bare = withoutBrackets(name, '([', ')]');
  const dash = bare.search(DASH);
  return dash < 0 ? bare : bare.slice(0, dash).trimEnd();
}

/** Tracks by the work that they are a version of: same main artist, same title but for the version. Coarser than the catalogue's songs, which are the same recording. */
export interface Works {
  readonly count: number;
  /** Work of each track. */
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

/** How many owners hold each work, a version at a time. */
export function workPopularity(dataset: Dataset, { count, of }: Works): Float32Array {
  const popularity = new Float32Array(count);
  for (let t = 0; t < of.length; t++) popularity[of[t]!]! += dataset.ownersOf(t);
  return popularity;
}

/** How many owners hold each song, a version at a time. */
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
  // Only a work of several versions can come again; bytes stay in the cache where numbers would not.
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
