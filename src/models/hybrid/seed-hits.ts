import type { Dataset } from '../../dataset/dataset.ts';
import type { ModelQuery } from '../model.ts';
import type { ItemGroups } from './item-groups.ts';
import type { ScoreRows } from './score-rows.ts';
import type { Voters } from './voters.ts';

/**
 * Where the voters' lists contain the seeds, liked or not: hit h of voter v, ptr[v] ≤ h < ptr[v + 1], is the query's seed number seeds[h], at entry
 * at[h] of the rows' `entries`. Scratch, overwritten by the next query.
 */
export class SeedHits {
  readonly ptr: Int32Array;
  seeds = new Int32Array(1024);
  at = new Int32Array(1024);
  /** First seed of each row, −1 when it has none; a linked list leads to the row's other seeds. */
  private readonly first: Int32Array;
  /** 1 for voters that hold a seed: only their lists are read. */
  private readonly holds: Uint8Array;

  constructor(rows: ScoreRows, voters: Voters) {
    this.ptr = new Int32Array(voters.owners.length + 1);
    this.first = new Int32Array(rows.groupOf.length).fill(-1);
    this.holds = new Uint8Array(voters.owners.length);
  }

  /** Reads the voters' lists, as collected in the rows. */
  read({ seeds }: ModelQuery, { byTrack }: Dataset, groups: ItemGroups, rows: ScoreRows, voters: Voters): void {
    const { ptr, first, holds } = this;
    const next = new Int32Array(seeds.length).fill(-1);
    const met: number[] = [];
    for (let i = seeds.length - 1; i >= 0; i--) {
      const group = groups.of[seeds[i]!]!;
      const row = group < 0 ? -1 : rows.of(group);
      if (row < 0) continue;
      next[i] = first[row]!;
      first[row] = i;
      met.push(row);
      for (let e = byTrack.ptr[seeds[i]!]!, end = byTrack.ptr[seeds[i]! + 1]!; e < end; e++) {
        const voter = voters.of(byTrack.idx[e]!);
        if (voter >= 0) holds[voter] = 1;
      }
    }
    const { entries } = rows;
    let count = 0;
    for (let v = 0; v < voters.count; v++) {
      ptr[v] = count;
      if (holds[v] === 0) continue;
      holds[v] = 0;
      const end = rows.ptr[v + 1]!;
      for (let e = rows.ptr[v]!; e < end; e++)
        for (let seed = first[entries[e]!]!; seed >= 0; seed = next[seed]!) {
          if (count === this.seeds.length) this.grow();
          this.seeds[count] = seed;
          this.at[count++] = e;
        }
    }
    ptr[voters.count] = count;
    for (const row of met) first[row] = -1;
  }

  private grow(): void {
    for (const name of ['seeds', 'at'] as const) {
      const larger = new Int32Array(2 * this[name].length);
      larger.set(this[name]);
      this[name] = larger;
    }
  }
}
