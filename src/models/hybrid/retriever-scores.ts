import type { Dataset } from '../../dataset/dataset.ts';
import { type Csr, selectRows, transpose } from '../../math/csr.ts';
import { type Region, regionOf } from '../../math/kernels/memory.ts';
import { finishRows, type TableColumns } from '../../math/kernels/score-table.ts';
import { wholePowers } from '../../math/powers.ts';
import { voteArtists } from '../artists/artist-rows.ts';
import { type Derived, ownDerived } from '../derived.ts';
import type { ModelQuery } from '../model.ts';
import { lengthScales, type Neighbours, OwnerSpace } from '../playlist-neighbours/owner-space.ts';
import { TitleIndex } from '../title/title-index.ts';
import { ArtistScores } from './artist-scores.ts';
import { BaseModelScores } from './base-model-scores.ts';
import type { BaseModels } from './base-models.ts';
import type { Bounds } from './bounds.ts';
import type { HybridCatalogue } from './catalogue.ts';
import { genreProfile, ownerGenres, type Profile } from './genres.ts';
import { coldGroupOf, type ItemGroups, itemGroups } from './item-groups.ts';
import { addNear } from './near.ts';
import { type OwnerRows, ownerIndexes, ownerRows } from './owner-indexes.ts';
import { type Retriever, SLOT, STRIDE } from './retrievers.ts';
import { ScoreRows } from './score-rows.ts';
import { SeedHits } from './seed-hits.ts';
import { type NamedInTitle, NOTHING_NAMED, TitleEntityIndex } from './title-entity-index.ts';
import { TitleSeeds } from './title-seeds.ts';
import { Voters } from './voters.ts';

const NOBODY: Neighbours = { count: 0, owners: new Int32Array(0), weights: new Float32Array(0) };
/** How many of the last seeds count as recent. */
const RECENT = 5;
/** What each kind of neighbour adds to an owner's combined vote. */
const BLEND = { tracks: 0.5, artists: 0.5, genres: 0.1, title: 0.3, titleArtists: 0.3, titleGenres: 0.2 } as const;
const BLEND_POWER = 1.3;
/** A list of nothing but seeds is among those with at least this similarity, relative to the closest. */
const CONTAINED = 0.5;

/**
 * Scores the evidence for each track under a query. Owners that resemble the query (by tracks, artists, genres or title) vote for what they hold:
 * - `tracks` and `links`: by common tracks (`tracks` steep and normalised by pair, `links` plain and corrected for popularity)
 * - `artists`: by common artists; `spread`: the artists' votes, spread over their tracks
 * - `title`: by title; `titleArtists`: by the artists of such titles; `genres`: by genres; `recent`: by the last seeds
 * - `works`: by common works, that is, songs in any version
 * - `blend`: by all of these, summed per owner before the vote
 * - `spectral` and `als`: scores of these base models; `alsTitle`: score for the seeds and the title's tracks
 * - `near`: what is next to the seeds in owners' lists
 * - `titleGenres`: owners with the genres that the title names; `named`: the artists and genres that it names
 *
 * All votes are counted in one pass over the voters' lists. Arrays are scratch, overwritten by the next query.
 */
export class RetrieverScores {
  readonly dataset: Dataset;
  readonly catalogue: HybridCatalogue;
  readonly groups: ItemGroups;
  readonly voters: Voters;
  /** The table of scores. */
  readonly rows: ScoreRows;
  /** Where the voters' lists contain the seeds. */
  readonly hits: SeedHits;
  /** Retrievers that found something for the last query; the scores of the others are all 0. */
  readonly active = new Set<Retriever>();
  /** Artists and genres named in the title of the last query. */
  named: NamedInTitle = NOTHING_NAMED;
  readonly bounds: Bounds;
  readonly indexes: OwnerRows;
  readonly baseScores: BaseModelScores | null;
  private readonly tracksSpace: OwnerSpace;
  private readonly recentSpace: OwnerSpace;
  private readonly linkSpace: OwnerSpace;
  private readonly worksSpace: OwnerSpace;
  private readonly artistSpace: OwnerSpace;
  private readonly genreSpace: OwnerSpace;
  /** Owner of each row of the genre space. */
  private readonly byGenre: Int32Array;
  private titleIndex: TitleIndex | null = null;
  private nameIndex: TitleEntityIndex | null = null;
  /** Scores of artists, and how their tracks share them. */
  readonly artists: ArtistScores;
  private readonly titleSeeds: TitleSeeds;
  private readonly discount: Float32Array;
  /** Inputs of the kernel that completes the table. */
  private readonly region: Region;
  /** Owners that hold nothing but seeds of the current query. */
  private contained: readonly number[] = [];

