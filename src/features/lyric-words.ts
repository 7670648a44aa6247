import type { Dataset } from '../dataset/dataset.ts';
import { THEMES, THEMES_AT, type Theme, WORD_BUCKETS } from '../dataset/lyrics-measures.ts';
import { type LyricsTable, lyricsAt } from '../dataset/lyrics-table.ts';
import { inverseDocumentFrequency } from './genre-profiles.ts';

/** The saved statistics: in how many of the songs with lyrics each theme and each bucket of words occurs. JSON values. */
export interface LyricsRecord {
  documents: number;
  frequency: number[];
}

const TERMS = THEMES.length + WORD_BUCKETS;
/** Share of a row's squared length: words and themes count alike. */
const HALF = Math.SQRT1_2;
/** Share of its words from which a song is about a theme. */
const ABOUT = 0.015;
const MOST_THEMES = 2;

/**
 * Songs with lyrics as unit vectors of two halves, each TF-IDF (Salton & Buckley 1988): hashed words, weighted by 1 + ln(count), and themes, by
 * √share. Songs in different languages can only have themes in common.
 */
export class LyricWords {
  readonly record: LyricsRecord;
  private readonly rowOf: Int32Array;
  /** The non-zero terms of each row: row r has weights[e] at terms[e] for e in [ptr[r], ptr[r + 1]). */
  private readonly ptr: Int32Array;
  private readonly terms: Uint16Array;
  private readonly weights: Float32Array;
  /** Mean share of each theme: a theme that most songs have says little about one. */
  private readonly usual: Float64Array;

  private constructor(table: LyricsTable, record: LyricsRecord) {
    const count = table.ptr.length - 1;
    this.record = record;
    this.rowOf = table.row;
    this.ptr = new Int32Array(count + 1);
    this.terms = new Uint16Array(table.idx.length);
    this.weights = new Float32Array(table.idx.length);
    this.usual = new Float64Array(THEMES.length);
    const idf = record.frequency.map((df) => inverseDocumentFrequency(record.documents, df));
    const row = new Float32Array(TERMS);
    let at = 0;
    for (let r = 0; r < count; r++) {
      row.fill(0);
      for (let e = table.ptr[r]!; e < table.ptr[r + 1]!; e++) {
        const t = table.idx[e]! - THEMES_AT;
        if (t < 0) continue;
        const value = table.values[e]!;
        if (t < THEMES.length) this.usual[t]! += value / count;
        if (value > 0) row[t] = idf[t]! * (t < THEMES.length ? Math.sqrt(value) : 1 + Math.log(value));
      }
      scale(row.subarray(0, THEMES.length), HALF);
      scale(row.subarray(THEMES.length), HALF);
      scale(row, 1);
      for (let t = 0; t < TERMS; t++) {
        if (row[t] === 0) continue;
        this.terms[at] = t;
        this.weights[at++] = row[t]!;
      }
      this.ptr[r + 1] = at;
    }
  }

  /** null when no track has lyrics. */
  static fit(dataset: Dataset): LyricWords | null {
    const table = dataset.tracks.lyrics;
    if (!table) return null;
    const frequency = new Array<number>(TERMS).fill(0);
    const { idx, values } = table;
    for (let e = 0; e < idx.length; e++) if (idx[e]! >= THEMES_AT && values[e]! > 0) frequency[idx[e]! - THEMES_AT]!++;
    return new LyricWords(table, { documents: table.ptr.length - 1, frequency });
  }

  /** null when the record or the catalogue has no lyrics. @param record checked by `isRecord` */
  static restore(record: LyricsRecord | undefined, dataset: Dataset): LyricWords | null {
    return record && dataset.tracks.lyrics ? new LyricWords(dataset.tracks.lyrics, record) : null;
  }

  static isRecord(value: unknown): value is LyricsRecord {
    const { documents, frequency } = (value ?? {}) as Partial<LyricsRecord>;
    return (
      Number.isFinite(documents) &&
      Array.isArray(frequency) &&
      frequency.length === TERMS &&
      frequency.every((n) => Number.isFinite(n))
    );
  }

  knows(track: number): boolean {
    return this.rowOf[track]! >= 0;
  }

  /** The weighted sum of the seeds' rows as a unit vector; null when no seed has lyrics. */
  query(seeds: Int32Array, weights: Float32Array): Float32Array | null {
    const sum = new Float32Array(TERMS);
    seeds.forEach((seed, s) => {
      const row = this.rowOf[seed]!;
      if (row < 0) return;
      for (let e = this.ptr[row]!; e < this.ptr[row + 1]!; e++) sum[this.terms[e]!]! += weights[s]! * this.weights[e]!;
    });
    return scale(sum, 1) ? sum : null;
  }

  /** Cosine of a unit vector and a track, NaN for a track without lyrics. */
  cosine(query: Float32Array, track: number): number {
    const row = this.rowOf[track]!;
    if (row < 0) return Number.NaN;
    let dot = 0;
    for (let e = this.ptr[row]!; e < this.ptr[row + 1]!; e++) dot += query[this.terms[e]!]! * this.weights[e]!;
    return dot;
  }

  /** Themes shared by the track and the seeds, ordered by how much more they sing about them than other songs do. */
  shared({ tracks }: Dataset, seeds: Int32Array, track: number): Theme[] {
    const known = [...seeds].filter((seed) => this.knows(seed));
    const share = (of: number, theme: number): number => lyricsAt(tracks.lyrics, of, THEMES_AT + theme);
    return THEMES.map((theme, t) => {
      const mean = known.reduce((sum, seed) => sum + share(seed, t), 0) / known.length;
      return { theme, both: Math.min(mean, share(track, t)), usual: this.usual[t]! };
    })
      .filter(({ both }) => both >= ABOUT)
      .sort((a, b) => b.both - b.usual - (a.both - a.usual))
      .slice(0, MOST_THEMES)
      .map(({ theme }) => theme);
  }
}

/** Scales a vector to a length; a vector of zeros stays zero. @returns false for a vector of zeros */
function scale(vector: Float32Array, length: number): boolean {
  const own = Math.hypot(...vector);
  if (own < 1e-6) return false;
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i]! * length) / own;
  return true;
}
