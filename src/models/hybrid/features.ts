import { Region } from '../../math/kernels/memory.ts';
import { type Derived, ownDerived } from '../derived.ts';
import { type ModelQuery, modelQuery } from '../model.ts';
import { ArtistSums } from './artist-sums.ts';
import { Candidates, LARGEST_QUOTA, UNRANKED } from './candidates.ts';
import type { ColdScores } from './cold-scores.ts';
import { ABOVE, AT, BY_ARTIST, COLUMNS } from './columns.ts';
import { NeighbourFeatures } from './neighbour-features.ts';
import { QueryFeatures } from './query-features.ts';
import type { RetrieverScores } from './retriever-scores.ts';
import { RETRIEVERS, SLOT, STRIDE } from './retrievers.ts';
import { songPopularity, workPopularity } from './works.ts';

/** The slot of each score and the columns it is written to, resolved once. */
const FROM_RETRIEVER = RETRIEVERS.map((retriever) => ({
  slot: SLOT[retriever],
  score: AT[`${retriever} score`],
  rank: AT[`${retriever} rank`],
}));
const FROM_ARTIST = BY_ARTIST.map((retriever) => ({ slot: SLOT[retriever], column: AT[`artist by ${retriever}`] }));
const FROM_HUNDREDTH = ABOVE.map((retriever) => ({
  slot: SLOT[retriever],
  column: AT[`${retriever} above the 100th`],
}));
/** log₂(1 + rank) for a track that the retriever did not propose. */
const UNRANKED_VALUE = 11;
const LOG_RANK = Float32Array.from({ length: LARGEST_QUOTA }, (_, rank) => Math.log2(1 + rank));
/** Holds one score, to read its bits. */
const SCORE = new Float32Array(1);
const SCORE_BITS = new Uint32Array(SCORE.buffer);
/** Shorter names match by chance. */
const SHORTEST_NAME = 4;

/** Retrieves candidates and computes their features. Holds scratch: serves one query at a time, and the next overwrites the arrays. */
export class Features {
  readonly retrieved: RetrieverScores;
  readonly candidates: Candidates;
  /** described × COLUMNS.length, in the kernels' memory, where the trees read them */
  rows: Float32Array = new Float32Array(0);
  private rowRegion = new Region();
  private query: ModelQuery = modelQuery({ seeds: [] });
  private readonly asked: QueryFeatures;
  private readonly holders: NeighbourFeatures;
  private readonly artistSums: ArtistSums;
  private readonly hundredth = new Float32Array(ABOVE.length);
  /** Candidates seen so far of each artist; the last entry counts those of unknown artists. */
  private readonly seenOfArtist: Int32Array;
  /** 0, 1, 2, … */
  private readonly firstPlaces: Int32Array;
  /** For each candidate position, its feature row, or −1 when it was not described. */
  private readonly rowOf: Int32Array;
  private readonly described: Int32Array;
  private readonly keys: BigUint64Array;
  /** Owners that hold any version of a song, by song number. */
  private readonly songHolders: Float32Array;
  /** Owners that hold any version of a work, by work number. */
  private readonly workHolders: Float32Array;

  /** @param derived what other threads may have derived from the same data */
  constructor(retrieved: RetrieverScores, derived: Derived = ownDerived) {
    const { dataset } = retrieved;
    this.retrieved = retrieved;
    this.candidates = new Candidates(retrieved);
    this.asked = new QueryFeatures(retrieved);
    this.holders = new NeighbourFeatures(retrieved, this.asked);
    this.artistSums = new ArtistSums(retrieved);
    this.seenOfArtist = new Int32Array(dataset.artists.count + 1);
    const most = this.candidates.tracks.length;
    this.firstPlaces = new Int32Array(most);
    for (let i = 0; i < most; i++) this.firstPlaces[i] = i;
    this.rowOf = new Int32Array(most);
    this.described = new Int32Array(most);
    this.keys = new BigUint64Array(most);
    this.workHolders = derived('workHolders', () => workPopularity(dataset, retrieved.catalogue.works));
    this.songHolders = derived('songHolders', () => songPopularity(dataset));
  }

