import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';
import { type Region, regionOf } from '../../math/kernels/memory.ts';
import type { PlacedCsr } from '../../math/kernels/sparse.ts';
import { sparseTimesDense } from '../../math/kernels/spmm.ts';
import { TopK } from '../../math/topk.ts';
import { artistRows, voteArtists } from '../artists/artist-rows.ts';
import { type ModelQuery, modelQuery } from '../model.ts';
import { type Neighbours, OwnerSpace } from '../playlist-neighbours/owner-space.ts';
import { TitleIndex } from '../title/title-index.ts';
import { AdjacencyRetriever } from './adjacency-retriever.ts';
import { VIEWS, type View, type Views } from './base-models.ts';
import type { HybridCatalogue } from './catalogue.ts';
import { genreProfile, ownerGenres, type Profile } from './genres.ts';
import { type ItemGroups, itemGroups } from './item-groups.ts';
import { type NamedInTitle, NOTHING_NAMED, TitleEntityIndex } from './title-entity-index.ts';
import { ownerWorks } from './works.ts';

/** The hybrid's retrievers, in the order of their columns in the table of scores. Owners vote for the first ten; the others are computed. */
export const RETRIEVERS = [
  'tracks',
  'links',
  'artists',
  'title',
  'titleArtists',
  'blend',
  'genres',
  'recent',
  'works',
  'titleGenres',
  'spread',
  'spectral',
  'als',
  'alsTitle',
  'near',
  'named',
] as const;
export type Part = (typeof RETRIEVERS)[number];

/** Columns of the table of scores: one cache line a group, what the parts leave over is 0. */
export const STRIDE = 16;
export const LANE = Object.fromEntries(RETRIEVERS.map((part, lane) => [part, lane])) as Readonly<Record<Part, number>>;

const {
  links: LINKS,
  title: TITLE,
  spread: SPREAD,
  spectral: SPECTRAL,
  als: ALS,
  alsTitle: ALS_TITLE,
  named: NAMED,
} = LANE;

/** Owners that vote at most: more than a library of some thousand has, and enough in one of a million. */
const VOTERS = 20_000;
const NOBODY: Neighbours = { count: 0, owners: new Int32Array(0), weights: new Float32Array(0) };
/** How many of the last seeds count as recent. */
const RECENT = 5;
/** What each kind of neighbour adds to an owner's blended vote. */
const BLEND = { tracks: 0.5, artists: 0.5, genres: 0.1, title: 0.3, titleArtists: 0.3, titleGenres: 0.2 } as const;
const BLEND_POWER = 1.3;
/** Tracks by which a title speaks to `als`, and how many seeds they count for when the title is known. */
const TITLE_TRACKS = 100;
const TITLE_SEEDS = 8;
/** How much less a named genre says about each of its artists than a name about one. */
const GENRE_SHARE = 0.3;
/** Owners that must hold an artist before its tracks' shares are believed. */
const ARTIST_DOUBT = 3;

/**
 * What speaks for each track under a query. Owners that resemble it — by tracks, by artists, by genres, by title — vote for what they hold:
 * `tracks` and `links` by common tracks (steep and normalised by pair; plain and corrected for popularity), `artists` by common artists, `spread` the artists' votes
 * over their tracks, `title` by title, `titleArtists` by the artists of such titles, `genres` by genres, `recent` by the last seeds,
 * `works` by common works, whatever the version,
 * `blend` by all of them summed per owner before the vote; `spectral` and `als` are these models' low-rank views, `alsTitle` that of the seeds and the title's tracks,
 * `near` what stands next to the seeds in owners' lists, `titleGenres` owners with the genres that the title names, `named` the artists and genres that it names.
 * All votes are counted in one product of the groups' holders with the table of votes. Arrays are scratch that the next query overwrites.
 */
