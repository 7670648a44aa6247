import type { Dataset, Lists } from '../../dataset/dataset.ts';
import { tracksByArtist } from '../../recommend/search/artist-search.ts';
import { TitleTable } from '../../recommend/search/title-table.ts';
import { artistKey } from './artist-keys.ts';
import { type TitleParts, titleParts } from './title-parts.ts';

/** Tracks taken per step of building; between steps other work may run. */
const CHUNK = 1024;
/** Artists whose titles are kept taken apart. */
const MOST_CACHED = 50_000;

/** A catalogue by what names its songs: titles as keys, artists as keys, each artist's tracks. */
export class SongIndex {
  readonly dataset: Dataset;
  /** How well known each track is: a small bonus between equals. */
  readonly prior: Float32Array;
  /** The key of each artist. */
  readonly artistKeys: readonly string[];
  private readonly artists = new Map<string, number[]>();
  private readonly tracks: Lists;
  private readonly cores: TitleTable;
  private readonly plains: TitleTable;
  private readonly taken = new Map<number, readonly { track: number; title: TitleParts }[]>();

  private constructor(dataset: Dataset, prior: Float32Array, artistKeys: readonly string[], tracks: Lists) {
    this.dataset = dataset;
    this.prior = prior;
    this.cores = TitleTable.empty(dataset.tracks.count);
    this.plains = TitleTable.empty(dataset.tracks.count);
    this.tracks = tracks;
    this.artistKeys = artistKeys;
    for (const [artist, key] of this.artistKeys.entries()) {
      const same = this.artists.get(key);
      if (same) same.push(artist);
      else this.artists.set(key, [artist]);
    }
  }

  /** @param pause awaited between steps, so that other work may run */
  static async build(dataset: Dataset, prior: Float32Array, pause: () => Promise<void>): Promise<SongIndex> {
    const keys: string[] = [];
    for (let artist = 0; artist < dataset.artists.count; artist++) {
      if (artist % CHUNK === CHUNK - 1) await pause();
      keys.push(artistKey(dataset.artists.names.get(artist)));
    }
    await pause();
    const tracks = tracksByArtist(dataset, prior);
    await pause();
    const index = new SongIndex(dataset, prior, keys, tracks);
    await pause();
    for (let track = 0; track < dataset.tracks.count; track++) {
      if (track % CHUNK === CHUNK - 1) await pause();
      const { core, plain } = titleParts(dataset.tracks.names.get(track));
      index.cores.add(track, core);
      index.plains.add(track, plain);
    }
    return index;
  }

  titleOf(track: number): TitleParts {
    return titleParts(this.dataset.tracks.names.get(track));
  }

  /** Tracks that may have this title (some do not: the caller compares), each once. */
  titled({ core, plain }: TitleParts): Iterable<number> {
    const byCore = this.cores.candidates(core);
    const byPlain = this.plains.candidates(plain);
    if (byCore.length === 0) return byPlain;
    return byPlain.length === 0 ? byCore : new Set([...byCore, ...byPlain]);
  }

  artistsOf(track: number): Int32Array {
    const { ptr, idx } = this.dataset.tracks.artists;
    return idx.subarray(ptr[track]!, ptr[track + 1]!);
  }

  artistsOfKey(key: string): readonly number[] {
    return this.artists.get(key) ?? [];
  }

  /** An artist's tracks with their titles taken apart, the best known first. */
  tracksOf(artist: number): readonly { track: number; title: TitleParts }[] {
    let list = this.taken.get(artist);
    if (!list) {
      if (this.taken.size >= MOST_CACHED) this.taken.clear();
      const { ptr, idx } = this.tracks;
      list = Array.from(idx.subarray(ptr[artist]!, ptr[artist + 1]!), (track) => ({
        track,
        title: this.titleOf(track),
      }));
      this.taken.set(artist, list);
    }
    return list;
  }
}