  /** Frees all kernel memory that this holds; a later query is an INTERNAL error. */
  dispose(): void {
    this.retrieved.dispose();
    this.candidates.dispose();
    this.artistSums.dispose();
    this.rowRegion.free();
  }

  /** Retrieves and describes all candidates. @param n number of songs requested, which limits the candidates @returns number of candidates */
  build(query: ModelQuery, barred: ReadonlySet<number>, n = Number.POSITIVE_INFINITY): number {
    const count = this.retrieve(query, barred, n);
    this.describe(this.firstPlaces.subarray(0, count));
    return count;
  }

  /**
   * @param barred tracks that must not be candidates @param n number of songs requested, which limits the candidates
   * @param points false: a title without seeds is not scored as points @returns number of candidates
   */
  retrieve(query: ModelQuery, barred: ReadonlySet<number>, n = Number.POSITIVE_INFINITY, points = true): number {
    const { retrieved, candidates, asked } = this;
    asked.open(query);
    retrieved.gather(query, asked.artists, n, points);
    const { perSong, leastRanked } = retrieved.bounds;
    candidates.select(query, barred, Math.max(leastRanked, perSong * n));
    this.query = query;
    return candidates.count;
  }

  /**
   * Writes the feature rows of some of the retrieved candidates, in the order of `places`. A row does not depend on which other candidates are
   * described.
   */
  describe(places: Int32Array): void {
    const { candidates, asked } = this;
    this.artistSums.read();
    asked.read();
    const { tracks, count } = candidates;
    const { described, rowOf } = this;
    for (let k = 0; k < places.length; k++) described[k] = tracks[places[k]!]!;
    this.holders.read(described.subarray(0, places.length));
    for (let k = 0; k < FROM_HUNDREDTH.length; k++) this.hundredth[k] = this.hundredthOf(FROM_HUNDREDTH[k]!.slot);
    this.reserve(places.length * COLUMNS.length);
    rowOf.fill(-1, 0, count);
    for (let k = 0; k < places.length; k++) rowOf[places[k]!] = k;
    this.seenOfArtist.fill(0);
    const { groups } = this.retrieved;
    const order = this.orderByBlend();
    // Best first: the keys are in ascending order.
    for (let r = 2 * (count - 1); r >= 0; r -= 2) {
      const track = ~order[r]!;
      const i = candidates.placeOf(track);
      const artist = groups.artist[groups.of[track]!]!;
      const seen = this.seenOfArtist[artist >= 0 ? artist : this.seenOfArtist.length - 1]!++;
      if (rowOf[i]! >= 0) this.write(rowOf[i]!, i, seen);
    }
  }

  /**
   * The candidates in ascending order of the blend, from which ranks within an artist follow; among equals the higher track comes first. Two numbers
   * each: ~track, and the bits of its score.
   */
  private orderByBlend(): Uint32Array {
    const { candidates, retrieved, keys } = this;
    const { tracks, count } = candidates;
    const halves = new Uint32Array(keys.buffer);
    for (let i = 0; i < count; i++) {
      SCORE[0] = retrieved.scoreOf(tracks[i]!, 'blend');
      halves[2 * i] = ~tracks[i]!;
      // Non-negative float32 values sort in the order of their bits.
      halves[2 * i + 1] = SCORE_BITS[0]!;
    }
    keys.subarray(0, count).sort();
    return halves;
  }

  private reserve(length: number): void {
    if (length <= this.rows.length) return;
    this.rowRegion.free();
    this.rowRegion = new Region();
    this.rows = this.rowRegion.float32(length);
  }

