import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';
import { asColumns, numberColumns } from '../als/grouping.ts';

/**
 * Groups tracks that owners cannot distinguish: those with the same main artist and the same single owner. Any other track that somebody holds is a
 * group of its own. A track that nobody holds is cold: it is in its artist's cold group, or in none when the artist is unknown. In playlist data most
 * tracks have one owner, so there are about half as many groups as tracks.
 */
export interface ItemGroups {
  readonly count: number;
  /**
   * Group of each track, −1 when nobody holds it and its artist is unknown. Groups are numbered by their first track; cold groups come last, by
   * artist.
   */
  readonly of: Int32Array;
  /** The first track of each group, which represents the group wherever its tracks cannot be distinguished. */
  readonly first: Int32Array;
  /** The first cold group: nobody holds the tracks of this and all later groups. */
  readonly cold: number;
  /** Tracks of each group: ascending; in a cold group by listed popularity, most popular first. */
  readonly members: Csr;
  /** artists × groups; values = tracks in the group. */
  readonly byArtist: Csr;
  /** Main artist of each group, −1 when unknown. */
  readonly artist: Int32Array;
  /** Owners that hold each track of the group. */
  readonly popularity: Float32Array;
}

/** An artist's cold group, −1 without one. */
export function coldGroupOf({ byArtist, cold }: Pick<ItemGroups, 'byArtist' | 'cold'>, artist: number): number {
  // Cold groups come last, so an artist's cold group is the last of its groups.
  const last = byArtist.ptr[artist + 1]! > byArtist.ptr[artist]! ? byArtist.idx[byArtist.ptr[artist + 1]! - 1]! : -1;
  return last >= cold ? last : -1;
}

/** Most cold groups, since each has a row in the table of scores. */
const MOST_COLD = 30_000;

/** The expensive part of the groups, from which the rest follows quickly: all but the cold groups, and the owners' lists in groups. */
export interface GroupedLists {
  /** Group of each track, −1 when nobody holds it. */
  readonly of: Int32Array;
  /** owners × groups, each group at the place of its first track in the owner's list. */
  readonly lists: Csr;
}

/** @param artistOf main artist of each track, −1 when unknown */
export function groupedLists(dataset: Dataset, artistOf: Int32Array): GroupedLists {
  const { byOwner, byTrack } = dataset;
  const { columnOf, sizes } = numberColumns(
    dataset.tracks.count,
    (track) => byTrack.ptr[track + 1]! - byTrack.ptr[track]!,
    (track) => byTrack.idx[byTrack.ptr[track]!]!,
    dataset.owners.count,
    { labels: artistOf },
  );
  const { rows, columns, ptr, idx } = asColumns(byOwner, columnOf, sizes);
  return { of: columnOf, lists: { rows, columns, ptr, idx, values: null } };
}

/**
 * @param artistOf main artist of each track, −1 when unknown @param grouped the result of `groupedLists` for the same tracks
 * @param withCold adds a group per artist for tracks that nobody holds
 */
export function itemGroups(
  dataset: Dataset,
  artistOf: Int32Array,
  { of: held, lists }: Pick<GroupedLists, 'of'> & { readonly lists: Pick<Csr, 'columns'> } = groupedLists(
    dataset,
    artistOf,
  ),
  withCold = false,
): ItemGroups {
  const cold = lists.columns;
  const of = withCold ? addColdGroups(dataset, artistOf, held, cold) : held;
  let count = cold;
  for (let t = 0; t < of.length; t++) if (of[t]! >= count) count = of[t]! + 1;
  const sizes = new Int32Array(count);
  for (let t = 0; t < of.length; t++) if (of[t]! >= 0) sizes[of[t]!]!++;
  const members = groupMembers(of, sizes);
  const { popularity } = dataset.tracks;
  for (let b = cold; b < count; b++)
    members.idx.subarray(members.ptr[b]!, members.ptr[b + 1]!).sort((s, t) => popularity[t]! - popularity[s]! || s - t);
  const first = new Int32Array(count);
  const artist = new Int32Array(count);
  const holders = new Float32Array(count);
  const { ptr } = dataset.byTrack;
  for (let b = 0; b < count; b++) {
    const track = members.idx[members.ptr[b]!]!;
    first[b] = track;
    artist[b] = artistOf[track]!;
    holders[b] = ptr[track + 1]! - ptr[track]!;
  }
  const byArtist = groupsByArtist(artist, sizes, dataset.artists.count);
  return {
    count,
    cold,
    of,
    first,
    members,
    byArtist,
    artist,
    popularity: holders,
  };
}

/** Number of tracks that nobody holds, by artist; those of unknown artists are left out. */
export function coldSongs(dataset: Dataset, artistOf: Int32Array): Int32Array {
  const songs = new Int32Array(dataset.artists.count);
  const { ptr } = dataset.byTrack;
  for (let t = 0; t < artistOf.length; t++) if (artistOf[t]! >= 0 && ptr[t] === ptr[t + 1]) songs[artistOf[t]!]!++;
  return songs;
}

/**
 * Adds, for each artist with tracks that nobody holds, a group of these after all others. Where there are too many such artists, keeps those with the
 * most entries, then the most popular.
 */
function addColdGroups(dataset: Dataset, artistOf: Int32Array, held: Int32Array, count: number): Int32Array {
  const songs = coldSongs(dataset, artistOf);
  let artists = Int32Array.from(songs.keys()).filter((artist) => songs[artist]! > 0);
  if (artists.length > MOST_COLD) {
    const entries = new Int32Array(songs.length);
    const { ptr } = dataset.byTrack;
    for (let t = 0; t < artistOf.length; t++) if (artistOf[t]! >= 0) entries[artistOf[t]!]! += ptr[t + 1]! - ptr[t]!;
    const { popularity } = dataset.artists;
    artists.sort((a, b) => entries[b]! - entries[a]! || popularity[b]! - popularity[a]! || a - b);
    artists = artists.slice(0, MOST_COLD).sort();
  }
  const groups = new Int32Array(songs.length).fill(-1);
  for (const [i, artist] of artists.entries()) groups[artist] = count + i;
  const of = held.slice();
  for (let t = 0; t < of.length; t++) if (of[t]! < 0 && artistOf[t]! >= 0) of[t] = groups[artistOf[t]!]!;
  return of;
}

function groupMembers(of: Int32Array, sizes: Int32Array): Csr {
  const ptr = new Int32Array(sizes.length + 1);
  for (let b = 0; b < sizes.length; b++) ptr[b + 1] = ptr[b]! + sizes[b]!;
  const cursor = ptr.slice();
  const idx = new Int32Array(ptr[sizes.length]!);
  for (let t = 0; t < of.length; t++) if (of[t]! >= 0) idx[cursor[of[t]!]!++] = t;
  return { rows: sizes.length, columns: of.length, ptr, idx, values: null };
}

function groupsByArtist(artist: Int32Array, sizes: Int32Array, artists: number): Csr {
  const ptr = new Int32Array(artists + 1);
  for (let b = 0; b < artist.length; b++) if (artist[b]! >= 0) ptr[artist[b]! + 1]!++;
  for (let a = 0; a < artists; a++) ptr[a + 1]! += ptr[a]!;
  const cursor = ptr.slice();
  const idx = new Int32Array(ptr[artists]!);
  const values = new Float32Array(idx.length);
  for (let b = 0; b < artist.length; b++) {
    if (artist[b]! < 0) continue;
    const at = cursor[artist[b]!]!++;
    idx[at] = b;
    values[at] = sizes[b]!;
  }
  return { rows: artists, columns: artist.length, ptr, idx, values };
}
