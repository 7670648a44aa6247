import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';
import { Region } from '../../math/kernels/memory.ts';
import { addWeightedRows, type PlacedCsr } from '../../math/kernels/sparse.ts';
import { artistRows, spreadArtists, voteArtists } from '../artists/artist-rows.ts';
import type { ModelQuery } from '../model.ts';
import { type Neighbours, OwnerSpace } from '../playlist-neighbours/owner-space.ts';
import { TitleIndex } from '../title/title-index.ts';
import type { HybridCatalogue } from './catalogue.ts';
import { genreProfile, ownerGenres, type Profile } from './genres.ts';
import { VIEWS, type Views } from './views.ts';

/** The hybrid's retrievers. Each scores every track of the catalogue. */
export const PARTS = [
  'tracks',
  'links',
  'artists',
  'spread',
  'title',
  'titleArtists',
  'blend',
  'genres',
  'recent',
  'spectral',
  'als',
] as const;
export type Part = (typeof PARTS)[number];

const EVERYONE = 1e9;
const NOBODY: Neighbours = { count: 0, owners: new Int32Array(0), weights: new Float32Array(0) };
/** How many of the last seeds count as recent. */
const RECENT = 5;
/** What each kind of neighbour adds to an owner's blended vote. */
const BLEND = { tracks: 0.5, artists: 0.5, genres: 0.1, title: 0.3, titleArtists: 0.3 } as const;
const BLEND_POWER = 1.3;

/**
 * What speaks for each track under a query. Owners that resemble it — by tracks, by artists, by genres, by title — vote for what they hold:
 * `tracks` and `links` by common tracks (steep and normalised by pair; plain and corrected for popularity), `artists` by common artists, `spread` the artists' votes
 * over their tracks, `title` by title, `titleArtists` by the artists of such titles, `genres` by genres, `recent` by the last seeds,
 * `blend` by all of them summed per owner before the vote; `spectral` and `als` are these models' low-rank views. Arrays are scratch that the next query overwrites.
 */
export class Evidence {
  readonly dataset: Dataset;
  readonly catalogue: HybridCatalogue;
  readonly scores: Readonly<Record<Part, Float32Array>>;
  /** Parts that took part in the last query; the others' scores are all 0. */
  readonly active = new Set<Part>();
  /** Owners that hold each track; entries that each artist has. */
  readonly popularity: Float32Array;
  readonly artistEntries: Float32Array;
  /** Of the last query, by owner: seeds held, similarity to the title, blended similarity. */
  readonly overlap: Uint16Array;
  readonly titleLikeness: Float32Array;
  readonly blended: Float32Array;
  private readonly views: Views | null;
  private readonly lists: PlacedCsr;
  private readonly artistRows: Csr;
  private readonly tracksSpace: OwnerSpace;
  private readonly recentSpace: OwnerSpace;
  private readonly linkSpace: OwnerSpace;
  private readonly artistSpace: OwnerSpace;
  private readonly genreSpace: OwnerSpace;
  private readonly titles: TitleIndex;
  private readonly artistScore: Float32Array;
  private readonly discount: Float32Array;
  private readonly voters: Int32Array;
  private readonly votes: Float32Array;

  /** @param views trained on the same owners, or null to do without */
  constructor(dataset: Dataset, catalogue: HybridCatalogue, views: Views | null) {
    const { count } = dataset.tracks;
    const owners = dataset.owners.count;
    this.dataset = dataset;
    this.catalogue = catalogue;
    this.views = views;
    // The votes are cast by a kernel, so the lists and the scores lie in its memory.
    const region = new Region();
    unused.register(this, region);
    const scores = PARTS.map((part) => [part, region.float32(count)]);
    this.scores = Object.fromEntries(scores) as Record<Part, Float32Array>;
    this.lists = {
      ptr: region.place(dataset.byOwner.ptr),
      idx: region.place(dataset.byOwner.idx),
      values: null,
      columns: count,
    };
    this.popularity = new Float32Array(count);
    this.discount = new Float32Array(count);
    this.artistEntries = new Float32Array(dataset.artists.count);
    for (let t = 0; t < count; t++) {
      const holders = dataset.ownersOf(t);
      this.popularity[t] = holders;
      this.discount[t] = Math.max(1, holders) ** -0.1;
      const artist = catalogue.artistOf[t]!;
      if (artist >= 0) this.artistEntries[artist]! += holders;
    }
    this.artistRows = artistRows(dataset, catalogue.artistOf);
    this.tracksSpace = new OwnerSpace(dataset.byOwner, 1, dataset.byTrack);
    this.recentSpace = new OwnerSpace(dataset.byOwner, 1, dataset.byTrack);
    this.linkSpace = new OwnerSpace(dataset.byOwner, 1.4, dataset.byTrack);
    this.artistSpace = new OwnerSpace(this.artistRows, 1);
    this.genreSpace = new OwnerSpace(ownerGenres(this.artistRows, catalogue.genres), 1);
    this.titles = new TitleIndex(dataset.owners.titles);
    this.artistScore = new Float32Array(dataset.artists.count);
    this.overlap = new Uint16Array(owners);
    this.titleLikeness = new Float32Array(owners);
    this.blended = new Float32Array(owners);
    this.voters = new Int32Array(owners);
    this.votes = new Float32Array(owners);
  }

