import type { ModelQuery } from '../model.ts';
import { titleTerms } from '../title/title-terms.ts';
import { Candidates, UNRANKED } from './candidates.ts';
import { type Evidence, PARTS, type Part } from './evidence.ts';
import { genreProfile } from './genres.ts';

/** Parts whose scores are also summed by artist. */
const BY_ARTIST: readonly Part[] = ['tracks', 'artists', 'title', 'blend', 'spectral', 'als'];
/** log₂(1 + rank) of a track that the part did not put forward. */
const UNRANKED_VALUE = 11;
const RECENT_ARTISTS = 3;
/** Shorter names match by chance. */
const SHORTEST_NAME = 4;
/** Owners added to a mean's denominator, so that a track of one playlist proves little. */
const DOUBT = 2;

/** What the ranker sees of a candidate, in order. Scores are relative to the query's best, so that they mean the same in libraries of any size. */
export const COLUMNS: readonly string[] = [
  ...PARTS.flatMap((part) => [`${part} score`, `${part} rank`]),
  ...BY_ARTIST.map((part) => `artist by ${part}`),
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
  'largest overlap',
  'mean overlap',
  'share of owners with overlap',
  'mean similarity of owners',
  'largest similarity of owners',
  'mean title likeness of owners',
  'largest title likeness of owners',
  'mean blend of owners',
  'largest blend of owners',
  'artist in title',
  'title in name',
  'title in artist',
  'genre cosine',
  'best title likeness',
  'equal titles',
  'best similarity',
  'owners with two seeds',
  'rank in artist',
  'share of owners with last seed',
  'best blend',
  'share of seeds linked',
  'strongest link',
  'mean link',
  'share of song',
  'blend above the 100th',
  'spectral above the 100th',
  'als above the 100th',
];

/** The query's side of the features. */
interface Asked {
  liked: Int32Array;
  artists: Map<number, number>;
  songs: Set<number>;
  recentArtists: Set<number>;
  lastOwners: Set<number>;
  genreNorm: number;
  /** '' without a title */
  titleKey: string;
  meanPopularity: number;
  bestTitle: number;
  equalTitles: number;
  bestSimilarity: number;
  withTwo: number;
  /** Liked seeds that each owner holds: owner o has seedsOf[seedPtr[o] … seedPtr[o] + overlap[o]). */
  seedPtr: Int32Array;
  seedsOf: Int32Array;
  /** The 100th best score of the blend and of each view. */
  hundredthBlend: number;
  hundredthSpectral: number;
  hundredthAls: number;
}

/** Retrieves candidates and describes them. Holds scratch: one query at a time; the arrays are overwritten by the next. */
export class Features {
  readonly evidence: Evidence;
  readonly candidates: Candidates;
  /** count × COLUMNS.length */
  rows = new Float32Array(0);
  private readonly artistSums: Float32Array[];
  private readonly largestSums = new Float32Array(BY_ARTIST.length);
  private readonly genreWeights: Float32Array;
  private readonly seenOfArtist: Map<number, number> = new Map();
  private readonly seedPtr: Int32Array;
  /** Owners that hold any version of a song, by the song's number. */
  private readonly songHolders: Float32Array;
  private common = new Uint16Array(128);

  constructor(evidence: Evidence) {
    const { dataset } = evidence;
    this.evidence = evidence;
    this.candidates = new Candidates(dataset.tracks.count);
    this.artistSums = BY_ARTIST.map(() => new Float32Array(dataset.artists.count));
    this.genreWeights = new Float32Array(dataset.genres.size);
    this.seedPtr = new Int32Array(dataset.owners.count);
    this.songHolders = new Float32Array(dataset.tracks.count);
    for (let t = 0; t < dataset.tracks.count; t++)
      this.songHolders[dataset.tracks.song[t]!]! += evidence.popularity[t]!;
  }

