import type { Dataset } from '../../dataset/dataset.ts';
import type { ModelQuery } from '../model.ts';

/**
 * The liked seeds of a query by the owners that hold them: built once per query, read for each track to explain. Building costs in proportion to the
 * owners of the seeds, not to all owners. Keeps scratch of its own, so an instance serves one query at a time.
 */
export class SeedHolders {
  seeds = new Int32Array(0);
  private readonly dataset: Dataset;
  private query: ModelQuery | null = null;
  /** For each owner that holds a seed, its place from 1; 0 = holds none. */
  private readonly places: Int32Array;
  /** The owner at each place, and the start of its row in `held`; the last row ends where the next would start. */
  private readonly owners: Int32Array;
  private readonly ptr: Int32Array;
  private count = 0;
  /** Indexes into `seeds`, ascending within each row. */
  private held = new Int32Array(0);
  private counts = new Int32Array(0);

  constructor(dataset: Dataset) {
    const owners = dataset.owners.count;
    this.dataset = dataset;
    this.places = new Int32Array(owners);
    this.owners = new Int32Array(owners + 1);
    this.ptr = new Int32Array(owners + 2);
  }

  /** Switches to another query. */
  take(query: ModelQuery): void {
    if (this.query === query) return;
    this.query = query;
    const { places, owners, ptr } = this;
    const { byTrack } = this.dataset;
    for (let p = 1; p <= this.count; p++) {
      places[owners[p]!] = 0;
      ptr[p] = 0;
    }
    ptr[this.count + 1] = 0;
    const seeds = Int32Array.from(new Set(query.seeds.filter((_, i) => query.weights[i]! > 0)));
    let count = 0;
    for (const seed of seeds)
      for (let e = byTrack.ptr[seed]!, end = byTrack.ptr[seed + 1]!; e < end; e++) {
        const owner = byTrack.idx[e]!;
        let place = places[owner]!;
        if (place === 0) {
          places[owner] = place = ++count;
          owners[place] = owner;
        }
        ptr[place]!++;
      }
    for (let p = 1; p <= count; p++) ptr[p]! += ptr[p - 1]!;
    const entries = ptr[count]!;
    ptr[count + 1] = entries;
    if (this.held.length < entries) this.held = new Int32Array(2 * entries);
    const { held } = this;
    // Backwards, so that each row's end pointer becomes its start.
    for (let s = seeds.length - 1; s >= 0; s--)
      for (let e = byTrack.ptr[seeds[s]!]!, end = byTrack.ptr[seeds[s]! + 1]!; e < end; e++)
        held[--ptr[places[byTrack.idx[e]!]!]!] = s;
    this.seeds = seeds;
    this.count = count;
    this.counts = new Int32Array(seeds.length);
  }

  /** Whether an owner holds the seed at an index of `seeds`. */
  holds(owner: number, position: number): boolean {
    const place = this.places[owner]!;
    if (place === 0) return false;
    const { ptr, held } = this;
    for (let h = ptr[place]!, end = ptr[place + 1]!; h < end; h++) if (held[h] === position) return true;
    return false;
  }

  /** How many owners hold both the track and each seed, by index of `seeds`; a view that the next call overwrites. */
  sharedWith(track: number): Int32Array {
    const { places, ptr, held, counts } = this;
    const { byTrack } = this.dataset;
    const { idx } = byTrack;
    counts.fill(0);
    for (let e = byTrack.ptr[track]!, last = byTrack.ptr[track + 1]!; e < last; e++) {
      const place = places[idx[e]!]!;
      if (place === 0) continue;
      for (let h = ptr[place]!, end = ptr[place + 1]!; h < end; h++) counts[held[h]!]!++;
    }
    return counts;
  }
}

const made = new WeakMap<Dataset, SeedHolders>();

/** The seed holders of a query, shared by all tracks of one answer; invalidates those of the previous query. */
export function seedHolders(dataset: Dataset, query: ModelQuery): SeedHolders {
  let holders = made.get(dataset);
  if (!holders) made.set(dataset, (holders = new SeedHolders(dataset)));
  holders.take(query);
  return holders;
}
