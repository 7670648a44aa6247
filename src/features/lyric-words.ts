import type { Dataset } from '../dataset/dataset.ts';
import { BUCKETS_AT, LYRICS_WIDTH, THEMES, THEMES_AT, type Theme, WORD_BUCKETS } from '../dataset/lyrics-measures.ts';
import { type MeasureTable, measureAt } from '../dataset/measure-tables.ts';
import { inverseDocumentFrequency } from './genre-profiles.ts';

/** What is kept: in how many of the songs with lyrics each theme and each bucket of words occurs. JSON values. */
export interface LyricsRecord {
  documents: number;
  frequency: number[];
}

const TERMS = THEMES.length + WORD_BUCKETS;
/** Of the squared length of a row: words and themes count alike. */
const HALF = Math.SQRT1_2;
/** Share of the words from which a song is about a theme. */
const ABOUT = 0.015;
const MOST_THEMES = 2;

/**
 * Songs with lyrics as unit vectors of two halves, each TF-IDF (Salton & Buckley 1988): hashed words, by 1 + ln(count), and themes, by √share. Songs in
 * different languages share themes alone.
 */
export class LyricWords {
  readonly record: LyricsRecord;
  private readonly rowOf: Int32Array;
  /** rows × TERMS */
  private readonly rows: Float32Array;
  /** Mean share of each theme: what all songs sing of tells nothing of one. */
  private readonly usual: Float64Array;

  private constructor(table: MeasureTable, record: LyricsRecord) {
    const count = table.values.length / LYRICS_WIDTH;
    this.record = record;
    this.rowOf = table.row;
    this.rows = new Float32Array(count * TERMS);
    this.usual = new Float64Array(THEMES.length);
    const idf = record.frequency.map((df) => inverseDocumentFrequency(record.documents, df));
    for (let r = 0; r < count; r++) {
      const terms = this.rows.subarray(r * TERMS, (r + 1) * TERMS);
      for (let t = 0; t < TERMS; t++) {
        const value =
          table.values[r * LYRICS_WIDTH + (t < THEMES.length ? THEMES_AT + t : BUCKETS_AT - THEMES.length + t)]!;
        if (t < THEMES.length) this.usual[t]! += value / count;
        if (value > 0) terms[t] = idf[t]! * (t < THEMES.length ? Math.sqrt(value) : 1 + Math.log(value));
      }
      scale(terms.subarray(0, THEMES.length), HALF);
      scale(terms.subarray(THEMES.length), HALF);
      scale(terms, 1);
    }
  }

  /** null when no track has lyrics. */
  static fit(dataset: Dataset): LyricWords | null {
    const table = dataset.tracks.lyrics;
    if (!table) return null;
    const frequency = new Array<number>(TERMS).fill(0);
    const documents = table.values.length / LYRICS_WIDTH;
    for (let r = 0; r < documents; r++)
      for (let t = 0; t < TERMS; t++) if (table.values[r * LYRICS_WIDTH + THEMES_AT + t]! > 0) frequency[t]!++;
    return new LyricWords(table, { documents, frequency });
  }

  /** null where the record or the catalogue knows no lyrics. @param record checked by `isRecord` */
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
      if (row >= 0) for (let t = 0; t < TERMS; t++) sum[t]! += weights[s]! * this.rows[row * TERMS + t]!;
    });
    return scale(sum, 1) ? sum : null;
  }

  /** Cosine of a unit vector and a track, NaN for a track without lyrics. */
  cosine(query: Float32Array, track: number): number {
    const row = this.rowOf[track]!;
    if (row < 0) return Number.NaN;
    let dot = 0;
    for (let t = 0, at = row * TERMS; t < TERMS; t++, at++) dot += query[t]! * this.rows[at]!;
    return dot;
  }

  /** Themes of both the track and the seeds, by how much more than other songs they sing of them. */
  shared({ tracks }: Dataset, seeds: Int32Array, track: number): Theme[] {
    const known = [...seeds].filter((seed) => this.knows(seed));
    const share = (of: number, theme: number): number => measureAt(tracks, 'lyrics', of, THEMES_AT + theme);
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

/** Scales a vector to a length; a vector of zeros stays. @returns whether it was none */
function scale(vector: Float32Array, length: number): boolean {
  const own = Math.hypot(...vector);
  if (own < 1e-6) return false;
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i]! * length) / own;
  return true;
}