  /**
   * @param baseModels trained on the same owners, or null to do without @param bounds those that the ranker is trained under
   * @param saved the dataset's indexes; built where a model saved none @param derived what other threads may have derived from the same data
   */
  constructor(
    dataset: Dataset,
    catalogue: HybridCatalogue,
    baseModels: BaseModels | null,
    bounds: Bounds,
    saved?: OwnerRows,
    derived: Derived = ownDerived,
  ) {
    const owners = dataset.owners.count;
    this.dataset = dataset;
    this.catalogue = catalogue;
    this.bounds = bounds;
    const indexes = saved ?? ownerRows(derived('indexes', () => ownerIndexes(dataset, catalogue)));
    this.indexes = indexes;
    const region = regionOf(this);
    this.region = region;
    const withCold = (baseModels?.contentMap ?? null) !== null;
    const made = derived('groups', () => itemGroups(dataset, catalogue.artistOf, indexes.groups, withCold));
    const groups = {
      ...made,
      artist: region.place(made.artist),
      popularity: region.place(made.popularity),
    };
    this.groups = groups;
    this.voters = new Voters(owners, 5 * bounds.voters + 2000);
    this.rows = new ScoreRows(groups, indexes.groups.lists, this.voters, bounds.leastHeld === 0);
    this.hits = new SeedHits(this.rows, this.voters);
    this.baseScores = baseModels && new BaseModelScores(baseModels, this);
    const discount = wholePowers(-0.1);
    this.discount = region.float32(made.count);
    for (let group = 0; group < made.count; group++)
      this.discount[group] = discount(Math.max(1, made.popularity[group]!));
    this.artists = new ArtistScores(dataset, catalogue, groups, region);
    const { byOwner, byTrack } = dataset;
    const byTracks = derived('tracks.scale', () => lengthScales(byOwner, 1));
    this.tracksSpace = new OwnerSpace(byTrack, byTracks);
    this.recentSpace = new OwnerSpace(byTrack, byTracks);
    this.linkSpace = new OwnerSpace(
      byTrack,
      derived('links.scale', () => lengthScales(byOwner, 1.4)),
    );
    const works = { rows: owners, ptr: indexes.worksPtr, values: null };
    this.worksSpace = new OwnerSpace(
      indexes.byWork,
      derived('works.scale', () => lengthScales(works, 1)),
    );
    this.artistSpace = new OwnerSpace(
      indexes.byArtist,
      derived('artists.scale', () => lengthScales(indexes.artists.whole, 1)),
    );
    const pace = Math.max(1, Math.ceil(owners / bounds.byGenre));
    this.byGenre = Int32Array.from({ length: Math.ceil(owners / pace) }, (_, i) => i * pace);
    const sampled = (): Csr => (pace === 1 ? indexes.artists.whole : selectRows(indexes.artists.whole, this.byGenre));
    const { byGenre, scale } = derived('genres', () => {
      const rows = ownerGenres(sampled(), catalogue.genres);
      return { byGenre: transpose(rows), scale: lengthScales(rows, 1) };
    });
    this.genreSpace = new OwnerSpace(byGenre, scale);
    this.titleSeeds = new TitleSeeds(dataset, bounds.titleSeeds);
  }

  /** Created for the first title: in a large library this takes longer than everything else. */
  private get titles(): TitleIndex {
    this.titleIndex ??= new TitleIndex(this.dataset.owners.titles);
    return this.titleIndex;
  }

  private get names(): TitleEntityIndex {
    this.nameIndex ??= new TitleEntityIndex(this.dataset, this.artists.entries, (word) => this.titles.titlesWith(word));
    return this.nameIndex;
  }

  /** Frees the kernel memory, except that of the base models. */
  dispose(): void {
    this.baseScores?.dispose();
    this.voters.dispose();
    this.rows.dispose();
    this.region.free();
  }

  /** Similarity of an owner to the last query's seeds, by common tracks. */
  similarityOf(owner: number): number {
    return this.tracksSpace.similarityOf(owner);
  }

  /** Owners that share a track with the last query; a view. */
  get met(): Int32Array {
    return this.tracksSpace.met;
  }

  /** Similarity of a voter's title to the last query's; 0 when the owner does not vote. */
  titleSimilarityOf(owner: number): number {
    const voter = this.voters.of(owner);
    return voter < 0 ? 0 : this.voters.titleSimilarity[voter]!;
  }

  /** A retriever's score of a track; 0 without a row. */
  scoreOf(track: number, retriever: Retriever): number {
    const group = this.groups.of[track]!;
    const row = group < 0 ? -1 : this.rows.of(group);
    return row < 0 ? 0 : this.rows.table[row * STRIDE + SLOT[retriever]]!;
  }

