import type { Page, PageRequest } from './page.ts';

/**
 * A song as the store identifies it. `song` is stable, also when the catalogue is rebuilt: the track's id (its URI), or `own:…` for a song that the
 * catalogue lacks (see `ownSongKey`). It is never a track number.
 */
export interface SongRef {
  readonly song: string;
  /** Stored so that a history can be read and searched without the catalogue. Empty when unknown. */
  readonly title?: string;
  /** Empty when unknown. */
  readonly artists?: readonly string[];
  readonly album?: string | null;
  readonly isrc?: string | null;
  /** MusicBrainz id of the recording. */
  readonly mbid?: string | null;
}

/** A song of a listener with its play counts, which every write keeps up to date. */
export interface ListenerSong extends Required<SongRef> {
  /** True while the catalogue lacks the song. */
  readonly own: boolean;
  /** Plays that count, without skips. */
  readonly plays: number;
  readonly skips: number;
  /** Known listening time in milliseconds. */
  readonly listenedMs: number;
  /** First and last play, in milliseconds since 1970; null when it was never played (liked or listed only). */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
}

/** Identifies a song without its names. */
export type SongIds = Pick<ListenerSong, 'song' | 'album' | 'isrc' | 'mbid'>;

/** What a profile needs of a song. */
export type HeardSong = Pick<ListenerSong, 'song' | 'plays' | 'skips' | 'firstAt' | 'lastAt'>;

export type SongOrder = 'most-played' | 'last-played';

/** The songs that a listener played, liked or put on lists. */
export interface SongStore {
  /** Page by page; `search` finds words in title, artists and album and ignores case and accents. */
  page(
    listener: string,
    choice?: PageRequest & { search?: string; order?: SongOrder; own?: boolean },
  ): Promise<Page<ListenerSong>>;
  /** All played songs, last played first. */
  played(listener: string): Promise<ListenerSong[]>;
  /** The same without names, for building a profile after every change. */
  heard(listener: string): Promise<HeardSong[]>;
  /** Plays that count after a time (exclusive), at most the latest 5,000, newest first: the song's key and milliseconds since 1970. */
  heardSince(listener: string, from: number): Promise<{ song: string; at: number }[]>;
  get(listener: string, song: string): Promise<ListenerSong | null>;
  /** Songs that the catalogue lacks, most played first; the resolver tries them again when the catalogue has grown. */
  own(listener: string, choice?: PageRequest & { search?: string }): Promise<Page<ListenerSong>>;
  /**
   * All songs that the catalogue lacks, whether played, liked or only listed.
   * @param wanted filters songs before they are read completely
   */
  unknown(listener: string, wanted?: (song: SongIds) => boolean): Promise<ListenerSong[]>;
  /** Whether the catalogue lacks any of the songs. */
  hasUnknown(listener: string): Promise<boolean>;
  /**
   * Identifies stored songs: the plays, opinion and bans of `from` move to `to`, and its counts are added there. All pairs are settled in one step;
   * an unknown `from` is ignored. Later plays under a settled key go to the same song.
   * @returns how many were settled
   */
  settle(listener: string, pairs: readonly { from: string; to: SongRef }[]): Promise<number>;
}
