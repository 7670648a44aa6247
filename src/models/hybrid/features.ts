import { Region } from '../../math/kernels/memory.ts';
import type { PlacedCsr } from '../../math/kernels/sparse.ts';
import { columnMaxima, sparseTimesDense } from '../../math/kernels/spmm.ts';
import type { ModelQuery } from '../model.ts';
import { Candidates, LARGEST_QUOTA, UNRANKED } from './candidates.ts';
import { HOLDER_COLUMNS, NeighbourFeatures } from './neighbour-features.ts';
import { QueryFeatures } from './query-features.ts';
import { LANE, type Part, RETRIEVERS, type RetrieverScores, STRIDE } from './retriever-scores.ts';
import { workPopularity } from './works.ts';

/** Parts whose scores are also summed by artist. */
const BY_ARTIST: readonly Part[] = ['tracks', 'artists', 'title', 'blend', 'spectral', 'als', 'near', 'alsTitle'];
/** Parts whose scores are also seen relative to their 100th best. */
const ABOVE: readonly Part[] = ['blend', 'spectral', 'als', 'near', 'alsTitle'];
const BY_ARTIST_LANES = BY_ARTIST.map((part) => LANE[part]);
const ABOVE_LANES = ABOVE.map((part) => LANE[part]);
/** log₂(1 + rank) of a track that the part did not put forward. */
const UNRANKED_VALUE = 11;
const LOG_RANK = Float32Array.from({ length: LARGEST_QUOTA }, (_, rank) => Math.log2(1 + rank));
/** Shorter names match by chance. */
const SHORTEST_NAME = 4;

/** What the ranker sees of a candidate, in order. Scores are relative to the query's best, so that they mean the same in libraries of any size. */
export const COLUMNS: readonly string[] = [
  ...RETRIEVERS.flatMap((part) => [`${part} score`, `${part} rank`]),
  ...BY_ARTIST.map((part) => `artist by ${part}`),
  ...ABOVE.map((part) => `${part} above the 100th`),
  'popularity',
  'artist popularity',
  'share of artist',
  'listed popularity of artist',
  'seeds',
  'ordered',
  'title given',
  'artists per seed',
  'popularity of seeds',
  'popularity above seeds',
  'share of seeds by artist',
  'seeds by artist',
  'song is a seed',
  'artist of last seeds',
  ...HOLDER_COLUMNS,
  'artist in title',
  'title names artist',
  'title names genre',
  'title in name',
  'title in artist',
  'genre cosine',
  'best title similarity',
  'equal titles',
  'best similarity',
  'owners with two seeds',
  'rank in artist',
  'best blend',
  'share of song',
  'work popularity',
  'share of work',
];

/** Retrieves candidates and describes them. Holds scratch: one query at a time; the arrays are overwritten by the next. */
export class Features {
  readonly retrieved: RetrieverScores;
  readonly candidates: Candidates;
  /** count × COLUMNS.length */
  rows = new Float32Array(0);
  private readonly asked: QueryFeatures;
  private readonly holders: NeighbourFeatures;
  private readonly byArtist: PlacedCsr;
  /** artists × STRIDE: the groups' scores summed; and the largest of each column */
  private readonly artistSums: Float32Array;
  private readonly largestSums: Float32Array;
  private readonly hundredth = new Float32Array(ABOVE.length);
  /** Candidates seen of each artist; the last place counts those of unknown artists. */
  private readonly seenOfArtist: Int32Array;
  /** Owners that hold any version of a song, by the song's number. */
  private readonly songHolders: Float32Array;
  /** The same of a work, by its number. */
  private readonly workHolders: Float32Array;

  constructor(retrieved: RetrieverScores) {
    const { dataset, groups } = retrieved;
    this.retrieved = retrieved;
    this.candidates = new Candidates(retrieved);
    this.asked = new QueryFeatures(retrieved);
    this.holders = new NeighbourFeatures(retrieved, this.asked);
    const region = new Region();
    regionFinalizer.register(this, region);
    const { ptr, idx, values } = groups.byArtist;
    this.byArtist = {
      ptr: region.place(ptr),
      idx: region.place(idx),
      values: region.place(values!),
      columns: groups.count,
    };
    this.artistSums = region.float32(dataset.artists.count * STRIDE);
    this.largestSums = region.float32(STRIDE);
    this.seenOfArtist = new Int32Array(dataset.artists.count + 1);
    this.workHolders = workPopularity(dataset, retrieved.catalogue.works);
    this.songHolders = new Float32Array(dataset.tracks.count);
    for (let t = 0; t < dataset.tracks.count; t++) this.songHolders[dataset.tracks.song[t]!]! += dataset.ownersOf(t);
  }

  /** @param barred tracks that must not be candidates @returns number of candidates */
  build(query: ModelQuery, barred: ReadonlySet<number>): number {
    const { retrieved, candidates, asked } = this;
    asked.open(query);
    retrieved.gather(query, asked.artists);
    candidates.select(query, barred);
    sparseTimesDense(this.byArtist, retrieved.scores, STRIDE, this.artistSums);
    columnMaxima(this.artistSums, STRIDE, this.largestSums);
    asked.read();
    for (let k = 0; k < ABOVE.length; k++) this.hundredth[k] = this.hundredthOf(ABOVE[k]!);
    if (this.rows.length < candidates.count * COLUMNS.length)
      this.rows = new Float32Array(candidates.count * COLUMNS.length);
    this.seenOfArtist.fill(0);
    this.holders.reset();
    for (const i of this.orderByBlend()) this.describe(i, query);
    return candidates.count;
  }