  /**
   * Fills the table and the voters' figures for a query. @param artists its liked seeds by artist @param n number of songs requested
   * @param points whether the base models score the points of a title without seeds
   */
  gather(query: ModelQuery, artists: ReadonlyMap<number, number>, n = Number.POSITIVE_INFINITY, points = true): void {
    const { voters, rows, bounds } = this;
    const short = n <= bounds.shortAnswer;
    this.active.clear();
    voters.reset();
    this.artists.reset();
    this.tracksSpace.compare([], [], null);
    this.contained = [];
    if (query.seeds.length > 0) this.bySeeds(query, artists);
    this.named = query.title === '' ? NOTHING_NAMED : this.names.find(query.title);
    if (query.title !== '') this.byTitle(query.title, query.seeds.length === 0);
    const { blended, votes } = voters;
    for (let v = 0; v < voters.count; v++) {
      if (blended[v]! <= 0) continue;
      this.active.add('blend');
      votes[v * STRIDE + SLOT.blend] = blended[v]! ** BLEND_POWER;
    }
    rows.reset();
    for (const seed of query.seeds) if (this.groups.of[seed]! >= 0) rows.enrol(this.groups.of[seed]!);
    const { byArtist } = this.groups;
    for (const artist of this.named.artists.keys())
      for (let e = byArtist.ptr[artist]!; e < byArtist.ptr[artist + 1]!; e++) rows.enrol(byArtist.idx[e]!);
    for (const artist of artists.keys()) {
      const cold = coldGroupOf(this.groups, artist);
      if (cold >= 0) rows.enrol(cold);
    }
    if (rows.all) for (const group of this.artists.largestCold()) rows.enrol(group);
    rows.collect(voters, short ? bounds.shortLeastRowHeld : bounds.leastRowHeld);
    this.hits.read(query, this.dataset, this.groups, rows, voters);
    this.baseScores?.castWalk(query);
    rows.countVotes(voters);
    this.scoreRows(query, short ? bounds.shortLeastHeld : bounds.leastHeld, points);
  }

  private bySeeds(query: ModelQuery, artists: ReadonlyMap<number, number>): void {
    const { voters, bounds } = this;
    const { seeds, weights } = query;
    const limit = bounds.voters;
    this.tracksSpace.compare(seeds, weights, 0.4, bounds.entries);
    this.contained = this.listsWithin(new Set(seeds));
    this.silence(this.tracksSpace);
    const byTracks = this.tracksSpace.neighbours({ limit, power: 1.5 });
    this.cast('tracks', byTracks);
    voters.blend(byTracks, BLEND.tracks);
    const works = new Map<number, number>();
    for (let i = 0; i < seeds.length; i++) works.set(this.catalogue.works.of[seeds[i]!]!, weights[i]!);
    this.worksSpace.compare([...works.keys()], [...works.values()], 0.4, bounds.entries);
    this.silence(this.worksSpace);
    this.cast('works', this.worksSpace.neighbours({ limit, power: 1.5 }));
    this.linkSpace.compare(seeds, weights, 0.5, bounds.entries);
    this.silence(this.linkSpace);
    this.cast('links', this.linkSpace.neighbours({ limit, power: 1 }));
    this.artistSpace.compare([...artists.keys()], [...artists.values()].map(Math.sqrt), 0.5, bounds.entries);
    this.silence(this.artistSpace);
    const byArtists = this.artistSpace.neighbours({ limit, power: 2 });
    this.cast('artists', byArtists);
    voters.blend(byArtists, BLEND.artists);
    this.spread(byArtists);
    const profile: Profile = genreProfile(artists, this.catalogue.genres);
    this.genreSpace.compare(profile.ids, profile.weights, null);
    const byGenres = this.ownersByGenre(500);
    this.cast('genres', byGenres);
    voters.blend(byGenres, BLEND.genres);
    if (query.ordered && seeds.length > RECENT) {
      const last = seeds.length - RECENT;
      this.recentSpace.compare(seeds.subarray(last), weights.subarray(last), 0.4, bounds.entries);
      this.silence(this.recentSpace);
      this.cast('recent', this.recentSpace.neighbours({ limit, power: 1.5 }));
    }
    this.enrolOpponents(query);
  }

  /**
   * Owners of nothing but seeds, above all the list being continued. They have nothing to propose and, as by far the closest, would shrink the votes
   * of all others. Training queries are answered without their owner, so the ranker never saw such a neighbour.
   */
  private listsWithin(seeds: ReadonlySet<number>): number[] {
    const { dataset } = this;
    return this.tracksSpace.closest(CONTAINED).filter((owner) => dataset.tracksOf(owner).every((t) => seeds.has(t)));
  }

  private silence(space: OwnerSpace): void {
    for (const owner of this.contained) space.silence(owner);
  }