export class RetrieverScores {
  readonly dataset: Dataset;
  readonly catalogue: HybridCatalogue;
  readonly groups: ItemGroups;
  /** groups × STRIDE, in the kernels' memory */
  readonly scores: Float32Array;
  /** Parts that took part in the last query; the others' scores are all 0. */
  readonly active = new Set<Part>();
  /** Entries that each artist has. */
  readonly artistEntries: Float32Array;
  /** Of the last query, by owner: seeds held, similarity to the title, blended similarity. */
  readonly overlap: Uint16Array;
  readonly titleSimilarity: Float32Array;
  readonly blended: Float32Array;
  /** What the title of the last query names. */
  named: NamedInTitle = NOTHING_NAMED;
  private readonly views: Views | null;
  private readonly region: Region;
  private readonly holders: PlacedCsr;
  /** owners × STRIDE */
  private readonly votes: Float32Array;
  private readonly artistRows: Csr;
  private readonly tracksSpace: OwnerSpace;
  private readonly recentSpace: OwnerSpace;
  private readonly linkSpace: OwnerSpace;
  private readonly worksSpace: OwnerSpace;
  private readonly artistSpace: OwnerSpace;
  private readonly genreSpace: OwnerSpace;
  private readonly near: AdjacencyRetriever;
  private readonly titles: TitleIndex;
  private readonly names: TitleEntityIndex;
  private readonly titleTracks = new TopK(TITLE_TRACKS);
  private readonly artistScore: Float32Array;
  private readonly discount: Float32Array;
  private readonly viewScores: Readonly<Record<View | 'alsTitle', Float32Array>>;

  /** @param views trained on the same owners, or null to do without */
  constructor(dataset: Dataset, catalogue: HybridCatalogue, views: Views | null) {
    const owners = dataset.owners.count;
    this.dataset = dataset;
    this.catalogue = catalogue;
    this.views = views;
    const groups = itemGroups(dataset, catalogue.artistOf);
    this.groups = groups;
    const region = regionOf(this);
    this.region = region;
    this.scores = region.float32(groups.count * STRIDE);
    this.votes = region.float32(owners * STRIDE);
    const { ptr, idx } = groups.holders;
    this.holders = { ptr: region.place(ptr), idx: region.place(idx), values: null, columns: owners };
    this.discount = groups.popularity.map((holders) => holders ** -0.1);
    this.artistEntries = new Float32Array(dataset.artists.count);
    for (let t = 0; t < dataset.tracks.count; t++) {
      const artist = catalogue.artistOf[t]!;
      if (artist >= 0) this.artistEntries[artist]! += dataset.ownersOf(t);
    }
    this.artistRows = artistRows(dataset, catalogue.artistOf);
    this.tracksSpace = new OwnerSpace(dataset.byOwner, 1, dataset.byTrack);
    this.recentSpace = new OwnerSpace(dataset.byOwner, 1, dataset.byTrack);
    this.linkSpace = new OwnerSpace(dataset.byOwner, 1.4, dataset.byTrack);
    this.worksSpace = new OwnerSpace(ownerWorks(dataset, catalogue.works), 1);
    this.artistSpace = new OwnerSpace(this.artistRows, 1);
    this.genreSpace = new OwnerSpace(ownerGenres(this.artistRows, catalogue.genres), 1);
    this.near = new AdjacencyRetriever(dataset);
    this.titles = new TitleIndex(dataset.owners.titles);
    this.names = new TitleEntityIndex(dataset, this.artistEntries);
    this.artistScore = new Float32Array(dataset.artists.count);
    this.overlap = new Uint16Array(owners);
    this.titleSimilarity = new Float32Array(owners);
    this.blended = new Float32Array(owners);
    const perTrack = (): Float32Array => new Float32Array(views ? dataset.tracks.count : 0);
    this.viewScores = { spectral: perTrack(), als: perTrack(), alsTitle: perTrack() };
  }

  /** Frees the kernel memory, that of the base models not. */
  dispose(): void {
    this.region.free();
  }

  /** Similarity of an owner to the seeds by common tracks, under the last query. */
  similarityOf(owner: number): number {
    return this.tracksSpace.similarityOf(owner);
  }

