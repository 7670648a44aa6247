import type { Dataset } from '../dataset/dataset.ts';
import { HeardEmbedding } from '../features/heard-embedding.ts';
import { MeasuredSound } from '../features/measured-sound.ts';
import type { StandardRows } from '../features/standard-rows.ts';
import { artistEntries, mainArtists } from '../models/artists/artist-rows.ts';
import { FittedClusters } from '../models/fitted-clusters.ts';
import { type ArtistNames, artistNames, useArtistNames } from '../models/hybrid/artist-names.ts';
import { useTitleParts } from '../models/title/title-parts.ts';
import { turn } from '../turn/turn.ts';
import { Indexes } from './indexes.ts';
import type { MakeOnce } from './make-once.ts';
import type { ModelStore } from './model-store.ts';
import { popularityScore } from './popularity-score.ts';
import { RecentAnswers } from './recent-answers.ts';
import { ExactSongs } from './search/exact-songs.ts';
import { OwnerSearch } from './search/owner-search.ts';
import { type DerivedFiles, searchParts, titleParts } from './search/saved-search.ts';
import { type SearchParts, TrackSearch, trackPrior } from './search/track-search.ts';
import { blended, metadataSimilarity, type Similarity, soundSimilarity, vectorSimilarity } from './steps/similarity.ts';

/** Where a state gets data that is slow to make: from other threads, or from files saved earlier; both may be missing. */
export interface Sources {
  readonly once?: MakeOnce | undefined;
  readonly files?: DerivedFiles | undefined;
}

/** Up to this many songs, scanning all names costs less than building a table of titles. */
const FEW = 12;

/**
 * One generation of what is served: the dataset, its models, and indexes that are built on first use. Models must be used within `use`; a retired
 * generation frees them when the last use has ended.
 */
export class State {
  readonly dataset: Dataset;
  readonly datasetId: string;
  readonly models: ModelStore;
  private tracks: Promise<TrackSearch> | null = null;
  private songs: Promise<ExactSongs> | null = null;
  private titled: Promise<void> | null = null;
  private owners: Promise<OwnerSearch> | null = null;
  private known: Float32Array | null = null;
  private heard: readonly StandardRows[] | null = null;
  private uses = 0;
  private drained: (() => void) | null = null;

  readonly recent = new RecentAnswers();
  /** Indexes of the dataset, shared by all states of it. */
  readonly indexes: Indexes;
  /** Folder of the library, null when it is in memory. */
  readonly dir: string | null;
  private readonly sources: Sources;

  constructor(
    dataset: Dataset,
    datasetId: string,
    models: ModelStore,
    dir: string | null,
    sources: Sources = {},
    indexes = new Indexes(dataset),
  ) {
    this.sources = sources;
    this.dir = dir;
    this.indexes = indexes;
    this.dataset = dataset;
    this.datasetId = datasetId;
    this.models = models;
  }

  /** The same library with other models: everything built so far is kept. */
  withModels(models: ModelStore): State {
    const next = new State(this.dataset, this.datasetId, models, this.dir, this.sources, this.indexes);
    next.tracks = this.tracks;
    next.songs = this.songs;
    next.titled = this.titled;
    next.owners = this.owners;
    next.known = this.known;
    next.heard = this.heard;
    return next;
  }

  /** Keeps the models from being freed until the work has ended. */
  async use<T>(work: () => Promise<T> | T): Promise<T> {
    this.uses++;
    try {
      return await work();
    } finally {
      if (--this.uses === 0) this.drained?.();
    }
  }

  /** True after `retire`: long work that can be abandoned should end. */
  get retired(): boolean {
    return this.drained !== null;
  }

  /** Frees the models that no other generation holds, once this one is no longer in use; new uses go to another. @returns when that is done */
  async retire(): Promise<void> {
    const unused = new Promise<void>((resolve) => {
      this.drained = resolve;
    });
    if (this.uses > 0) await unused;
    this.models.dispose();
  }

  trackSearch(): Promise<TrackSearch> {
    return (this.tracks ??= this.searchOf(this.dataset));
  }

  private async searchOf(dataset: Dataset): Promise<TrackSearch> {
    const make = (): Promise<SearchParts> => searchParts(dataset, this.datasetId, this.sources.files);
    return new TrackSearch(dataset, await this.once('search', make));
  }

  /** Prepares what models look titles up in, once for all threads. Without a library on disk, each model makes its own when needed. */
  titles(): Promise<void> {
    return (this.titled ??= this.shareTitles(this.dataset).catch((error: unknown) => {
      this.titled = null;
      throw error;
    }));
  }

  private async shareTitles(dataset: Dataset): Promise<void> {
    const { files } = this.sources;
    if (!files) return;
    const { titles } = dataset.owners;
    useTitleParts(titles, await this.once('titles', () => titleParts(dataset, this.datasetId, files)));
    if (!this.sources.once) return;
    const named = async (): Promise<ArtistNames> => artistNames(dataset, artistEntries(dataset, mainArtists(dataset)));
    useArtistNames(dataset, await this.once('artist names', named));
  }

  private once<T>(kind: string, make: () => Promise<T>): Promise<T> {
    const { once } = this.sources;
    const { tracks, byOwner } = this.dataset;
    // The counts are included because a thread may read the id just before an import and the data just after it.
    return once ? once(kind, [this.datasetId, tracks.count, byOwner.idx.length].join(' '), make) : make();
  }

  /**
   * Songs as they are written. Uses the search if it exists. Otherwise a few songs are found by scanning all names, and for more a table of titles is
   * built; both are much cheaper than building the search.
   */
  async exactSongs(count: number): Promise<ExactSongs> {
    if (this.tracks) return (await this.tracks).songs;
    if (count <= FEW && !this.songs) return new ExactSongs(this.dataset, trackPrior(this.dataset));
    return (this.songs ??= this.makeSongs());
  }

  private async makeSongs(): Promise<ExactSongs> {
    // The caller has checked its request by now; computing the popularity of all tracks takes one pass over them.
    await turn();
    const prior = trackPrior(this.dataset);
    await turn();
    return ExactSongs.build(this.dataset, prior, turn);
  }

  ownerSearch(): Promise<OwnerSearch> {
    return (this.owners ??= OwnerSearch.build(this.dataset));
  }

  /** The clusters of the catalogue, when that model is trained. */
  private async clusters(): Promise<FittedClusters | null> {
    if (!this.models.trained.includes('clusters')) return null;
    const fitted = await this.models.get('clusters').catch(() => null);
    return fitted instanceof FittedClusters ? fitted : null;
  }

  /** Similarity of two tracks: by sound where vectors exist, and by artist, album and genres. */
  async similarity(): Promise<Similarity> {
    const metadata = metadataSimilarity(this.dataset);
    const vectors = (await this.clusters())?.vectors();
    return vectors ? blended(vectorSimilarity(vectors.data, vectors.dimension), metadata) : metadata;
  }

  /** Similarity in sound of two tracks: by measured audio, otherwise as `similarity`. */
  async soundSimilarity(): Promise<Similarity> {
    const general = await this.similarity();
    this.heard ??= [MeasuredSound.fit(this.dataset), HeardEmbedding.fit(this.dataset)].filter((rows) => rows !== null);
    return this.heard.length > 0 ? soundSimilarity(this.heard, general) : general;
  }

  /** Popularity of each track, 0–1. */
  get popularityScore(): Float32Array {
    return (this.known ??= popularityScore(this.dataset));
  }
}