  private hundredthOf(slot: number): number {
    const { candidates, retrieved } = this;
    const ranks = candidates.ranks[slot]!;
    let last = -1;
    for (let i = 0; i < candidates.count; i++) if (ranks[i]! < 100 && (last < 0 || ranks[i]! > ranks[last]!)) last = i;
    if (last < 0) return Number.NaN;
    return retrieved.scoreOf(candidates.tracks[last]!, RETRIEVERS[slot]!);
  }

  /** Writes the row of candidate i. @param seen candidates of the same artist that the blend ranks above it */
  private write(row: number, i: number, seen: number): void {
    const { retrieved, candidates, rows, asked, query } = this;
    const { sums, largest: largestSums } = this.artistSums;
    const { dataset, catalogue, groups } = retrieved;
    const scores = retrieved.rows.table;
    const track = candidates.tracks[i]!;
    const group = groups.of[track]!;
    const artist = groups.artist[group]!;
    const own = retrieved.rows.of(group) * STRIDE;
    const ofArtist = artist < 0 ? -1 : this.artistSums.of(artist);
    const missing = Number.NaN;
    const at = row * COLUMNS.length;
    for (const { slot, score, rank } of FROM_RETRIEVER) {
      const largest = candidates.largest[slot]!;
      const place = candidates.ranks[slot]![i]!;
      rows[at + score] = largest > 0 ? scores[own + slot]! / largest : missing;
      rows[at + rank] = largest > 0 ? (place === UNRANKED ? UNRANKED_VALUE : LOG_RANK[place]!) : missing;
    }
    for (const { slot, column } of FROM_ARTIST) {
      const known = artist >= 0 && largestSums[slot]! > 0;
      const sum = ofArtist < 0 ? 0 : sums[ofArtist * STRIDE + slot]!;
      rows[at + column] = known ? sum / largestSums[slot]! : missing;
    }
    for (let k = 0; k < FROM_HUNDREDTH.length; k++) {
      const { slot, column } = FROM_HUNDREDTH[k]!;
      rows[at + column] = scores[own + slot]! / this.hundredth[k]!;
    }
    const holders = groups.popularity[group]!;
    const entries = artist >= 0 ? retrieved.artists.entries[artist]! : 0;
    const n = asked.liked.length;
    const same = asked.artists.get(artist) ?? 0;
    rows[at + AT.popularity] = holders;
    rows[at + AT['artist popularity']] = entries;
    rows[at + AT['share of artist']] = entries > 0 ? holders / entries : 0;
    rows[at + AT['listed popularity of artist']] = artist >= 0 ? dataset.artists.popularity[artist]! : -1;
    rows[at + AT.seeds] = n;
    rows[at + AT.ordered] = query.ordered ? 1 : 0;
    rows[at + AT['title given']] = asked.titleKey === '' ? 0 : 1;
    rows[at + AT['artists per seed']] = n > 0 ? asked.artists.size / n : missing;
    rows[at + AT['popularity of seeds']] = asked.meanPopularity;
    rows[at + AT['popularity above seeds']] = Math.log1p(holders) - asked.meanPopularity;
    rows[at + AT['share of seeds by artist']] = n > 0 ? same / n : missing;
    rows[at + AT['seeds by artist']] = same;
    rows[at + AT['song is a seed']] = asked.songs.has(dataset.tracks.song[track]!) ? 1 : 0;
    rows[at + AT['artist of last seeds']] = asked.recentArtists.has(artist) ? 1 : 0;
    this.holders.describe(group, rows, at);
    const { titleKey } = asked;
    const artistKey = titleKey !== '' && artist >= 0 ? catalogue.artistKey(artist) : '';
    const longTitle = titleKey.length >= SHORTEST_NAME;
    rows[at + AT['artist in title']] =
      titleKey === '' ? missing : Number(artistKey.length >= SHORTEST_NAME && titleKey.includes(artistKey));
    rows[at + AT['title names artist']] = titleKey === '' ? missing : (retrieved.named.artists.get(artist) ?? 0);
    rows[at + AT['title names genre']] = titleKey === '' ? missing : this.namedGenre(artist);
    rows[at + AT['title in name']] =
      titleKey === '' ? missing : Number(longTitle && catalogue.trackKey(track).includes(titleKey));
    rows[at + AT['title in artist']] = titleKey === '' ? missing : Number(longTitle && artistKey.includes(titleKey));
    rows[at + AT['genre cosine']] = this.genreCosine(artist);
    rows[at + AT['best title similarity']] = titleKey === '' ? missing : asked.bestTitle;
    rows[at + AT['equal titles']] = titleKey === '' ? missing : asked.equalTitles;
    rows[at + AT['best similarity']] = n > 0 ? asked.bestSimilarity : missing;
    rows[at + AT['owners with two seeds']] = n > 0 ? asked.withTwo : missing;
    rows[at + AT['rank in artist']] = seen;
    rows[at + AT['best blend']] = candidates.largest[SLOT.blend]!;
    rows[at + AT['share of song']] = holders / Math.max(1, this.songHolders[dataset.tracks.song[track]!]!);
    const versions = this.workHolders[catalogue.works.of[track]!]!;
    rows[at + AT['work popularity']] = versions;
    rows[at + AT['share of work']] = holders / Math.max(1, versions);
    rows[at + AT['sound cosine']] = asked.measured ? catalogue.measured!.cosine(asked.measured, track) : missing;
    rows[at + AT['embedding cosine']] = asked.heard ? catalogue.heard!.cosine(asked.heard, track) : missing;
    const cold = retrieved.baseScores?.cold ?? null;
    rows[at + AT['listed popularity']] = cold ? dataset.tracks.popularity[track]! : 0;
    rows[at + AT['content fit']] = cold ? this.contentFit(cold, group, track) : 0;
    rows[at + AT['cold songs of artist']] = cold ? this.coldSongs(group) : 0;
  }

