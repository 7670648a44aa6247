/** A song as an export names it. Empty texts and absent ids are what the export does not say. */
export interface SongName {
  readonly title: string;
  /** As written, the main artist first; one entry when the export joins several in one text. */
  readonly artists: readonly string[];
  readonly album?: string;
  /** Canonical `spotify:track:<id>`, or another service's address. */
  readonly uri?: string;
  readonly isrc?: string;
  /** MusicBrainz recording. */
  readonly mbid?: string;
  readonly durationMs?: number;
}

/** A song was heard long enough to count. */
export interface PlayRow {
  readonly kind: 'play';
  readonly song: SongName;
  /** Seconds since 1970, UTC; NaN when the export keeps only a number of plays. */
  readonly at: number;
  /** Milliseconds heard, −1 when unknown. */
  readonly ms: number;
  /** Number of plays that the row stands for: 1, unless the export has totals. */
  readonly count: number;
}

export interface LikeRow {
  readonly kind: 'like';
  readonly song: SongName;
  /** `loved` by an explicit gesture, or `saved` into the library. */
  readonly how: 'loved' | 'saved';
  /** Seconds since 1970, NaN when unknown. */
  readonly at: number;
}

export interface DislikeRow {
  readonly kind: 'dislike';
  readonly song: SongName;
  /** `skipped` within 30 s is weak, `disliked` an explicit gesture. */
  readonly how: 'skipped' | 'disliked';
  readonly at: number;
}

export interface PlaylistItem {
  readonly song: SongName;
  /** Seconds since 1970, NaN when unknown. */
  readonly addedAt: number;
}

export interface PlaylistRow {
  readonly kind: 'playlist';
  readonly name: string;
  readonly description: string;
  readonly modifiedAt: number;
  readonly items: readonly PlaylistItem[];
}

export interface BanRow {
  readonly kind: 'ban';
  /** A song, or an artist by name and URI. */
  readonly what: { readonly song: SongName } | { readonly artist: string; readonly uri?: string };
}

/**
 * Whose export it is, where it says so: a digest of the account's name, held in memory to tell two people's exports apart.
 * It is never stored, and the name itself never leaves the reader.
 */
export interface AccountRow {
  readonly kind: 'account';
  readonly service: string;
  readonly mark: string;
}

export type PersonalRow = PlayRow | LikeRow | DislikeRow | PlaylistRow | BanRow | AccountRow;
