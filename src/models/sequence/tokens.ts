import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';
import { titleTerms } from '../title/title-terms.ts';

/** Least number of titles with a term for it to get a vector. */
const LEAST_TITLES = 3;
/** Most terms read per title. */
export const MOST_TERMS = 200;
/** Least number of held tracks of an artist for it to get a vector. */
const LEAST_TRACKS = 2;

/** The saved part of the tokens: which rows of the table represent what. */
export interface TokenRows {
  /** Row of each track's own vector, −1 when nobody holds it. */
  readonly trackRow: Int32Array;
  /** Row of each artist's vector, −1 when it has none. */
  readonly artistRow: Int32Array;
  /** Terms of titles; the first has the row `firstTerm`. */
  readonly terms: readonly string[];
  readonly firstTerm: number;
}

/** Numbers the rows: tracks that somebody holds, then artists of at least two of them, then terms of at least three titles. */
export function numberRows(dataset: Dataset): TokenRows {
  const { count } = dataset.tracks;
  const trackRow = new Int32Array(count).fill(-1);
  const tracksOfArtist = new Int32Array(dataset.artists.count);
  let rows = 0;
  for (let t = 0; t < count; t++) {
    if (dataset.ownersOf(t) === 0) continue;
    trackRow[t] = rows++;
    const artist = dataset.mainArtist(t);
    if (artist >= 0) tracksOfArtist[artist]!++;
  }
  const artistRow = tracksOfArtist.map((n) => (n >= LEAST_TRACKS ? rows++ : -1));
  const titlesOfTerm = new Map<string, number>();
  for (let owner = 0; owner < dataset.owners.count; owner++)
    for (const term of termsOf(dataset.owners.titles.get(owner)))
      titlesOfTerm.set(term, (titlesOfTerm.get(term) ?? 0) + 1);
  const terms = [...titlesOfTerm].filter(([, n]) => n >= LEAST_TITLES).map(([term]) => term);
  return { trackRow, artistRow, terms, firstTerm: rows };
}

/** A title's words, character trigrams and the whole title, each with a prefix that keeps the kinds distinct. */
function termsOf(title: string): string[] {
  const { key, words, grams } = titleTerms(title);
  return key === '' ? [] : [...new Set([...words.map((w) => `w${w}`), ...grams.map((g) => `g${g}`), `=${key}`])];
}

/**
 * Represents tokens as weighted sums of rows of one table. A track is its own vector plus its artist's, so a rare track starts from its artist; a
 * title is the sum of its terms' vectors over √n.
 */
export class Tokens {
  readonly rows: TokenRows;
  /** Number of rows in the table. */
  readonly count: number;
  private readonly dataset: Dataset;
  private readonly rowOfTerm: ReadonlyMap<string, number>;

  constructor(dataset: Dataset, rows: TokenRows) {
    this.dataset = dataset;
    this.rows = rows;
    this.count = rows.firstTerm + rows.terms.length;
    this.rowOfTerm = new Map(rows.terms.map((term, i) => [term, rows.firstTerm + i]));
  }

  isKnown(track: number): boolean {
    return this.rows.trackRow[track]! >= 0;
  }

  /** Appends the rows of a known track. */
  addTrack(track: number, out: Composition): void {
    out.add(this.rows.trackRow[track]!, 1);
    const artist = this.dataset.mainArtist(track);
    const row = artist < 0 ? -1 : this.rows.artistRow[artist]!;
    if (row >= 0) out.add(row, 1);
    out.close();
  }

  /** Rows of the title's known terms. */
  titleRows(title: string): number[] {
    return termsOf(title)
      .flatMap((term) => this.rowOfTerm.get(term) ?? [])
      .slice(0, MOST_TERMS);
  }

  /** Appends a title; its rows must not be empty. */
  addTitle(rows: readonly number[], out: Composition): void {
    for (const row of rows) out.add(row, 1 / Math.sqrt(rows.length));
    out.close();
  }
}

/** A sparse matrix built row by row. */
export class Composition {
  readonly ptr: Int32Array;
  readonly idx: Int32Array;
  readonly values: Float32Array;
  count = 0;

  /** @param entries capacity */
  constructor(rows: number, entries: number) {
    this.ptr = new Int32Array(rows + 1);
    this.idx = new Int32Array(entries);
    this.values = new Float32Array(entries);
  }

  clear(): void {
    this.count = 0;
    this.ptr[0] = 0;
    this.ptr[1] = 0;
  }

  add(column: number, value: number): void {
    const at = this.ptr[this.count + 1]!++;
    this.idx[at] = column;
    this.values[at] = value;
  }

  /** Ends the row. */
  close(): void {
    this.count++;
    if (this.count + 1 < this.ptr.length) this.ptr[this.count + 1] = this.ptr[this.count]!;
  }

  /** A view of what has been written so far. */
  matrix(columns: number): Csr {
    const { count, ptr, idx, values } = this;
    return { rows: count, columns, ptr, idx, values };
  }
}
