import type { Dataset } from '../dataset/dataset.ts';
import { EMBEDDING_WIDTH, LAYER_START, SOUNDS_LIKE } from '../dataset/embedding-measures.ts';
import { type MeasureTable, measureAt } from '../dataset/measure-tables.ts';
import { isStandardRecord, type StandardRecord, StandardRows, standardRecord } from './standard-rows.ts';

const EMBEDDING_BLOCK = {
  table: 'embedding',
  axes: Array.from({ length: EMBEDDING_WIDTH - LAYER_START }, (_, i) => ({ weight: 1, value: LAYER_START + i })),
} as const;

/** Least probability for a tag to be mentioned, in the track and on average over the seeds. */
const SURE = 0.1;
const MOST_TAGS = 2;

/** Embeddings of the tracks that the network heard; the plain cosine of two rows is their similarity. */
export class HeardEmbedding extends StandardRows {
  /** Mean probability of each tag over the catalogue: a tag that fits most songs says little about one. */
  private readonly usual: Float64Array;

  private constructor(table: MeasureTable, record: StandardRecord) {
    super(EMBEDDING_BLOCK, table, record);
    const rows = table.values.length / EMBEDDING_WIDTH;
    this.usual = Float64Array.from(SOUNDS_LIKE, (_, tag) => {
      let sum = 0;
      for (let r = 0; r < rows; r++) sum += table.values[r * EMBEDDING_WIDTH + tag]!;
      return sum / rows;
    });
  }

  /** null when the network heard no track. */
  static fit(dataset: Dataset): HeardEmbedding | null {
    return HeardEmbedding.restore(standardRecord(EMBEDDING_BLOCK, dataset) ?? undefined, dataset);
  }

  /** null when the record or the catalogue has no embedding. @param record checked by `isRecord` */
  static restore(record: StandardRecord | undefined, dataset: Dataset): HeardEmbedding | null {
    return record && dataset.tracks.embedding ? new HeardEmbedding(dataset.tracks.embedding, record) : null;
  }

  static isRecord(value: unknown): value is StandardRecord {
    return isStandardRecord(EMBEDDING_BLOCK, value);
  }

  /** Tags that both a track and the seeds sound like, ordered by how far they exceed the catalogue's mean. */
  shared({ tracks }: Dataset, seeds: Int32Array, track: number): string[] {
    const heard = [...seeds].filter((seed) => this.knows(seed));
    const found = SOUNDS_LIKE.map((tag, at) => {
      const mean = heard.reduce((sum, seed) => sum + measureAt(tracks, 'embedding', seed, at), 0) / heard.length;
      return { tag, both: Math.min(mean, measureAt(tracks, 'embedding', track, at)), usual: this.usual[at]! };
    });
    return found
      .filter(({ both }) => both >= SURE)
      .sort((a, b) => b.both - b.usual - (a.both - a.usual))
      .slice(0, MOST_TAGS)
      .map(({ tag }) => tag);
  }
}
