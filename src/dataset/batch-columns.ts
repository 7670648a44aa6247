import type { Counts } from './cleaning.ts';
import type { Lists, Provenance } from './dataset.ts';
import type { LyricsRows } from './lyrics-table.ts';
import type { MeasureTableId } from './measure-tables.ts';
import type { StringColumn } from './strings.ts';

/**
 * A batch as cleaned columns: distinct tracks, and tables of the artists, albums and genres that they and the artist rows name by position.
 * Missing numbers are −1 or NaN. It stands on its own, so it is what an import stores and what a build merges.
 */
export interface BatchColumns {
  tracks: {
    uri: StringColumn;
    name: StringColumn;
    artists: Lists;
    album: Int32Array;
    year: Int16Array;
    popularity: Int16Array;
    explicit: Int8Array;
    durationMs: Int32Array;
    /** count × 12, or empty when no track has any. */
    features: Float32Array;
    genres: Lists;
    /** Of each table that a track has a row in: count × width, with rows of NaN for tracks without. */
    measures: { readonly [id in MeasureTableId]?: Float32Array };
    /** One per track, where any has one. */
    lyrics?: LyricsRows;
  };
  /** Distinct artists; a URI may be empty. */
  named: { uri: StringColumn; name: StringColumn };
  /** Distinct albums; a URI may be empty. */
  albums: { uri: StringColumn; name: StringColumn };
  /** Normalised names. */
  genres: StringColumn;
  /** What artist rows say; `named` is a position in that table. */
  artists: { named: Int32Array; popularity: Int16Array; followers: Int32Array; genres: Lists };
  owners: {
    id: StringColumn;
    title: StringColumn;
    kind: Uint8Array;
    followers: Int32Array;
    modifiedAt: Float64Array;
    /** Positions of tracks, each at most once in an owner. */
    items: Lists;
    /** One per item, or empty when no owner brings any. */
    weights: Float32Array;
    times: Float64Array;
  };
}

export interface CleanBatch {
  columns: BatchColumns;
  cleaning: Counts;
  taken: Provenance['taken'];
}