  /** Fills `scores` and the owners' figures for a query. @param artists its liked seeds by artist */
  gather(query: ModelQuery, artists: ReadonlyMap<number, number>): void {
    const { blended, votes } = this;
    this.region.assertLive();
    this.active.clear();
    this.overlap.fill(0);
    this.titleSimilarity.fill(0);
    blended.fill(0);
    votes.fill(0);
    this.tracksSpace.compare([], [], null);
    if (query.seeds.length > 0) this.bySeeds(query, artists);
    this.named = query.title === '' ? NOTHING_NAMED : this.names.find(query.title);
    if (query.title !== '') this.byTitle(query.title, query.seeds.length === 0);
    for (let owner = 0; owner < blended.length; owner++) {
      if (blended[owner]! <= 0) continue;
      this.active.add('blend');
      votes[owner * STRIDE + LANE.blend] = blended[owner]! ** BLEND_POWER;
    }
    sparseTimesDense(this.holders, votes, STRIDE, this.scores);
    this.scoreGroups(query);
  }

  private bySeeds(query: ModelQuery, artists: ReadonlyMap<number, number>): void {
    const { overlap } = this;
    const { byTrack } = this.dataset;
    const { seeds, weights } = query;
    for (let i = 0; i < seeds.length; i++) {
      if (weights[i]! <= 0) continue;
      for (let e = byTrack.ptr[seeds[i]!]!, end = byTrack.ptr[seeds[i]! + 1]!; e < end; e++)
        overlap[byTrack.idx[e]!]!++;
    }
    this.tracksSpace.compare(seeds, weights, 0.4);
    const byTracks = this.tracksSpace.neighbours({ limit: VOTERS, power: 1.5 });
    this.cast('tracks', byTracks);
    const works = new Map<number, number>();
    for (let i = 0; i < seeds.length; i++) works.set(this.catalogue.works.of[seeds[i]!]!, weights[i]!);
    this.worksSpace.compare([...works.keys()], [...works.values()], 0.4);
    this.cast('works', this.worksSpace.neighbours({ limit: VOTERS, power: 1.5 }));
    this.linkSpace.compare(seeds, weights, 0.5);
    this.cast('links', this.linkSpace.neighbours({ limit: VOTERS, power: 1 }));
    this.artistSpace.compare([...artists.keys()], [...artists.values()].map(Math.sqrt), 0.5);
    const byArtists = this.artistSpace.neighbours({ limit: VOTERS, power: 2 });
    this.cast('artists', byArtists);
    this.spread(byArtists);
    const profile: Profile = genreProfile(artists, this.catalogue.genres);
    this.genreSpace.compare(profile.ids, profile.weights, null);
    const byGenres = this.genreSpace.neighbours({ limit: 500, power: 2 });
    this.cast('genres', byGenres);
    if (query.ordered && seeds.length > RECENT) {
      const last = seeds.length - RECENT;
      this.recentSpace.compare(seeds.subarray(last), weights.subarray(last), 0.4);
      this.cast('recent', this.recentSpace.neighbours({ limit: VOTERS, power: 1.5 }));
    }
    this.blend(byTracks, BLEND.tracks);
    this.blend(byArtists, BLEND.artists);
    this.blend(byGenres, BLEND.genres);
  }

