import type { Dataset } from '../dataset/dataset.ts';
import { artistNumbers } from './describe.ts';
import { titleKey } from './search/song-text.ts';

/**
 * Determines which tracks a listener considers the same song: a common artist, and equal titles apart from the version (remaster, live, single,
 * feat., radio edit, "2011 Mix"). Broader than `dataset.tracks.song`, which requires equal titles and durations. Another artist's recording is
 * another song.
 */
export class SongFamilies {
  private readonly dataset: Dataset;
  private readonly keys = new Map<number, readonly string[]>();

  constructor(dataset: Dataset) {
    this.dataset = dataset;
  }

  /** One key per artist of the track; two tracks are one song when they share a key. */
  keysOf(track: number): readonly string[] {
    let keys = this.keys.get(track);
    if (!keys) {
      const { tracks } = this.dataset;
      const title = titleKey(tracks.names.get(track));
      const artists = artistNumbers(this.dataset, track);
      keys =
        title === '' || artists.length === 0
          ? [`song ${tracks.song[track]}`]
          : [`song ${tracks.song[track]}`, ...Array.from(artists, (a) => `${a} ${title}`)];
      // A long-running server must not keep a text for every track that was ever a candidate.
      if (this.keys.size >= MOST_KEPT) this.keys.clear();
      this.keys.set(track, keys);
    }
    return keys;
  }
}

const MOST_KEPT = 50_000;