  /** Enrols owners of disliked seeds: their lists count against what they hold in the walk and in `near`. */
  private enrolOpponents({ seeds, weights }: ModelQuery): void {
    const { ptr, idx } = this.dataset.byTrack;
    for (let i = 0; i < seeds.length; i++) {
      if (weights[i]! >= 0) continue;
      for (let e = ptr[seeds[i]!]!; e < ptr[seeds[i]! + 1]!; e++) if (this.voters.enrol(idx[e]!) < 0) return;
    }
  }

  private byTitle(title: string, alone: boolean): void {
    const { dataset, voters, bounds } = this;
    const { genres } = this.named;
    if (genres.size > 0) {
      this.genreSpace.compare([...genres.keys()], [...genres.values()], null);
      const ofGenre = this.ownersByGenre(300);
      this.cast('titleGenres', ofGenre);
      if (alone) voters.blend(ofGenre, BLEND.titleGenres);
    }
    const alike = without(this.titles.neighbours(title, 1, bounds.voters), this.contained);
    if (alike.count === 0) return;
    this.cast('title', alike);
    for (let i = 0; i < alike.count; i++) {
      const voter = voters.of(alike.owners[i]!);
      if (voter >= 0) voters.titleSimilarity[voter] = alike.weights[i]!;
    }
    const artistVotes = new Float32Array(dataset.artists.count);
    const titled = { ...alike, count: Math.min(alike.count, bounds.titled) };
    voteArtists(titled, this.indexes.artists.holding(titled.owners, titled.count), artistVotes);
    const chosen: number[] = [];
    for (let a = 0; a < artistVotes.length; a++) if (artistVotes[a]! > 0.3) chosen.push(a);
    this.artistSpace.compare(
      chosen,
      chosen.map((a) => artistVotes[a]!),
      0.5,
      bounds.entries,
    );
    const second = chosen.length > 0 ? this.artistSpace.neighbours({ limit: 400, power: 2 }) : NOBODY;
    this.cast('titleArtists', second);
    voters.blend(alike, BLEND.title);
    if (!alone) return;
    this.spread(second);
    voters.blend(second, BLEND.titleArtists);
    this.feedBack(alike);
  }

  /** Owners that hold what owners of similar titles hold most vote, as they do for seeds. */
  private feedBack(alike: Neighbours): void {
    const { items, scores } = this.titleSeeds.of(alike);
    if (items.length === 0) return;
    const weights = scores.map((score) => score / scores[0]!);
    this.tracksSpace.compare(items, weights, 0.4, this.bounds.entries);
    this.cast('tracks', this.tracksSpace.neighbours({ limit: this.bounds.voters, power: 1.5 }));
  }

  /** Neighbours from the genre space's last comparison, converted to owners. */
  private ownersByGenre(limit: number): Neighbours {
    const { count, owners, weights } = this.genreSpace.neighbours({ limit, power: 2 });
    return { count, weights, owners: owners.slice(0, count).map((row) => this.byGenre[row]!) };
  }

  private cast(retriever: Retriever, neighbours: Neighbours): void {
    if (neighbours.count === 0) return;
    this.active.add(retriever);
    this.voters.cast(retriever, neighbours);
  }

  /** Scores artists by the neighbours' votes, to be spread over their tracks. */
  private spread(neighbours: Neighbours): void {
    this.active.add('spread');
    this.artists.vote(neighbours, this.indexes.artists.holding(neighbours.owners, neighbours.count));
  }

  /** Computes the columns that depend on the counted votes. */
  private scoreRows(query: ModelQuery, leastHeld: number, points: boolean): void {
    const { active, discount, rows, voters } = this;
    if (query.seeds.length > 0) {
      active.add('near');
      addNear(this.dataset, query, voters.count, this.hits, rows);
    }
    const scored = this.baseScores?.score(query, active, leastHeld, points);
    this.finish({
      dense: [],
      ...scored,
      ...(active.has('links') && { discount: { column: SLOT.links, by: discount } }),
      ...(active.has('spread') && { spread: this.artists.spreadOver(SLOT.spread) }),
    });
    if (!this.artists.scoreNamed(this.named)) return;
    active.add('named');
    this.finish({ dense: [], spread: this.artists.spreadOver(SLOT.named) });
  }

  private finish(columns: TableColumns): void {
    const { table, groupOf, count } = this.rows;
    finishRows(table, groupOf.subarray(0, count), columns);
  }
}

function without({ count, owners, weights }: Neighbours, left: readonly number[]): Neighbours {
  if (left.length === 0) return { count, owners, weights };
  const barred = new Set(left);
  const kept = Array.from({ length: count }, (_, i) => i).filter((i) => !barred.has(owners[i]!));
  return {
    count: kept.length,
    owners: Int32Array.from(kept, (i) => owners[i]!),
    weights: Float32Array.from(kept, (i) => weights[i]!),
  };
}