  /** @param barred tracks that must not be candidates @returns number of candidates */
  build(query: ModelQuery, barred: ReadonlySet<number>): number {
    const { evidence, candidates } = this;
    const liked = query.seeds.filter((_, i) => query.weights[i]! > 0);
    const artists = new Map<number, number>();
    for (const seed of liked) {
      const artist = evidence.catalogue.artistOf[seed]!;
      if (artist >= 0) artists.set(artist, (artists.get(artist) ?? 0) + 1);
    }
    evidence.gather(query, artists);
    candidates.select(evidence, query, barred);
    this.sumByArtist();
    if (this.rows.length < candidates.count * COLUMNS.length)
      this.rows = new Float32Array(candidates.count * COLUMNS.length);
    const asked = this.ask(query, liked, artists);
    this.seenOfArtist.clear();
    const order = Int32Array.from({ length: candidates.count }, (_, i) => i);
    const { blend } = evidence.scores;
    const { tracks } = candidates;
    order.sort((a, b) => blend[tracks[b]!]! - blend[tracks[a]!]! || tracks[a]! - tracks[b]!);
    for (const i of order) this.describe(i, query, asked);
    return candidates.count;
  }

  private sumByArtist(): void {
    const { evidence, artistSums, largestSums } = this;
    const { artistOf } = evidence.catalogue;
    for (let k = 0; k < BY_ARTIST.length; k++) {
      const scores = evidence.scores[BY_ARTIST[k]!];
      const sums = artistSums[k]!.fill(0);
      largestSums[k] = 0;
      if (!evidence.active.has(BY_ARTIST[k]!)) continue;
      for (let t = 0; t < scores.length; t++)
        if (scores[t]! > 0 && artistOf[t]! >= 0) sums[artistOf[t]!]! += scores[t]!;
      let largest = 0;
      for (let a = 0; a < sums.length; a++) if (sums[a]! > largest) largest = sums[a]!;
      largestSums[k] = largest;
    }
  }

  private ask(query: ModelQuery, liked: Int32Array, artists: Map<number, number>): Asked {
    const { evidence, genreWeights } = this;
    const { dataset, popularity, catalogue, overlap, titleLikeness } = evidence;
    const profile = genreProfile(artists, catalogue.genres);
    genreWeights.fill(0);
    let square = 0;
    for (let i = 0; i < profile.ids.length; i++) {
      genreWeights[profile.ids[i]!] = profile.weights[i]!;
      square += profile.weights[i]! ** 2;
    }
    let logs = 0;
    for (const seed of liked) logs += Math.log1p(popularity[seed]!);
    const asked: Asked = {
      liked,
      artists,
      songs: new Set(Array.from(liked, (seed) => dataset.tracks.song[seed]!)),
      recentArtists: new Set(Array.from(liked.slice(-RECENT_ARTISTS), (seed) => catalogue.artistOf[seed]!)),
      lastOwners: new Set(),
      genreNorm: Math.sqrt(square),
      titleKey: query.title === '' ? '' : titleTerms(query.title).key,
      meanPopularity: liked.length > 0 ? logs / liked.length : Number.NaN,
      bestTitle: 0,
      equalTitles: 0,
      bestSimilarity: 0,
      withTwo: 0,
      seedPtr: this.seedPtr,
      seedsOf: this.indexSeeds(liked),
      hundredthBlend: this.hundredth('blend'),
      hundredthSpectral: this.hundredth('spectral'),
      hundredthAls: this.hundredth('als'),
    };
    const last = liked.at(-1);
    if (last !== undefined) {
      const { ptr, idx } = dataset.byTrack;
      for (let e = ptr[last]!; e < ptr[last + 1]!; e++) asked.lastOwners.add(idx[e]!);
    }
    for (let owner = 0; owner < dataset.owners.count; owner++) {
      if (titleLikeness[owner]! > asked.bestTitle) asked.bestTitle = titleLikeness[owner]!;
      if (titleLikeness[owner]! > 0.999) asked.equalTitles++;
      if (overlap[owner]! > 1) asked.withTwo++;
      if (overlap[owner]! > 0) asked.bestSimilarity = Math.max(asked.bestSimilarity, evidence.similarityOf(owner));
    }
    return asked;
  }

