import type { Dataset } from '../../dataset/dataset.ts';
import { artistNames } from '../describe.ts';
import { type SongText, titleKey } from './song-text.ts';
import { namesLike } from './title-scan.ts';
import { TitleTable } from './title-table.ts';
import { dice, searchWords, trigramsOf } from './trigrams.ts';

export interface Hit {
  track: number;
  /** How well the text matches, 0–1; 1 = exactly. */
  match: number;
}

/** Least similarity at which artists count as the same. */
const SAME = 0.8;
/** Names processed per step of building; other work may run between steps. */
const CHUNK = 1024;

/** Exact lookup of songs by artist and title, ignoring versions and accents: no typos, no search. */
export class ExactSongs {
  private readonly dataset: Dataset;
  /** A small bonus per track for its popularity, which decides between versions. */
  private readonly prior: Float32Array;
  private readonly titles: TitleTable | null;

  /** @param titles all titles by key; without it each song takes a pass over all names, some ten milliseconds at 200,000 */
  constructor(dataset: Dataset, prior: Float32Array, titles: TitleTable | null = null) {
    this.dataset = dataset;
    this.prior = prior;
    this.titles = titles;
  }

  /** Builds a table of all titles first, in small steps. */
  static async build(dataset: Dataset, prior: Float32Array, pause: () => Promise<void>): Promise<ExactSongs> {
    const { names, count } = dataset.tracks;
    const titles = TitleTable.empty(count);
    for (let t = 0; t < count; t++) {
      if (t % CHUNK === CHUNK - 1) await pause();
      titles.add(t, titleKey(names.get(t)));
    }
    return new ExactSongs(dataset, prior, titles);
  }

  /** The most popular version of exactly this song, if the catalogue has it. */
  find(artist: string, title: string): Hit | null {
    const key = titleKey(title);
    if (key === '') return null;
    const { names } = this.dataset.tracks;
    const wanted = trigramsOf(searchWords(artist));
    let best: (Hit & { rank: number }) | null = null;
    for (const track of this.titles?.candidates(key) ?? namesLike(names, key)) {
      if (titleKey(names.get(track)) !== key) continue;
      const similarity = this.artistSimilarity(track, wanted);
      if (similarity < SAME) continue;
      const whole = dice(trigramsOf(searchWords(title)), trigramsOf(searchWords(names.get(track))));
      const match = 0.9 + 0.1 * whole * similarity;
      const rank = match + this.prior[track]!;
      if (!best || rank > best.rank || (rank === best.rank && track < best.track)) best = { track, match, rank };
    }
    return best && { track: best.track, match: best.match };
  }

  /** As `find`, for a written line: "artist - title" or "title - artist". */
  findLine(song: SongText): Hit | null {
    if (song.title === '') return null;
    const forward = this.find(song.artist, song.title);
    if (forward && forward.match > 0.99) return forward;
    const backward = this.find(song.title, song.artist);
    return backward && (!forward || backward.match > forward.match) ? backward : forward;
  }

  /** Similarity, 0–1, of a track's artists (one, or all of them together) to these trigrams. */
  artistSimilarity(track: number, wanted: readonly number[]): number {
    const names = artistNames(this.dataset, track);
    let best = 0;
    for (const name of names) best = Math.max(best, dice(wanted, trigramsOf(searchWords(name))));
    return names.length > 1 ? Math.max(best, dice(wanted, trigramsOf(searchWords(names.join(' '))))) : best;
  }
}
