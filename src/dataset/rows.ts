import type { AudioFeature } from './audio-features.ts';
import type { LyricsRows } from './lyrics-table.ts';
import type { MeasureTableId } from './measure-tables.ts';
import type { StringColumn } from './strings.ts';

/** Rows of measures under their own names, each in the order of its table's measures; NaN where one is missing. */
export type MeasureRows = { [id in MeasureTableId]?: readonly number[] };

/**
 * What sources yield. A batch stands on its own: owners refer to the batch's tracks by position, so a track's
 * text is said once however many playlists hold it. Sources produce rows and filter nothing but the unreadable.
 */
export interface TrackRow extends MeasureRows {
  /** External id: `spotify:track:…` for Spotify's, otherwise `<source>:<id>`. */
  uri: string;
  name?: string;
  artists?: readonly { uri?: string; name: string }[];
  album?: { uri?: string; name: string };
  year?: number;
  /** 0–100 */
  popularity?: number;
  explicit?: boolean;
  durationMs?: number;
  /** Values as found; cleaning decides which are missing or out of range. */
  features?: Partial<Record<AudioFeature, number>>;
  genres?: readonly string[];
}

/** Names by row: those of row i are the names [ptr[i], ptr[i + 1]). */
export interface NameLists {
  readonly ptr: Int32Array;
  readonly names: StringColumn;
}

/**
 * The same as rows of tracks, by column and without an object or a text per row: what long tables are read into. A column that the table lacks is
 * absent; values are as found.
 */
export interface TrackColumns {
  readonly uri: StringColumn;
  /** Whether no two rows are of one URI, where that is known: they need not be looked up. */
  readonly distinct?: boolean;
  /** Empty when unknown. */
  readonly name?: StringColumn;
  readonly artists?: NameLists;
  /** Empty when unknown. */
  readonly album?: StringColumn;
  readonly genres?: NameLists;
  /** NaN when unknown, like all numbers here. */
  readonly year?: Float64Array;
  readonly popularity?: Float64Array;
  readonly durationMs?: Float64Array;
  /** 1, 0, or −1 when unknown. */
  readonly explicit?: Int8Array;
  readonly features: { readonly [id in AudioFeature]?: Float64Array };
  /** What is kept of the lyrics: only columns bring it, for a row of it has hundreds of numbers, most of them 0. */
  readonly lyrics?: LyricsRows;
}

export interface ArtistRow {
  uri?: string;
  name: string;
  genres?: readonly string[];
  /** 0–100 */
  popularity?: number;
  followers?: number;
}

/** The same as rows of artists, by column and without an object or a text per row. A column that the table lacks is absent. */
export interface ArtistColumns {
  readonly name: StringColumn;
  /** Empty when unknown. */
  readonly uri?: StringColumn;
  readonly genres: NameLists;
  /** NaN when unknown; 0–100. */
  readonly popularity?: Float64Array;
  readonly followers?: Float64Array;
}

export interface OwnerRow {
  /** Unique within its source: `mpd:<pid>`, `lastfm:<user>`, … */
  id: string;
  kind: 'playlist' | 'person';
  title?: string;
  followers?: number;
  /** seconds since 1970 */
  modifiedAt?: number;
  /** Positions in the batch's `tracks`, in the owner's order; may repeat. */
  items: ArrayLike<number>;
  /** One per item: play count, rating or strength. */
  weights?: ArrayLike<number>;
  /** One per item: seconds since 1970, NaN when unknown. */
  times?: ArrayLike<number>;
}

/** The same as rows of owners, by column and without an object or a text per owner: what long tables of interactions become. */
export interface OwnerColumns {
  /** Of all of them. */
  readonly kind: OwnerRow['kind'];
  readonly id: StringColumn;
  /** Positions in the part's `columns`, in the owner's order; may repeat. */
  readonly items: { readonly ptr: Int32Array; readonly idx: Int32Array };
  /** Whether each owner has items and none of them twice, where that is known: they need not be looked at. */
  readonly distinct?: boolean;
  /** One per item: play count, rating or strength. */
  readonly weights?: Float64Array;
  /** One per item: seconds since 1970, NaN when unknown. */
  readonly times?: Float64Array;
  /** Whether the first owner is the last one of the batch before, whose further items these are. */
  readonly goesOn?: boolean;
}

/** Rows that could not be used, by cause. */
export interface Rejection {
  cause: string;
  count: number;
  /** Position of the first one, e.g. `songs.csv:17`. */
  firstAt: string;
}

export interface Batch {
  tracks: TrackRow[];
  /** More tracks, behind those; `owners` do not refer to them. */
  columns?: TrackColumns;
  artists: ArtistRow[];
  /** More artists, behind those. */
  artistColumns?: ArtistColumns;
  owners: OwnerRow[];
  /** More owners, behind those; they refer to `columns`. */
  ownerColumns?: OwnerColumns;
  rejections: Rejection[];
  /** What the source itself had to change, by rule, e.g. rows that repeat a track. */
  cleaning?: Record<string, number>;
  /** The next part belongs to the same batch: rows of one track are joined across both. */
  goesOn?: boolean;
}

export const emptyBatch = (): Batch => ({ tracks: [], artists: [], owners: [], rejections: [] });
