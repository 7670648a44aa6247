import { crc32 } from 'node:zlib';
import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';
import { type Csr, transpose } from '../../math/csr.ts';
import { present } from '../../math/kernels/file-memory.ts';
import type { Int8Rows } from '../../math/kernels/int8-index.ts';
import { allWithin } from '../../math/range.ts';
import { RowsOnDemand } from '../../math/rows-on-demand.ts';
import { type Artifact, arrayOf, arrayOnDemand } from '../artifact.ts';
import { artistRows } from '../artists/artist-rows.ts';
import { int8Arrays, int8RowsOf } from '../int8-arrays.ts';
import type { HybridCatalogue } from './catalogue.ts';
import { type GroupedLists, groupedLists } from './item-groups.ts';
import { ownerWorks } from './works.ts';

/**
 * Indexes derived from who holds what. Building them dominates the loading time of a large library, and every answering thread would build its own,
 * so they are saved with the model.
 */
export interface OwnerIndexes {
  readonly groups: GroupedLists;
  /** owners × artists (see `artistRows`), and its transpose. */
  readonly artists: Csr;
  readonly byArtist: Csr;
  /** Start of each owner's works, and works × owners. */
  readonly worksPtr: Int32Array;
  readonly byWork: Csr;
}

/** The indexes; their entries may be left in the model's file and loaded on demand. */
export interface OwnerRows {
  readonly groups: { readonly of: Int32Array; readonly lists: RowsOnDemand };
  readonly artists: RowsOnDemand;
  readonly byArtist: RowsOnDemand;
  readonly worksPtr: Int32Array;
  readonly byWork: RowsOnDemand;
}

export const ownerRows = ({ groups, artists, byArtist, worksPtr, byWork }: OwnerIndexes): OwnerRows => ({
  groups: { of: groups.of, lists: new RowsOnDemand(groups.lists) },
  artists: new RowsOnDemand(artists),
  byArtist: new RowsOnDemand(byArtist),
  worksPtr,
  byWork: new RowsOnDemand(byWork),
});

export function ownerIndexes(dataset: Dataset, { artistOf, works }: HybridCatalogue): OwnerIndexes {
  const artists = artistRows(dataset, artistOf);
  const held = ownerWorks(dataset, works);
  return {
    groups: groupedLists(dataset, artistOf),
    artists,
    byArtist: transpose(artists),
    worksPtr: held.ptr,
    byWork: transpose(held),
  };
}

/** The indexes as arrays for the artifact, with a digest of what they were made from. */
export function saveOwnerIndexes(
  { groups, artists, byArtist, worksPtr, byWork }: OwnerRows,
  dataset: Dataset,
  { artistOf }: HybridCatalogue,
): { madeFrom: string; arrays: Artifact['arrays'] } {
  const csr = (name: string, rows: RowsOnDemand): Artifact['arrays'] => {
    const { ptr, idx, values } = rows.whole;
    return { [`${name}.ptr`]: ptr, [`${name}.idx`]: idx, ...(values && { [`${name}.values`]: values }) };
  };
  return {
    madeFrom: digest(dataset, artistOf),
    arrays: {
      'groups.of': groups.of,
      ...csr('groups', groups.lists),
      ...csr('artists', artists),
      ...csr('byArtist', byArtist),
      'works.ptr': worksPtr,
      ...csr('byWork', byWork),
    },
  };
}

/**
 * Loads the saved indexes; null where the model saved none, or made them from owners other than the dataset's present ones.
 * @throws SegueError FILE_UNREADABLE
 */
export function loadOwnerIndexes(
  artifact: Artifact,
  dataset: Dataset,
  { artistOf, works }: HybridCatalogue,
): OwnerRows | null {
  const { madeFrom } = artifact.meta;
  if (typeof madeFrom !== 'string' || madeFrom !== digest(dataset, artistOf)) return null;
  const owners = dataset.owners.count;
  const artists = dataset.artists.count;
  const of = arrayOf(artifact, 'groups.of', 'Int32Array', dataset.tracks.count);
  let count = 0;
  // Groups are numbered in the order of the tracks.
  for (const group of of) {
    if (group < -1 || group > count) throw damaged();
    if (group === count) count++;
  }
  return ownerRows({
    groups: { of, lists: savedCsr(artifact, 'groups', owners, count, false) },
    artists: savedCsr(artifact, 'artists', owners, artists, true),
    byArtist: savedCsr(artifact, 'byArtist', artists, owners, true),
    worksPtr: savedPtr(artifact, 'works', owners),
    byWork: savedCsr(artifact, 'byWork', works.count, owners, false),
  });
}

/** A digest of the owners and their tracks. */
function digest({ byOwner: { ptr, idx }, entriesChecksum }: Dataset, artistOf: Int32Array): string {
  return `${ptr.length} ${idx.length} ${crcOf(entriesChecksum, artistOf)}`;
}

const crcOf = (before: number, ...arrays: (Int32Array | Int16Array)[]): string =>
  arrays.reduce((crc, a) => crc32(new Uint8Array(a.buffer, a.byteOffset, a.byteLength), crc), before).toString(16);

/** The cold groups' vectors for the artifact. They depend on the owners, on the artists' genres and on listed popularity. */
export function saveColdRows(rows: Int8Rows, dataset: Dataset): { madeFrom: string; arrays: Artifact['arrays'] } {
  return { madeFrom: coldDigest(dataset), arrays: int8Arrays('cold', rows) };
}

/**
 * Loads the saved vectors; null where the model saved none, or made them from a catalogue other than the library's present one. @throws SegueError
 * FILE_UNREADABLE
 */
export function loadColdRows(artifact: Artifact, dataset: Dataset, dimension: number): Int8Rows | null {
  const { cold } = artifact.meta;
  if (typeof cold !== 'string' || cold !== coldDigest(dataset)) return null;
  return int8RowsOf(artifact, 'cold', arrayOf(artifact, 'cold.scales', 'Float32Array').length, dimension);
}

const coldDigest = ({ artists: { genres, popularity } }: Dataset): string =>
  crcOf(0, genres.ptr, genres.idx, popularity);

function savedPtr(artifact: Artifact, name: string, rows: number): Int32Array {
  const ptr = arrayOf(artifact, `${name}.ptr`, 'Int32Array', rows + 1);
  if (artifact.sound) return ptr;
  if (ptr[0] !== 0) throw damaged();
  for (let r = 0; r < rows; r++) if (ptr[r]! > ptr[r + 1]!) throw damaged();
  return ptr;
}

function savedCsr(artifact: Artifact, name: string, rows: number, columns: number, weighted: boolean): Csr {
  const ptr = savedPtr(artifact, name, rows);
  const idx = arrayOnDemand(artifact, `${name}.idx`, 'Int32Array', ptr[rows]!);
  if (!artifact.sound && !allWithin(present(idx), 0, columns)) throw damaged();
  const values = weighted ? arrayOnDemand(artifact, `${name}.values`, 'Float32Array', idx.length) : null;
  return { rows, columns, ptr, idx, values };
}

const damaged = (): SegueError =>
  new SegueError('FILE_UNREADABLE', {
    got: 'The saved model "hybrid" names owners, artists or songs that do not exist',
    expected: 'indexes saved by this version',
    remedy: 'Train it again with `segue train hybrid`',
  });
