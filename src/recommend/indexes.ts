import type { Dataset } from '../dataset/dataset.ts';
import { SongFamilies } from './families.ts';
import { coverageOf, namedTracks } from './filters.ts';
import { type KnownCounts, knownCounts } from './known-counts.ts';
import type { Dial } from './request.ts';
import { GenreCounts } from './search/genre-counts.ts';
import { GenrePhrases } from './words/genre-phrases.ts';

/** Indexes derived from one dataset and shared by many queries; each is built on first use. */
export class Indexes {
  readonly families: SongFamilies;
  private readonly dataset: Dataset;
  private genreCounts: GenreCounts | null = null;
  private genresInWords: GenrePhrases | null = null;
  private titled: { mask: Uint8Array | null } | null = null;
  private covered: Record<Dial, number> | null = null;
  private counted: KnownCounts | null = null;

  constructor(dataset: Dataset) {
    this.dataset = dataset;
    this.families = new SongFamilies(dataset);
  }

  get genres(): GenreCounts {
    return (this.genreCounts ??= new GenreCounts(this.dataset));
  }

  /** Looks up genres as named in texts. */
  get genrePhrases(): GenrePhrases {
    return (this.genresInWords ??= new GenrePhrases(this.genres));
  }

  /** One byte per track, 1 = it has a title; null when all have one. */
  get named(): Uint8Array | null {
    return (this.titled ??= { mask: namedTracks(this.dataset) }).mask;
  }

  get coverage(): Record<Dial, number> {
    return (this.covered ??= coverageOf(this.dataset, this.named));
  }

  get known(): KnownCounts {
    return (this.counted ??= knownCounts(this.dataset));
  }
}