  /** Candidates in descending order of the blend, so that ranks within an artist are known; ties by track number. */
  private orderByBlend(): Int32Array {
    const { candidates, retrieved } = this;
    const { tracks, count } = candidates;
    const { scores, groups } = retrieved;
    const keys = Float32Array.from({ length: count }, (_, i) => scores[groups.of[tracks[i]!]! * STRIDE + LANE.blend]!);
    const order = Int32Array.from({ length: count }, (_, i) => i);
    return order.sort((a, b) => keys[b]! - keys[a]! || tracks[a]! - tracks[b]!);
  }

  private hundredthOf(part: Part): number {
    const { candidates, retrieved } = this;
    const ranks = candidates.ranks[LANE[part]]!;
    let last = -1;
    for (let i = 0; i < candidates.count; i++) if (ranks[i]! < 100 && (last < 0 || ranks[i]! > ranks[last]!)) last = i;
    if (last < 0) return Number.NaN;
    return retrieved.scores[retrieved.groups.of[candidates.tracks[last]!]! * STRIDE + LANE[part]]!;
  }

  /** Writes the row of candidate i; called in order of the blend. */
  private describe(i: number, query: ModelQuery): void {
    const { retrieved, candidates, rows, artistSums, largestSums, asked } = this;
    const { dataset, artistEntries, catalogue, scores, groups } = retrieved;
    const track = candidates.tracks[i]!;
    const group = groups.of[track]!;
    const artist = groups.artist[group]!;
    const own = group * STRIDE;
    const missing = Number.NaN;
    let c = i * COLUMNS.length;
    for (let p = 0; p < RETRIEVERS.length; p++) {
      const largest = candidates.largest[p]!;
      const rank = candidates.ranks[p]![i]!;
      rows[c++] = largest > 0 ? scores[own + p]! / largest : missing;
      rows[c++] = largest > 0 ? (rank === UNRANKED ? UNRANKED_VALUE : LOG_RANK[rank]!) : missing;
    }
    for (const lane of BY_ARTIST_LANES) {
      const known = artist >= 0 && largestSums[lane]! > 0;
      rows[c++] = known ? artistSums[artist * STRIDE + lane]! / largestSums[lane]! : missing;
    }
    for (let k = 0; k < ABOVE.length; k++) rows[c++] = scores[own + ABOVE_LANES[k]!]! / this.hundredth[k]!;
    const holders = groups.popularity[group]!;
    const entries = artist >= 0 ? artistEntries[artist]! : 0;
    const n = asked.liked.length;
    const same = asked.artists.get(artist) ?? 0;
    rows[c++] = holders;
    rows[c++] = entries;
    rows[c++] = entries > 0 ? holders / entries : 0;
    rows[c++] = artist >= 0 ? dataset.artists.popularity[artist]! : -1;
    rows[c++] = n;
    rows[c++] = query.ordered ? 1 : 0;
    rows[c++] = asked.titleKey === '' ? 0 : 1;
    rows[c++] = n > 0 ? asked.artists.size / n : missing;
    rows[c++] = asked.meanPopularity;
    rows[c++] = Math.log1p(holders) - asked.meanPopularity;
    rows[c++] = n > 0 ? same / n : missing;
    rows[c++] = same;
    rows[c++] = asked.songs.has(dataset.tracks.song[track]!) ? 1 : 0;
    rows[c++] = asked.recentArtists.has(artist) ? 1 : 0;
    this.holders.describe(group, rows, c);
    c += HOLDER_COLUMNS.length;
    const { titleKey } = asked;
    const artistKey = titleKey !== '' && artist >= 0 ? catalogue.artistKey(artist) : '';
    const longTitle = titleKey.length >= SHORTEST_NAME;
    rows[c++] = titleKey === '' ? missing : Number(artistKey.length >= SHORTEST_NAME && titleKey.includes(artistKey));
    rows[c++] = titleKey === '' ? missing : (retrieved.named.artists.get(artist) ?? 0);
    rows[c++] = titleKey === '' ? missing : this.namedGenre(artist);
    rows[c++] = titleKey === '' ? missing : Number(longTitle && catalogue.trackKey(track).includes(titleKey));
    rows[c++] = titleKey === '' ? missing : Number(longTitle && artistKey.includes(titleKey));
    rows[c++] = this.genreCosine(artist);
    rows[c++] = titleKey === '' ? missing : asked.bestTitle;
    rows[c++] = titleKey === '' ? missing : asked.equalTitles;
    rows[c++] = n > 0 ? asked.bestSimilarity : missing;
    rows[c++] = n > 0 ? asked.withTwo : missing;
    rows[c++] = this.seenOfArtist[artist >= 0 ? artist : this.seenOfArtist.length - 1]!++;
    rows[c++] = candidates.largest[LANE.blend]!;
    rows[c++] = holders / Math.max(1, this.songHolders[dataset.tracks.song[track]!]!);
    const versions = this.workHolders[catalogue.works.of[track]!]!;
    rows[c++] = versions;
    rows[c++] = holders / Math.max(1, versions);
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

const regionFinalizer = new FinalizationRegistry<Region>((region) => region.free());
