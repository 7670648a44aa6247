import type { ModelQuery } from '../model.ts';
import { titleKey } from '../title/title-terms.ts';
import { genreProfile } from './genres.ts';
import type { RetrieverScores } from './retriever-scores.ts';

const RECENT_ARTISTS = 3;

/** The query's part of the features: read once per query, after the scores were gathered. Scratch, overwritten by the next query. */
export class QueryFeatures {
  liked: Int32Array = new Int32Array(0);
  /** Number of liked seeds by main artist. */
  artists: Map<number, number> = new Map();
  songs: Set<number> = new Set();
  recentArtists: Set<number> = new Set();
  /** Empty without a title. */
  titleKey = '';
  /** Mean of log(1 + owners) over the liked seeds; NaN without. */
  meanPopularity = Number.NaN;
  bestTitle = 0;
  equalTitles = 0;
  bestSimilarity = 0;
  /** Number of owners that hold at least two liked seeds. */
  withTwo = 0;
  genreNorm = 0;
  /** Where the seeds' files point in measured sound and in the embedding; null where none was analysed. */
  measured: Float32Array | null = null;
  heard: Float32Array | null = null;
  /** Weight of each genre among the seeds' artists. */
  readonly genreWeights: Float32Array;
  /** Number of liked seeds that each voter holds; 1 for voters that hold the last one. */
  readonly overlap: Uint16Array;
  readonly holdsLast: Uint8Array;
  /** Index of each seed in `liked`, −1 for a disliked one. */
  likedAt: Int32Array = new Int32Array(0);
  /** √owners of each liked seed. */
  rootOwners: Float64Array = new Float64Array(0);
  private readonly retrieved: RetrieverScores;

  constructor(retrieved: RetrieverScores) {
    const { dataset } = retrieved;
    this.retrieved = retrieved;
    this.genreWeights = new Float32Array(dataset.genres.size);
    const voters = retrieved.voters.owners.length;
    this.overlap = new Uint16Array(voters);
    this.holdsLast = new Uint8Array(voters);
  }

  /** Reads the query. Call before scores are gathered. */
  open(query: ModelQuery): void {
    const { catalogue, dataset } = this.retrieved;
    this.liked = query.seeds.filter((_, i) => query.weights[i]! > 0);
    this.rootOwners = Float64Array.from(this.liked, (seed) => Math.sqrt(dataset.ownersOf(seed)));
    let place = 0;
    this.likedAt = Int32Array.from(query.weights, (weight) => (weight > 0 ? place++ : -1));
    this.artists = new Map();
    for (const seed of this.liked) {
      const artist = catalogue.artistOf[seed]!;
      if (artist >= 0) this.artists.set(artist, (this.artists.get(artist) ?? 0) + 1);
    }
    this.songs = new Set(Array.from(this.liked, (seed) => dataset.tracks.song[seed]!));
    this.recentArtists = new Set(Array.from(this.liked.slice(-RECENT_ARTISTS), (seed) => catalogue.artistOf[seed]!));
    this.titleKey = query.title === '' ? '' : titleKey(query.title);
  }

  /** Reads the scores. Call after they were gathered. */
  read(): void {
    const { retrieved, liked, overlap, holdsLast, likedAt } = this;
    const { dataset, voters, hits } = retrieved;
    this.readGenres();
    const even = new Float32Array(liked.length).fill(1);
    this.measured = retrieved.catalogue.measured?.query(liked, even) ?? null;
    this.heard = retrieved.catalogue.heard?.query(liked, even) ?? null;
    let logs = 0;
    for (const seed of liked) logs += Math.log1p(dataset.ownersOf(seed));
    this.meanPopularity = liked.length > 0 ? logs / liked.length : Number.NaN;
    this.bestTitle = 0;
    this.equalTitles = 0;
    this.bestSimilarity = 0;
    this.withTwo = 0;
    for (let v = 0; v < voters.count; v++) {
      const title = voters.titleSimilarity[v]!;
      if (title > this.bestTitle) this.bestTitle = title;
      if (title > 0.999) this.equalTitles++;
      overlap[v] = 0;
      holdsLast[v] = 0;
      for (let h = hits.ptr[v]!; h < hits.ptr[v + 1]!; h++) {
        const place = likedAt[hits.seeds[h]!]!;
        if (place < 0) continue;
        overlap[v]!++;
        if (place === liked.length - 1) holdsLast[v] = 1;
      }
      if (overlap[v]! > 1) this.withTwo++;
      if (overlap[v]! > 0)
        this.bestSimilarity = Math.max(this.bestSimilarity, retrieved.similarityOf(voters.owners[v]!));
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
}