  /** Similarity of an owner to the seeds by common tracks, under the last query. */
  similarityOf(owner: number): number {
    return this.tracksSpace.similarityOf(owner);
  }

  /** Fills `scores` and the owners' figures for a query. @param artists its liked seeds by artist */
  gather(query: ModelQuery, artists: ReadonlyMap<number, number>): void {
    const { scores } = this;
    for (const part of this.active) scores[part].fill(0);
    this.active.clear();
    this.overlap.fill(0);
    this.titleLikeness.fill(0);
    this.blended.fill(0);
    this.tracksSpace.compare([], [], null);
    if (query.seeds.length > 0) this.bySeeds(query, artists);
    if (query.title !== '') this.byTitle(query.title, query.seeds.length === 0);
    let count = 0;
    for (let owner = 0; owner < this.blended.length; owner++) {
      if (this.blended[owner]! <= 0) continue;
      this.voters[count] = owner;
      this.votes[count++] = this.blended[owner]! ** BLEND_POWER;
    }
    this.cast('blend', { count, owners: this.voters, weights: this.votes });
  }

  private bySeeds(query: ModelQuery, artists: ReadonlyMap<number, number>): void {
    const { scores, dataset, discount, overlap } = this;
    const { byTrack } = dataset;
    const { seeds, weights } = query;
    for (let i = 0; i < seeds.length; i++) {
      if (weights[i]! <= 0) continue;
      for (let e = byTrack.ptr[seeds[i]!]!, end = byTrack.ptr[seeds[i]! + 1]!; e < end; e++)
        overlap[byTrack.idx[e]!]!++;
    }
    this.tracksSpace.compare(seeds, weights, 0.4);
    const byTracks = this.tracksSpace.neighbours({ limit: EVERYONE, power: 1.5 });
    this.cast('tracks', byTracks);
    this.linkSpace.compare(seeds, weights, 0.5);
    this.cast('links', this.linkSpace.neighbours({ limit: EVERYONE, power: 1 }));
    for (let t = 0; t < discount.length; t++) scores.links[t]! *= discount[t]!;
    this.artistSpace.compare([...artists.keys()], [...artists.values()].map(Math.sqrt), 0.5);
    const byArtists = this.artistSpace.neighbours({ limit: EVERYONE, power: 2 });
    this.cast('artists', byArtists);
    this.spread(byArtists);
    const profile: Profile = genreProfile(artists, this.catalogue.genres);
    this.genreSpace.compare(profile.ids, profile.weights, null);
    const byGenres = this.genreSpace.neighbours({ limit: 500, power: 2 });
    this.cast('genres', byGenres);
    if (query.ordered && seeds.length > RECENT) {
      const last = seeds.length - RECENT;
      this.recentSpace.compare(seeds.subarray(last), weights.subarray(last), 0.4);
      this.cast('recent', this.recentSpace.neighbours({ limit: EVERYONE, power: 1.5 }));
    }
    if (this.views)
      for (const view of VIEWS) {
        this.views[view].score(query, scores[view]);
        this.active.add(view);
      }
    this.blend(byTracks, BLEND.tracks);
    this.blend(byArtists, BLEND.artists);
    this.blend(byGenres, BLEND.genres);
  }

  private byTitle(title: string, alone: boolean): void {
    const { dataset } = this;
    const alike = this.titles.neighbours(title, 1);
    if (alike.count === 0) return;
    this.cast('title', alike);
    for (let i = 0; i < alike.count; i++) this.titleLikeness[alike.owners[i]!] = alike.weights[i]!;
    const artistVotes = new Float32Array(dataset.artists.count);
    voteArtists(alike, this.artistRows, artistVotes);
    const chosen: number[] = [];
    for (let a = 0; a < artistVotes.length; a++) if (artistVotes[a]! > 0.3) chosen.push(a);
    this.artistSpace.compare(
      chosen,
      chosen.map((a) => artistVotes[a]!),
      0.5,
    );
    const second = chosen.length > 0 ? this.artistSpace.neighbours({ limit: 400, power: 2 }) : NOBODY;
    this.cast('titleArtists', second);
    this.blend(alike, BLEND.title);
    if (!alone) return;
    this.spread(second);
    this.blend(second, BLEND.titleArtists);
  }

  /** Neighbours vote for their tracks in the name of a part. */
  private cast(part: Part, neighbours: Neighbours): void {
    if (neighbours.count === 0) return;
    this.active.add(part);
    const { count, owners, weights } = neighbours;
    addWeightedRows(this.lists, owners.subarray(0, count), weights, this.scores[part]);
  }

  private spread(neighbours: Neighbours): void {
    const { artistScore, catalogue, popularity, artistEntries, scores } = this;
    artistScore.fill(0);
    this.active.add('spread');
    voteArtists(neighbours, this.artistRows, artistScore);
    spreadArtists(artistScore, catalogue.artistOf, popularity, artistEntries, scores.spread);
  }

  private blend(neighbours: Neighbours, share: number): void {
    const { blended } = this;
    let largest = 0;
    for (let i = 0; i < neighbours.count; i++) largest = Math.max(largest, neighbours.weights[i]!);
    if (largest === 0) return;
    for (let i = 0; i < neighbours.count; i++)
      blended[neighbours.owners[i]!]! += (share * neighbours.weights[i]!) / largest;
  }
}

const unused = new FinalizationRegistry<Region>((region) => region.free());