  private byTitle(title: string, alone: boolean): void {
    const { dataset } = this;
    const { genres } = this.named;
    if (genres.size > 0) {
      this.genreSpace.compare([...genres.keys()], [...genres.values()], null);
      const ofGenre = this.genreSpace.neighbours({ limit: 300, power: 2 });
      this.cast('titleGenres', ofGenre);
      if (alone) this.blend(ofGenre, BLEND.titleGenres);
    }
    const alike = this.titles.neighbours(title, 1);
    if (alike.count === 0) return;
    this.cast('title', alike);
    for (let i = 0; i < alike.count; i++) this.titleSimilarity[alike.owners[i]!] = alike.weights[i]!;
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

  /** Neighbours vote in the name of a part. */
  private cast(part: Part, { count, owners, weights }: Neighbours): void {
    if (count === 0) return;
    this.active.add(part);
    const { votes } = this;
    const lane = LANE[part];
    for (let i = 0; i < count; i++) votes[owners[i]! * STRIDE + lane] = weights[i]!;
  }

  /** Scores of the artists, to be spread over their tracks. */
  private spread(neighbours: Neighbours): void {
    this.active.add('spread');
    this.artistScore.fill(0);
    voteArtists(neighbours, this.artistRows, this.artistScore);
  }

  private blend(neighbours: Neighbours, share: number): void {
    const { blended } = this;
    let largest = 0;
    for (let i = 0; i < neighbours.count; i++) largest = Math.max(largest, neighbours.weights[i]!);
    if (largest === 0) return;
    for (let i = 0; i < neighbours.count; i++)
      blended[neighbours.owners[i]!]! += (share * neighbours.weights[i]!) / largest;
  }

  /** What is not voted for. A group's first track stands for all, since they are alike to the views as well. */
  private scoreGroups(query: ModelQuery): void {
    const { scores, views, viewScores, active, discount } = this;
    const { count, first } = this.groups;
    const seeded = views !== null && query.seeds.length > 0;
    const titled = views !== null && active.has('title');
    if (seeded)
      for (const view of VIEWS) {
        views[view].score(query, viewScores[view]);
        active.add(view);
      }
    if (titled) {
      views.als.score(this.withTitleTracks(query), viewScores.alsTitle);
      active.add('alsTitle');
    }
    const { spectral, als, alsTitle } = viewScores;
    for (let b = 0, at = 0; b < count; b++, at += STRIDE) {
      scores[at + LINKS]! *= discount[b]!;
      const track = first[b]!;
      if (seeded) {
        scores[at + SPECTRAL] = spectral[track]!;
        scores[at + ALS] = als[track]!;
      }
      if (titled) scores[at + ALS_TITLE] = alsTitle[track]!;
    }
    if (active.has('spread')) this.spreadArtists(SPREAD);
    if (this.scoreNamed()) this.spreadArtists(NAMED);
    if (query.seeds.length === 0) return;
    active.add('near');
    this.near.add(query, this.groups.of, scores, STRIDE, LANE.near);
  }

  /** An artist's score spread over the artist's tracks: score · owners(track) / (entries of the artist + 3). */
  private spreadArtists(lane: number): void {
    const { scores, artistScore, artistEntries } = this;
    const { byArtist, popularity } = this.groups;
    for (let a = 0; a < artistScore.length; a++) {
      if (artistScore[a]! <= 0) continue;
      const share = artistScore[a]! / (artistEntries[a]! + ARTIST_DOUBT);
      for (let e = byArtist.ptr[a]!; e < byArtist.ptr[a + 1]!; e++) {
        const group = byArtist.idx[e]!;
        scores[group * STRIDE + lane] = share * popularity[group]!;
      }
    }
  }

  /** Scores of the artists that the title names, and of those of a genre that it names: share of the title · log(1 + entries). False when there are none. */
  private scoreNamed(): boolean {
    const { artistScore, artistEntries, catalogue } = this;
    const { artists, genres } = this.named;
    if (artists.size === 0 && genres.size === 0) return false;
    this.active.add('named');
    artistScore.fill(0);
    for (const [artist, share] of artists) artistScore[artist] = share * Math.log1p(artistEntries[artist]!);
    if (genres.size === 0) return true;
    const { ptr, idx } = catalogue.genres;
    for (let a = 0; a < artistScore.length; a++) {
      let share = 0;
      for (let e = ptr[a]!; e < ptr[a + 1]!; e++) share = Math.max(share, genres.get(idx[e]!) ?? 0);
      if (share > 0) artistScore[a]! += GENRE_SHARE * share * Math.log1p(artistEntries[a]!);
    }
    return true;
  }

  /** The query with what its title's owners hold most as further seeds, lighter the less the title is like theirs. */
  private withTitleTracks(query: ModelQuery): ModelQuery {
    const { titleTracks, scores, groups, titleSimilarity } = this;
    for (let b = 0; b < groups.count; b++) {
      const votes = scores[b * STRIDE + TITLE]!;
      if (votes > 0) titleTracks.push(b, votes);
    }
    const { items, scores: votes } = titleTracks.drain();
    const total = votes.reduce((sum, vote) => sum + vote, 0);
    const mass = TITLE_SEEDS * titleSimilarity.reduce((most, similarity) => Math.max(most, similarity), 0);
    const own = new Set(query.seeds);
    const seeds = [...query.seeds];
    const weights = [...query.weights];
    for (let i = 0; i < items.length; i++) {
      const track = groups.first[items[i]!]!;
      if (own.has(track)) continue;
      seeds.push(track);
      weights.push((mass * votes[i]!) / total);
    }
    return modelQuery({ seeds, weights, ordered: query.ordered });
  }
}
