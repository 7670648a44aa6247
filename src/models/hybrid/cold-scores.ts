import { Int8Index, type Int8Rows } from '../../math/kernels/int8-index.ts';
import { type Region, regionOf } from '../../math/kernels/memory.ts';
import type { FittedAls } from '../als/fitted.ts';
import type { BaseModels } from './base-models.ts';
import { ContentMap } from './content-map.ts';
import type { RetrieverScores } from './retriever-scores.ts';

type Retrieved = Pick<RetrieverScores, 'dataset' | 'catalogue' | 'groups' | 'rows'>;

/**
 * Scores songs that nobody holds by their content: one row for each cold group, scored with the query's vector of `als`. Scratch, overwritten by the
 * next query.
 */
export class ColdScores {
  private readonly retrieved: Retrieved;
  private readonly content: ContentMap;
  private readonly index: Int8Index;
  private readonly region: Region;
  /** For the cold rows of the table, in the kernels' memory: their rows in the index, and their scores. */
  private readonly items: Int32Array;
  private readonly found: Float32Array;

  /** @param saved `rows`, and the statistics of the catalogue's sound at training, as saved by a model */
  constructor(
    als: FittedAls,
    contentMap: Float32Array,
    retrieved: Retrieved,
    saved: Pick<BaseModels, 'coldRows' | 'sound'>,
  ) {
    const { dataset, catalogue, groups } = retrieved;
    this.retrieved = retrieved;
    this.content = new ContentMap(dataset, catalogue, als, contentMap, saved.sound);
    const artists = groups.artist.subarray(groups.cold);
    this.index = new Int8Index(saved.coldRows ?? this.content.vectorsOf(artists), als.dimension);
    this.region = regionOf(this);
    this.items = this.region.int32(artists.length);
    this.found = this.region.float32(artists.length);
  }

  /** The vectors of the cold groups, to be saved. */
  get rows(): Int8Rows {
    return this.index.toRows();
  }

  dispose(): void {
    this.index.dispose();
    this.region.free();
  }

  /** Writes the scores of the table's cold rows. @param vector the query's vector of `als` @param out one entry for each row of the table */
  score(vector: Float32Array, out: Float32Array): void {
    const { index, content, items, found } = this;
    const { rows, groups } = this.retrieved;
    content.open(vector);
    let n = 0;
    for (let row = rows.fixed; row < rows.count; row++)
      if (rows.groupOf[row]! >= groups.cold) items[n++] = rows.groupOf[row]! - groups.cold;
    if (n === 0) return;
    index.scoresAt(vector, items.subarray(0, n), found.subarray(0, n));
    n = 0;
    for (let row = rows.fixed; row < rows.count; row++) if (rows.groupOf[row]! >= groups.cold) out[row] = found[n++]!;
  }

  /** What a track's own content adds to its group's score, under the vector given to the latest `score`. */
  ownScore(track: number): number {
    return this.content.ownScore(track);
  }
}
