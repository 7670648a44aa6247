import type { Dataset } from '../../dataset/dataset.ts';
import { type Csr, transpose } from '../../math/csr.ts';
import type { Region } from '../../math/kernels/memory.ts';
import { type TableColumns, zero } from '../../math/kernels/score-table.ts';
import { TopK } from '../../math/topk.ts';
import { artistEntries, voteArtists } from '../artists/artist-rows.ts';
import type { Neighbours } from '../playlist-neighbours/owner-space.ts';
import type { HybridCatalogue } from './catalogue.ts';
import type { ItemGroups } from './item-groups.ts';
import type { NamedInTitle } from './title-entity-index.ts';

/** How much less a genre in the title says about each of its artists than an artist's own name. */
const GENRE_SHARE = 0.3;
/** Stands in for the number of owners when a song that nobody holds shares in its artist's score. */
const UNHELD = 0.3;
/** Most artists of such songs that are scored, besides those of the seeds and those named in the title. */
const COLD_SPREAD = 1000;
/** Added to an artist's entries, so that a track's share counts for little while few owners hold the artist. */
const ARTIST_DOUBT = 3;

/** Scores of artists for a query, and how their tracks share them. */
export class ArtistScores {
  /** Entries per artist. */
  readonly entries: Float32Array;
  private readonly scores: Float32Array;
  private readonly groups: ItemGroups;
  private readonly genres: HybridCatalogue['genres'];
  /** genres × artists; made when a title names a genre. */
  private ofGenre: Csr | null = null;
  /** For each cold group, the share of its artist's score that a song gets. */
  private readonly coldShare: Float32Array;
  private readonly largest = new TopK(COLD_SPREAD);

  /** @param region kernel memory that frees what is allocated here */
  constructor(dataset: Dataset, catalogue: HybridCatalogue, groups: ItemGroups, region: Region) {
    this.groups = groups;
    this.genres = catalogue.genres;
    this.scores = region.float32(dataset.artists.count);
    this.entries = region.place(artistEntries(dataset, catalogue.artistOf));
    this.coldShare = Float32Array.from(
      groups.artist.subarray(groups.cold),
      (artist) => UNHELD / (this.entries[artist]! + ARTIST_DOUBT),
    );
  }

  reset(): void {
    zero(this.scores);
  }

  /** Sets the scores to the neighbours' votes for the artists they hold. @param rows owners × artists */
  vote(neighbours: Neighbours, rows: Csr): void {
    this.reset();
    voteArtists(neighbours, rows, this.scores);
  }

  /**
   * Scores the artists that a title names and those of the genres that it names: share of the title · log(1 + entries).
   * @returns false when it names none
   */
  scoreNamed({ artists, genres }: NamedInTitle): boolean {
    if (artists.size === 0 && genres.size === 0) return false;
    const { scores, entries } = this;
    this.reset();
    for (const [artist, share] of artists) scores[artist] = share * Math.log1p(entries[artist]!);
    if (genres.size === 0) return true;
    this.ofGenre ??= transpose({ ...this.genres, values: null });
    const { ptr, idx } = this.ofGenre;
    const shares = new Map<number, number>();
    for (const [genre, share] of genres)
      for (let e = ptr[genre]!; e < ptr[genre + 1]!; e++)
        if (share > (shares.get(idx[e]!) ?? 0)) shares.set(idx[e]!, share);
    for (const [artist, share] of shares) scores[artist]! += GENRE_SHARE * share * Math.log1p(entries[artist]!);
    return true;
  }

  /** Cold groups of the artists with the largest scores to spread; content scores these. */
  largestCold(): ArrayLike<number> & Iterable<number> {
    const { groups, scores, coldShare, largest } = this;
    for (let i = 0; i < coldShare.length; i++) {
      const score = scores[groups.artist[groups.cold + i]!]! * coldShare[i]!;
      if (score > 0 && score >= largest.threshold) largest.push(groups.cold + i, score);
    }
    return largest.drain().items;
  }

  /** Spreads the scores over the tracks: score · owners(track) / (entries of the artist + 3). @param column of the table of scores */
  spreadOver(column: number): NonNullable<TableColumns['spread']> {
    const { scores, entries, groups } = this;
    return {
      column,
      score: scores,
      artistOf: groups.artist,
      popularity: groups.popularity,
      entries,
      unheld: UNHELD,
      doubt: ARTIST_DOUBT,
    };
  }
}
