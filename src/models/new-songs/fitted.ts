import type { Dataset } from '../../dataset/dataset.ts';
import { VectorIndex } from '../../math/kernels/search.ts';
import type { FittedAls } from '../als/fitted.ts';
import type { Artifact } from '../artifact.ts';
import { songsReason } from '../contributions.ts';
import type { Attributes } from '../hybrid/content-inputs.ts';
import { ContentMap } from '../hybrid/content-map.ts';
import type { Fitted, ModelQuery, Reason, ScoredTracks } from '../model.ts';
import { rankScores } from '../ranking.ts';
import { type NewByArtist, newByArtist } from './new-by-artist.ts';

export const NEW_SONGS_VERSION = 1;

export type NewSongsConfig = { factors: number };

/** Weight of seeds by the same artist, compared with the closeness of the artist's new songs, which is at most 1. */
const OWN_ARTIST = 4;
/** Number of an artist's songs after which the next counts half as much as the first. */
const HALVED_AFTER = 20;

/** Scores new songs only, artist by artist; one artist's songs are ordered by their listed popularity. */
export class FittedNewSongs implements Fitted {
  readonly modelId = 'new-songs';
  private readonly dataset: Dataset;
  private readonly artistOf: Int32Array;
  private readonly settings: NewSongsConfig;
  private readonly als: FittedAls;
  private readonly map: Float32Array;
  private readonly songs: NewByArtist;
  /** Where the map places each artist's new songs, row by row. */
  private readonly places: Float32Array;
  private readonly index: VectorIndex;
  /** Closeness of each artist for the current query. */
  private readonly closeness: Float32Array;

  /** @param map see `learnContentMap` */
  constructor(dataset: Dataset, attributes: Attributes, settings: NewSongsConfig, als: FittedAls, map: Float32Array) {
    this.dataset = dataset;
    this.artistOf = attributes.artistOf;
    this.settings = settings;
    this.als = als;
    this.map = map;
    this.songs = newByArtist(dataset, attributes.artistOf);
    const { artists } = this.songs;
    this.places = new ContentMap(dataset, attributes, als, map).vectorsOf(artists);
    this.index = new VectorIndex(this.places, artists.length, als.dimension);
    this.closeness = new Float32Array(artists.length);
  }

  /**
   * score = (x·v / max x·v + 4 √share) / (1 + place / 20), with x the query's vector of `als`, v the vector to which the map sends the artist's new
   * songs, share the part of the liked seeds by the artist, and place the song's position among the artist's new songs.
   */
  score(query: ModelQuery, out: Float32Array): void {
    const { closeness, songs } = this;
    out.fill(0);
    this.index.scores(this.als.foldIn(query.seeds, query.weights), closeness);
    const closest = closeness.reduce((most, one) => Math.max(most, one), 0);
    const liked = this.likedOf(query);
    const seeds = Math.max(1, liked.length);
    const byArtist = new Map<number, number>();
    for (const seed of liked) byArtist.set(this.artistOf[seed]!, (byArtist.get(this.artistOf[seed]!) ?? 0) + 1);
    const { artists, ptr, tracks } = songs;
    for (let i = 0; i < artists.length; i++) {
      const own = byArtist.get(artists[i]!) ?? 0;
      const near = closest > 0 ? Math.max(0, closeness[i]! / closest) : 0;
      const score = near + OWN_ARTIST * Math.sqrt(own / seeds);
      if (score === 0) continue;
      for (let e = ptr[i]!; e < ptr[i + 1]!; e++) out[tracks[e]!] = score / (1 + (e - ptr[i]!) / HALVED_AFTER);
    }
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const scores = new Float32Array(this.dataset.tracks.count);
    this.score(query, scores);
    return rankScores(scores, query, n);
  }

  explain(query: ModelQuery, track: number): Reason[] {
    const artist = this.artistOf[track]!;
    const row = this.songs.artists.indexOf(artist);
    if (artist < 0 || row < 0) return [];
    const own = this.likedOf(query).filter((seed) => this.artistOf[seed] === artist);
    if (own.length > 0) {
      const text = `Also by ${this.dataset.artists.names.get(artist)}, and in no playlist yet`;
      return [{ kind: 'artists', share: 1, text, tracks: own, artists: [artist] }];
    }
    const { table, d } = this.als.distinctVectors;
    const contributions = Float64Array.from(query.seeds, (seed, i) => {
      const column = this.als.columnOf(seed);
      let dot = 0;
      if (column >= 0) for (let j = 0; j < d; j++) dot += table[column * d + j]! * this.places[row * d + j]!;
      return Math.max(0, query.weights[i]!) * dot;
    });
    return songsReason(this.dataset, query.seeds, contributions);
  }

  private likedOf({ seeds, weights }: ModelQuery): number[] {
    return [...seeds].filter((_, i) => weights[i]! > 0);
  }

  info(): Record<string, unknown> {
    return { newSongs: this.songs.tracks.length, artists: this.songs.artists.length, factors: this.als.dimension };
  }

  dispose(): void {
    this.index.dispose();
    this.als.dispose();
  }

  toArtifact(): Artifact {
    const { modelVersion, config, meta, arrays } = this.als.toArtifact();
    return {
      modelId: this.modelId,
      modelVersion: NEW_SONGS_VERSION,
      config: { ...this.settings },
      catalogueId: this.dataset.catalogueId,
      meta: { als: { modelVersion, config, meta } },
      arrays: { ...arrays, map: this.map },
    };
  }
}
