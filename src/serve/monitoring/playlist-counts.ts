import { setImmediate as others } from 'node:timers/promises';
import type { Dataset } from '../../dataset/dataset.ts';

/** Entries that are counted before others have their turn. */
const AT_ONCE = 500_000;

/** How many playlists hold a track, for the dataset that is served: counted once for each dataset, beside the answers. */
export class PlaylistCounts {
  private readonly dataset: () => Dataset;
  private counted: { dataset: Dataset; counts: Int32Array } | null = null;
  private counting: Promise<void> | null = null;

  constructor(dataset: () => Dataset) {
    this.dataset = dataset;
  }

  /** @returns null for unknown tracks, without playlists, and while they are counted */
  of(uri: string): number | null {
    const dataset = this.dataset();
    if (this.counted?.dataset !== dataset) {
      void this.ready();
      return null;
    }
    const track = dataset.tracks.vocabulary.indexOf(uri);
    return track < 0 || dataset.byOwner.idx.length === 0 ? null : this.counted.counts[track]!;
  }

  /** Resolves when the tracks are counted. */
  ready(): Promise<void> {
    const dataset = this.dataset();
    if (this.counted?.dataset === dataset) return Promise.resolve();
    this.counting ??= this.count(dataset).finally(() => {
      this.counting = null;
    });
    return this.counting;
  }

  private async count(dataset: Dataset): Promise<void> {
    const counts = new Int32Array(dataset.tracks.count);
    const { idx } = dataset.byOwner;
    for (let from = 0; from < idx.length; from += AT_ONCE) {
      for (const track of idx.subarray(from, from + AT_ONCE)) counts[track]!++;
      await others();
    }
    this.counted = { dataset, counts };
  }
}
