import type { SongName } from '../../sources/personal/rows.ts';
import type { ReviewCandidate } from '../reviews.ts';
import type { SongRef } from '../songs.ts';

/** What a song of an export is in the catalogue, as plain data. */
export interface MatchedSong {
  /** null when none is sure. */
  readonly song: Required<Pick<SongRef, 'song' | 'title' | 'artists'>> | null;
  /** When nothing is sure: what it may be, likeliest first. */
  readonly candidates: readonly ReviewCandidate[];
}

/** Matches songs with the catalogue, in this thread or another. */
export interface OwnSongMatcher {
  /** @returns one for each song, in their order */
  match(songs: readonly SongName[]): Promise<MatchedSong[]>;
}
