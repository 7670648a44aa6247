import type { ModelQuery } from '../model.ts';
import { titleTerms } from '../title/title-terms.ts';
import { genreProfile } from './genres.ts';
import type { RetrieverScores } from './retriever-scores.ts';

const RECENT_ARTISTS = 3;

/** The query's side of a candidate's figures: read once per query, after the scores were gathered. Scratch that the next query overwrites. */
export class QueryFeatures {
  liked: Int32Array = new Int32Array(0);
  /** Liked seeds by main artist. */
  artists: Map<number, number> = new Map();
  songs: Set<number> = new Set();
  recentArtists: Set<number> = new Set();
  /** '' without a title */
  titleKey = '';
  /** Mean of log(1 + owners) over the liked seeds; NaN without. */
  meanPopularity = Number.NaN;
  bestTitle = 0;
  equalTitles = 0;
  bestSimilarity = 0;
  /** Owners that hold two liked seeds or more. */
  withTwo = 0;
  genreNorm = 0;
  /** Weight of each genre among the seeds' artists. */
  readonly genreWeights: Float32Array;
  /** 1 for the owners that hold the last liked seed. */
  readonly holdsLast: Uint8Array;
  /** Liked seeds that each owner holds, as positions in `liked`: owner o has seedsOf[seedPtr[o] … seedPtr[o] + overlap[o]). */
  readonly seedPtr: Int32Array;
  seedsOf: Int32Array = new Int32Array(0);
  private readonly retrieved: RetrieverScores;

  constructor(retrieved: RetrieverScores) {
    const { dataset } = retrieved;
    this.retrieved = retrieved;
    this.genreWeights = new Float32Array(dataset.genres.size);
    this.holdsLast = new Uint8Array(dataset.owners.count);
    this.seedPtr = new Int32Array(dataset.owners.count);
  }

  /** Reads the query, so that scores can be gathered. */
  open(query: ModelQuery): void {
    const { catalogue, dataset } = this.retrieved;
    this.liked = query.seeds.filter((_, i) => query.weights[i]! > 0);
    this.artists = new Map();
    for (const seed of this.liked) {
      const artist = catalogue.artistOf[seed]!;
      if (artist >= 0) this.artists.set(artist, (this.artists.get(artist) ?? 0) + 1);
    }
    this.songs = new Set(Array.from(this.liked, (seed) => dataset.tracks.song[seed]!));
    this.recentArtists = new Set(Array.from(this.liked.slice(-RECENT_ARTISTS), (seed) => catalogue.artistOf[seed]!));
    this.titleKey = query.title === '' ? '' : titleTerms(query.title).key;
  }

  /** Reads the gathered scores. */
  read(): void {
    const { retrieved, liked, holdsLast } = this;
    const { dataset, overlap, titleSimilarity } = retrieved;
    this.readGenres();
    let logs = 0;
    for (const seed of liked) logs += Math.log1p(dataset.ownersOf(seed));
    this.meanPopularity = liked.length > 0 ? logs / liked.length : Number.NaN;
    this.indexSeeds();
    holdsLast.fill(0);
    const last = liked.at(-1);
    if (last !== undefined) {
      const { ptr, idx } = dataset.byTrack;
      for (let e = ptr[last]!; e < ptr[last + 1]!; e++) holdsLast[idx[e]!] = 1;
    }
    this.bestTitle = 0;
    this.equalTitles = 0;
    this.bestSimilarity = 0;
    this.withTwo = 0;
    for (let owner = 0; owner < overlap.length; owner++) {
      if (titleSimilarity[owner]! > this.bestTitle) this.bestTitle = titleSimilarity[owner]!;
      if (titleSimilarity[owner]! > 0.999) this.equalTitles++;
      if (overlap[owner]! > 1) this.withTwo++;
      if (overlap[owner]! > 0) this.bestSimilarity = Math.max(this.bestSimilarity, retrieved.similarityOf(owner));
    }
  }

  private readGenres(): void {
    const { genreWeights } = this;
    const profile = genreProfile(this.artists, this.retrieved.catalogue.genres);
    genreWeights.fill(0);
    let square = 0;
    for (let i = 0; i < profile.ids.length; i++) {
      genreWeights[profile.ids[i]!] = profile.weights[i]!;
      square += profile.weights[i]! ** 2;
    }
    this.genreNorm = Math.sqrt(square);
  }

  private indexSeeds(): void {
    const { retrieved, seedPtr, liked } = this;
    const { ptr, idx } = retrieved.dataset.byTrack;
    let total = 0;
    for (let owner = 0; owner < seedPtr.length; owner++) {
      seedPtr[owner] = total;
      total += retrieved.overlap[owner]!;
    }
    this.seedsOf = new Int32Array(total);
    const cursor = seedPtr.slice();
    for (let i = 0; i < liked.length; i++)
      for (let e = ptr[liked[i]!]!; e < ptr[liked[i]! + 1]!; e++) this.seedsOf[cursor[idx[e]!]!++] = i;
  }
}
