import type { AudioFeature } from './audio-features.ts';
import type { MeasureTableId } from './measure-tables.ts';

/** Rows of measures under their own names, each in the order of its table's measures; NaN where one is missing. */
export type MeasureRows = { [id in MeasureTableId]?: readonly number[] };

/**
 * What sources yield. A batch stands on its own: owners refer to the batch's tracks by position, so a track's
 * text is said once however many playlists hold it. Sources produce rows and filter nothing but the unreadable.
 */
export interface TrackRow extends MeasureRows {
  /** External id: `spotify:track:…` for Spotify's, else `<source>:<id>`. */
  uri: string;
  name?: string;
  artists?: readonly { uri?: string; name: string }[];
  album?: { uri?: string; name: string };
  year?: number;
  /** 0–100 */
  popularity?: number;
  explicit?: boolean;
  durationMs?: number;
  /** Values as found; cleaning decides what is missing or out of range. */
  features?: Partial<Record<AudioFeature, number>>;
  genres?: readonly string[];
}

export interface ArtistRow {
  uri?: string;
  name: string;
  genres?: readonly string[];
  /** 0–100 */
  popularity?: number;
  followers?: number;
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

/** Rows that could not be used, by cause. */
export interface Rejection {
  cause: string;
  count: number;
  /** Where the first one stands, e.g. `songs.csv:17`. */
  firstAt: string;
}

export interface Batch {
  tracks: TrackRow[];
  artists: ArtistRow[];
  owners: OwnerRow[];
  rejections: Rejection[];
  /** What the source itself had to change, by rule, e.g. rows that repeat a track. */
  cleaning?: Record<string, number>;
  /** The next part belongs to the same batch: rows of one track are joined across both. */
  goesOn?: boolean;
}

export const emptyBatch = (): Batch => ({ tracks: [], artists: [], owners: [], rejections: [] });
