import type { Page, PageRequest } from './page.ts';

/**
 * A song as the store names it. `song` is stable and outlives a rebuilt catalogue: the track's id there (its URI), or `own:…` for
 * a song that no catalogue track was found for (see `ownSongKey`). Never a track number.
 */
export interface SongRef {
  readonly song: string;
  /** What to call it; kept so that a history can be read and searched without the catalogue. Empty when unknown. */
  readonly title?: string;
  /** Empty when unknown. */
  readonly artists?: readonly string[];
  readonly album?: string | null;
  readonly isrc?: string | null;
  /** MusicBrainz recording. */
  readonly mbid?: string | null;
}

/** A song of a listener with what they made of it; the counts are kept up to date with every write. */
export interface ListenerSong extends Required<SongRef> {
  /** No catalogue track is known for it (yet). */
  readonly own: boolean;
  /** Plays that count, skips left out. */
  readonly plays: number;
  readonly skips: number;
  /** Time listened to it, in milliseconds, as far as it is known. */
  readonly listenedMs: number;
  /** First and last play, in milliseconds since 1970; null when it was never played (liked or listed only). */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
}

/** What tells a song without its names. */
export type SongIds = Pick<ListenerSong, 'song' | 'album' | 'isrc' | 'mbid'>;

/** What a profile needs of a song. */
export type HeardSong = Pick<ListenerSong, 'song' | 'plays' | 'skips' | 'firstAt' | 'lastAt'>;

export type SongOrder = 'most-played' | 'last-played';

/** The songs of a listener: what they played, liked or listed. */
export interface SongStore {
  /** Page by page; `search` finds words of title, artists and album, in any case and without accents. */
  page(
    listener: string,
    choice?: PageRequest & { search?: string; order?: SongOrder; own?: boolean },
  ): Promise<Page<ListenerSong>>;
  /** All songs that were played, last played first. */
  played(listener: string): Promise<ListenerSong[]>;
  /** The same without names: what a profile is built from after every change. */
  heard(listener: string): Promise<HeardSong[]>;
  /** The plays that count after a moment (exclusive), the last 5,000 of them at most: the song's key and the time, in milliseconds since 1970. Newest first. */
  heardSince(listener: string, from: number): Promise<{ song: string; at: number }[]>;
  get(listener: string, song: string): Promise<ListenerSong | null>;
  /** Songs without a catalogue track, most played first: what the resolver tries again when the catalogue grew. */
  own(listener: string, choice?: PageRequest & { search?: string }): Promise<Page<ListenerSong>>;
  /**
   * All songs without a catalogue track, whether they were played or only liked or listed.
   * @param wanted leaves out songs before they are read as a whole
   */
  unknown(listener: string, wanted?: (song: SongIds) => boolean): Promise<ListenerSong[]>;
  /** Whether there is any song without a catalogue track. */
  hasUnknown(listener: string): Promise<boolean>;
  /**
   * Says which song a stored one really is: its plays, opinion and bans move to `to` and its counts are added there. In one step for all
   * pairs; an unknown `from` is passed over. Later plays under an own key that was settled go to the same song.
   * @returns how many were settled
   */
  settle(listener: string, pairs: readonly { from: string; to: SongRef }[]): Promise<number>;
}
