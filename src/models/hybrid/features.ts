import { Region } from '../../math/kernels/memory.ts';
import type { PlacedCsr } from '../../math/kernels/sparse.ts';
import { columnMaxima, sparseTimesDense } from '../../math/kernels/spmm.ts';
import type { ModelQuery } from '../model.ts';
import { Candidates, LARGEST_QUOTA, UNRANKED } from './candidates.ts';
import { type Evidence, LANE, LANES, PARTS, type Part } from './evidence.ts';
import { HOLDER_COLUMNS, HolderFigures } from './holder-figures.ts';
import { QuerySide } from './query-side.ts';
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
  ...PARTS.flatMap((part) => [`${part} score`, `${part} rank`]),
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
  'best title likeness',
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
  readonly evidence: Evidence;
  readonly candidates: Candidates;
  /** count × COLUMNS.length */
  rows = new Float32Array(0);
  private readonly asked: QuerySide;
  private readonly holders: HolderFigures;
  private readonly byArtist: PlacedCsr;
  /** artists × LANES: the bundles' scores summed; and the largest of each column */
  private readonly artistSums: Float32Array;
  private readonly largestSums: Float32Array;
  private readonly hundredth = new Float32Array(ABOVE.length);
  /** Candidates seen of each artist; the last place counts those of unknown artists. */
  private readonly seenOfArtist: Int32Array;
  /** Owners that hold any version of a song, by the song's number. */
  private readonly songHolders: Float32Array;
  /** The same of a work, by its number. */
  private readonly workHolders: Float32Array;

  constructor(evidence: Evidence) {
    const { dataset, bundles } = evidence;
    this.evidence = evidence;
    this.candidates = new Candidates(evidence);
    this.asked = new QuerySide(evidence);
    this.holders = new HolderFigures(evidence, this.asked);
    const region = new Region();
    unused.register(this, region);
    const { ptr, idx, values } = bundles.byArtist;
    this.byArtist = {
      ptr: region.place(ptr),
      idx: region.place(idx),
      values: region.place(values!),
      columns: bundles.count,
    };
    this.artistSums = region.float32(dataset.artists.count * LANES);
    this.largestSums = region.float32(LANES);
    this.seenOfArtist = new Int32Array(dataset.artists.count + 1);
    this.workHolders = workPopularity(dataset, evidence.catalogue.works);
    this.songHolders = new Float32Array(dataset.tracks.count);
    for (let t = 0; t < dataset.tracks.count; t++) this.songHolders[dataset.tracks.song[t]!]! += dataset.ownersOf(t);
  }

  /** @param barred tracks that must not be candidates @returns number of candidates */
  build(query: ModelQuery, barred: ReadonlySet<number>): number {
    const { evidence, candidates, asked } = this;
    asked.open(query);
    evidence.gather(query, asked.artists);
    candidates.select(query, barred);
    sparseTimesDense(this.byArtist, evidence.scores, LANES, this.artistSums);
    columnMaxima(this.artistSums, LANES, this.largestSums);
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
    const { candidates, evidence } = this;
    const { tracks, count } = candidates;
    const { scores, bundles } = evidence;
    const keys = Float32Array.from({ length: count }, (_, i) => scores[bundles.of[tracks[i]!]! * LANES + LANE.blend]!);
    const order = Int32Array.from({ length: count }, (_, i) => i);
    return order.sort((a, b) => keys[b]! - keys[a]! || tracks[a]! - tracks[b]!);
  }

  private hundredthOf(part: Part): number {
    const { candidates, evidence } = this;
    const ranks = candidates.ranks[LANE[part]]!;
    let last = -1;
    for (let i = 0; i < candidates.count; i++) if (ranks[i]! < 100 && (last < 0 || ranks[i]! > ranks[last]!)) last = i;
    if (last < 0) return Number.NaN;
    return evidence.scores[evidence.bundles.of[candidates.tracks[last]!]! * LANES + LANE[part]]!;
  }

  /** Writes the row of candidate i; called in order of the blend. */
  private describe(i: number, query: ModelQuery): void {
    const { evidence, candidates, rows, artistSums, largestSums, asked } = this;
    const { dataset, artistEntries, catalogue, scores, bundles } = evidence;
    const track = candidates.tracks[i]!;
    const bundle = bundles.of[track]!;
    const artist = bundles.artist[bundle]!;
    const own = bundle * LANES;
    const missing = Number.NaN;
    let c = i * COLUMNS.length;
    for (let p = 0; p < PARTS.length; p++) {
      const largest = candidates.largest[p]!;
      const rank = candidates.ranks[p]![i]!;
      rows[c++] = largest > 0 ? scores[own + p]! / largest : missing;
      rows[c++] = largest > 0 ? (rank === UNRANKED ? UNRANKED_VALUE : LOG_RANK[rank]!) : missing;
    }
    for (const lane of BY_ARTIST_LANES) {
      const known = artist >= 0 && largestSums[lane]! > 0;
      rows[c++] = known ? artistSums[artist * LANES + lane]! / largestSums[lane]! : missing;
    }
    for (let k = 0; k < ABOVE.length; k++) rows[c++] = scores[own + ABOVE_LANES[k]!]! / this.hundredth[k]!;
    const holders = bundles.popularity[bundle]!;
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
    this.holders.describe(bundle, rows, c);
    c += HOLDER_COLUMNS.length;
    const { titleKey } = asked;
    const artistKey = titleKey !== '' && artist >= 0 ? catalogue.artistKey(artist) : '';
    const longTitle = titleKey.length >= SHORTEST_NAME;
    rows[c++] = titleKey === '' ? missing : Number(artistKey.length >= SHORTEST_NAME && titleKey.includes(artistKey));
    rows[c++] = titleKey === '' ? missing : (evidence.named.artists.get(artist) ?? 0);
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
    const { named, catalogue } = this.evidence;
    if (artist < 0 || named.genres.size === 0) return 0;
    const { ptr, idx } = catalogue.genres;
    let share = 0;
    for (let e = ptr[artist]!; e < ptr[artist + 1]!; e++) share = Math.max(share, named.genres.get(idx[e]!) ?? 0);
    return share;
  }

  private genreCosine(artist: number): number {
    const { genreNorm, genreWeights } = this.asked;
    if (artist < 0 || genreNorm === 0) return Number.NaN;
    const { ptr, idx, values } = this.evidence.catalogue.genres;
    let dot = 0;
    let square = 0;
    for (let e = ptr[artist]!; e < ptr[artist + 1]!; e++) {
      dot += genreWeights[idx[e]!]! * values![e]!;
      square += values![e]! ** 2;
    }
    return square > 0 ? dot / Math.sqrt(square) / genreNorm : Number.NaN;
  }
}

const unused = new FinalizationRegistry<Region>((region) => region.free());