  /** Writes the row of candidate i; called in order of the blend, so that ranks within an artist are known. */
  private describe(i: number, query: ModelQuery, asked: Asked): void {
    const { evidence, candidates, rows, artistSums, largestSums } = this;
    const { dataset, popularity, artistEntries, catalogue, scores } = evidence;
    const track = candidates.tracks[i]!;
    const artist = catalogue.artistOf[track]!;
    const missing = Number.NaN;
    let c = i * COLUMNS.length;
    for (let p = 0; p < PARTS.length; p++) {
      const largest = candidates.largest[p]!;
      const rank = candidates.ranks[p]![i]!;
      rows[c++] = largest > 0 ? scores[PARTS[p]!][track]! / largest : missing;
      rows[c++] = largest > 0 ? (rank === UNRANKED ? UNRANKED_VALUE : Math.log2(1 + rank)) : missing;
    }
    for (let k = 0; k < BY_ARTIST.length; k++)
      rows[c++] = largestSums[k]! > 0 && artist >= 0 ? artistSums[k]![artist]! / largestSums[k]! : missing;
    const holders = popularity[track]!;
    const { liked } = asked;
    const n = liked.length;
    const same = asked.artists.get(artist) ?? 0;
    rows[c++] = holders;
    rows[c++] = artist >= 0 ? artistEntries[artist]! : 0;
    rows[c++] = artist >= 0 && artistEntries[artist]! > 0 ? holders / artistEntries[artist]! : 0;
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
    c = this.describeOwners(c, track, asked);
    const titleKey = asked.titleKey;
    const artistKey = titleKey !== '' && artist >= 0 ? catalogue.artistKey(artist) : '';
    const longTitle = titleKey.length >= SHORTEST_NAME;
    rows[c++] = titleKey === '' ? missing : Number(artistKey.length >= SHORTEST_NAME && titleKey.includes(artistKey));
    rows[c++] = titleKey === '' ? missing : Number(longTitle && catalogue.trackKey(track).includes(titleKey));
    rows[c++] = titleKey === '' ? missing : Number(longTitle && artistKey.includes(titleKey));
    rows[c++] = this.genreCosine(artist, asked.genreNorm);
    rows[c++] = titleKey === '' ? missing : asked.bestTitle;
    rows[c++] = titleKey === '' ? missing : asked.equalTitles;
    rows[c++] = n > 0 ? asked.bestSimilarity : missing;
    rows[c++] = n > 0 ? asked.withTwo : missing;
    const rank = this.seenOfArtist.get(artist) ?? 0;
    this.seenOfArtist.set(artist, rank + 1);
    rows[c++] = rank;
    rows[c++] = this.shareWithLast(track, asked);
    rows[c++] = candidates.largest[PARTS.indexOf('blend')]!;
    c = this.describeLinks(c, track, asked);
    rows[c++] = holders / Math.max(1, this.songHolders[dataset.tracks.song[track]!]!);
    rows[c++] = scores.blend[track]! / asked.hundredthBlend;
    rows[c++] = scores.spectral[track]! / asked.hundredthSpectral;
    rows[c] = scores.als[track]! / asked.hundredthAls;
  }

  /** Nine columns on the owners that hold the track. */
  private describeOwners(at: number, track: number, asked: Asked): number {
    const { rows, evidence } = this;
    const { overlap, titleLikeness, blended } = evidence;
    const { ptr, idx } = evidence.dataset.byTrack;
    let most = 0;
    let sum = 0;
    let any = 0;
    let similarities = 0;
    let similarity = 0;
    let titles = 0;
    let title = 0;
    let blends = 0;
    let blend = 0;
    const from = ptr[track]!;
    const to = ptr[track + 1]!;
    for (let e = from; e < to; e++) {
      const owner = idx[e]!;
      const common = overlap[owner]!;
      if (common > 0) {
        any++;
        sum += common;
        if (common > most) most = common;
        const s = evidence.similarityOf(owner);
        similarities += s;
        if (s > similarity) similarity = s;
      }
      titles += titleLikeness[owner]!;
      if (titleLikeness[owner]! > title) title = titleLikeness[owner]!;
      blends += blended[owner]!;
      if (blended[owner]! > blend) blend = blended[owner]!;
    }
    const n = asked.liked.length;
    const holders = Math.max(1, to - from);
    const best = asked.bestSimilarity || 1;
    let c = at;
    rows[c++] = n > 0 ? most / n : Number.NaN;
    rows[c++] = n > 0 ? sum / holders / n : Number.NaN;
    rows[c++] = n > 0 ? any / holders : Number.NaN;
    rows[c++] = n > 0 ? similarities / (holders + DOUBT) / best : Number.NaN;
    rows[c++] = n > 0 ? similarity / best : Number.NaN;
    rows[c++] = asked.titleKey === '' ? Number.NaN : titles / (holders + DOUBT);
    rows[c++] = asked.titleKey === '' ? Number.NaN : title;
    rows[c++] = blends / (holders + DOUBT);
    rows[c++] = blend;
    return c;
  }

