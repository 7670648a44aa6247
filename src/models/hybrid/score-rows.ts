import { Region, regionOf } from '../../math/kernels/memory.ts';
import { scatterRows } from '../../math/kernels/scatter.ts';
import { zero } from '../../math/kernels/score-table.ts';
import type { RowsOnDemand } from '../../math/rows-on-demand.ts';
import type { ItemGroups } from './item-groups.ts';
import { STRIDE } from './retrievers.ts';
import type { Voters } from './voters.ts';

/** Most rows where only groups that voters hold get one; groups met after that are left out. */
const MOST_ROWS = 500_000;
/** Most rows for songs that nobody holds, where every held group has a row. */
export const MOST_COLD_ROWS = 2000;
const MANY = 255;

/**
 * The table of scores. It has a row for each group that a voter holds, in the order in which they are met, or for every group that any owner holds;
 * plus one for each enrolled cold group. Also keeps the voters' lists as row numbers. Scratch, overwritten by the next query.
 */
export class ScoreRows {
  count = 0;
  /** Group of each row, in the kernels' memory. */
  readonly groupOf: Int32Array;
  /** Voter v holds the rows entries[ptr[v] … ptr[v + 1]), in the owner's order. In the kernels' memory. */
  readonly ptr: Int32Array;
  entries: Int32Array;
  /** Number of voters that hold each row; not counted where every group has a row. */
  readonly held: Uint16Array;
  /** rows × STRIDE, in the kernels' memory */
  readonly table: Float32Array;
  private readonly region: Region;
  /** A separate region for the entries, since they grow. */
  private entryRegion = new Region();
  private readonly lists: RowsOnDemand;
  /** Row of each group, −1 when it has none. */
  private readonly places: Int32Array;
  /**
   * Number of voters that hold each group, counted up to MANY; MANY also marks groups that have a row regardless. One byte each, so the array stays
   * in the cache.
   */
  private readonly holders: Uint8Array;
  /** Whether every held group permanently has the row with its own number. */
  readonly all: boolean;
  /** Number of leading rows that every query has: those of all held groups, or none. */
  readonly fixed: number;

  /** @param lists owners × groups @param all gives every group that somebody holds a row */
  constructor(groups: ItemGroups, lists: RowsOnDemand, voters: Voters, all: boolean) {
    this.lists = lists;
    this.all = all;
    this.fixed = all ? groups.cold : 0;
    const most = Math.min(groups.count, all ? groups.cold + MOST_COLD_ROWS : MOST_ROWS);
    this.held = new Uint16Array(most);
    this.region = regionOf(this);
    this.table = this.region.float32(most * STRIDE);
    this.ptr = this.region.int32(voters.owners.length + 1);
    this.entries = this.entryRegion.int32(1 << 16);
    this.groupOf = this.region.int32(most);
    for (let row = 0; row < most; row++) this.groupOf[row] = row;
    this.holders = new Uint8Array(all ? 0 : groups.count);
    this.places = new Int32Array(groups.count).fill(-1);
    for (let row = 0; row < this.fixed; row++) this.places[row] = row;
    this.count = this.fixed;
  }

  dispose(): void {
    this.region.free();
    this.entryRegion.free();
  }

  /** Row of a group, −1 when it has none. */
  of(group: number): number {
    return this.places[group]!;
  }

  /** Gives a group a row; −1 when the table is full. */
  enrol(group: number): number {
    const { places, groupOf } = this;
    if (places[group]! >= 0) return places[group]!;
    if (this.count === groupOf.length) return -1;
    places[group] = this.count;
    groupOf[this.count] = group;
    return this.count++;
  }

  /** Clears the rows of the last query. */
  reset(): void {
    const { groupOf, places, held } = this;
    held.fill(0, this.fixed, this.count);
    for (let row = this.fixed; row < this.count; row++) places[groupOf[row]!] = -1;
    this.count = this.fixed;
  }

  /**
   * Reads the voters' lists and gives rows to the groups they hold.
   * @param least voters, at most MANY, that must hold a group for it to get a row; a group with fewer is left out of the entries unless it already
   * has a row
   */
  collect({ owners, count }: Voters, least: number): void {
    const { lists, ptr, places, held, holders } = this;
    let size = 0;
    for (let v = 0; v < count; v++) size += lists.ptr[owners[v]! + 1]! - lists.ptr[owners[v]!]!;
    this.reserve(size);
    holders.fill(0);
    for (let row = 0; row < this.count && !this.all; row++) holders[this.groupOf[row]!] = MANY;
    const { entries } = this;
    const { idx } = lists.holding(owners, count);
    let at = 0;
    for (let v = 0; v < count; v++) {
      ptr[v] = at;
      const end = lists.ptr[owners[v]! + 1]!;
      let e = lists.ptr[owners[v]!]!;
      if (this.all) while (e < end) entries[at++] = idx[e++]!;
      for (; e < end; e++) {
        const group = idx[e]!;
        entries[at++] = group;
        if (holders[group]! < MANY) holders[group]!++;
      }
    }
    ptr[count] = at;
    if (this.all) return;
    // Replace groups by rows in place: no list grows.
    at = 0;
    for (let v = 0; v < count; v++) {
      const from = ptr[v]!;
      ptr[v] = at;
      for (let e = from, end = ptr[v + 1]!; e < end; e++) {
        const group = entries[e]!;
        if (holders[group]! < least) continue;
        let row = places[group]!;
        if (row < 0) row = this.enrol(group);
        if (row < 0) continue;
        entries[at++] = row;
        held[row]!++;
      }
    }
    ptr[count] = at;
  }

  /** Counts the votes: each row of the table is the sum of its voters' votes. */
  countVotes(voters: Voters): void {
    const { table, ptr, entries } = this;
    zero(table.subarray(0, this.count * STRIDE));
    scatterRows({ rows: voters.count, ptr, idx: entries }, voters.votes, table);
  }

  private reserve(size: number): void {
    if (size <= this.entries.length) return;
    this.entryRegion.free();
    this.entryRegion = new Region();
    this.entries = this.entryRegion.int32(2 * size);
  }
}