  /** Number of the artist's songs that nobody holds; missing for songs that somebody holds. */
  private coldSongs(group: number): number {
    const { cold, members } = this.retrieved.groups;
    return group < cold ? Number.NaN : members.ptr[group + 1]! - members.ptr[group]!;
  }

  /** Content score of a song that nobody holds, relative to the best score of `als`; missing for songs that somebody holds. */
  private contentFit(cold: ColdScores, group: number, track: number): number {
    const { retrieved, candidates } = this;
    // With a title, content is scored with the vector of `alsTitle`.
    const slot = candidates.largest[SLOT.alsTitle]! > 0 ? SLOT.alsTitle : SLOT.als;
    const best = candidates.largest[slot]!;
    if (group < retrieved.groups.cold || !(best > 0)) return Number.NaN;
    return (retrieved.rows.table[retrieved.rows.of(group) * STRIDE + slot]! + cold.ownScore(track)) / best;
  }

  /** Largest share of the title that names a genre of the artist. */
  private namedGenre(artist: number): number {
    const { named, catalogue } = this.retrieved;
    if (artist < 0 || named.genres.size === 0) return 0;
    const { ptr, idx } = catalogue.genres;
    let share = 0;
    for (let e = ptr[artist]!; e < ptr[artist + 1]!; e++) share = Math.max(share, named.genres.get(idx[e]!) ?? 0);
    return share;
  }

  private genreCosine(artist: number): number {
    const { genreNorm, genreWeights } = this.asked;
    if (artist < 0 || genreNorm === 0) return Number.NaN;
    const { ptr, idx, values } = this.retrieved.catalogue.genres;
    let dot = 0;
    let square = 0;
    for (let e = ptr[artist]!; e < ptr[artist + 1]!; e++) {
      dot += genreWeights[idx[e]!]! * values![e]!;
      square += values![e]! ** 2;
    }
    return square > 0 ? dot / Math.sqrt(square) / genreNorm : Number.NaN;
  }
}