  /** Lists the liked seeds of every owner. */
  private indexSeeds(liked: Int32Array): Int32Array {
    const { evidence, seedPtr } = this;
    const { ptr, idx } = evidence.dataset.byTrack;
    let total = 0;
    for (let owner = 0; owner < seedPtr.length; owner++) {
      seedPtr[owner] = total;
      total += evidence.overlap[owner]!;
    }
    const seeds = new Int32Array(total);
    const cursor = seedPtr.slice();
    for (let i = 0; i < liked.length; i++)
      for (let e = ptr[liked[i]!]!; e < ptr[liked[i]! + 1]!; e++) seeds[cursor[idx[e]!]!++] = i;
    return seeds;
  }

  private hundredth(part: Part): number {
    const { candidates, evidence } = this;
    const ranks = candidates.ranks[PARTS.indexOf(part)]!;
    let last = -1;
    for (let i = 0; i < candidates.count; i++) if (ranks[i]! < 100 && (last < 0 || ranks[i]! > ranks[last]!)) last = i;
    return last < 0 ? Number.NaN : evidence.scores[part][candidates.tracks[last]!]!;
  }

  /** Three columns on the pairs of the track and each seed: how many co-occur, and the cosines of those that do. */
  private describeLinks(at: number, track: number, { liked, seedPtr, seedsOf }: Asked): number {
    const { rows, evidence } = this;
    const { overlap, popularity } = evidence;
    const { ptr, idx } = evidence.dataset.byTrack;
    if (this.common.length < liked.length) this.common = new Uint16Array(liked.length);
    const { common } = this;
    common.fill(0, 0, liked.length);
    for (let e = ptr[track]!; e < ptr[track + 1]!; e++) {
      const owner = idx[e]!;
      for (let s = seedPtr[owner]!, end = s + overlap[owner]!; s < end; s++) common[seedsOf[s]!]!++;
    }
    let linked = 0;
    let strongest = 0;
    let sum = 0;
    for (let i = 0; i < liked.length; i++) {
      if (common[i] === 0) continue;
      linked++;
      const cosine = common[i]! / (Math.sqrt(popularity[track]! * popularity[liked[i]!]!) + 1);
      sum += cosine;
      if (cosine > strongest) strongest = cosine;
    }
    const n = liked.length;
    rows[at] = n > 0 ? linked / n : Number.NaN;
    rows[at + 1] = n > 0 ? strongest : Number.NaN;
    rows[at + 2] = n > 0 ? sum / n : Number.NaN;
    return at + 3;
  }

  private shareWithLast(track: number, { lastOwners, liked }: Asked): number {
    if (liked.length === 0) return Number.NaN;
    const { ptr, idx } = this.evidence.dataset.byTrack;
    let common = 0;
    for (let e = ptr[track]!; e < ptr[track + 1]!; e++) if (lastOwners.has(idx[e]!)) common++;
    return common / Math.max(1, ptr[track + 1]! - ptr[track]!);
  }

  private genreCosine(artist: number, norm: number): number {
    if (artist < 0 || norm === 0) return Number.NaN;
    const { ptr, idx, values } = this.evidence.catalogue.genres;
    let dot = 0;
    let square = 0;
    for (let e = ptr[artist]!; e < ptr[artist + 1]!; e++) {
      dot += this.genreWeights[idx[e]!]! * values![e]!;
      square += values![e]! ** 2;
    }
    return square > 0 ? dot / Math.sqrt(square) / norm : Number.NaN;
  }
}
