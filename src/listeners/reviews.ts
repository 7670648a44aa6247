import type { Page, PageRequest } from './page.ts';
import type { ListenerSong, SongRef } from './songs.ts';

/** A possible match of an imported song. */
export interface ReviewCandidate {
  readonly song: string;
  readonly title: string;
  readonly artists: readonly string[];
  /** 0–1. */
  readonly confidence: number;
}

/** A question to ask: a song that the catalogue lacks, and its possible matches. */
export interface Question {
  readonly song: SongRef;
  readonly candidates: readonly ReviewCandidate[];
}

/** A question to the listener: which of these is the imported song? */
export interface Review {
  readonly song: ListenerSong;
  /** Most likely first. */
  readonly candidates: readonly ReviewCandidate[];
}

/** Imported songs with several possible matches. An answer applies to every later import. */
export interface ReviewStore {
  /**
   * Asks about songs that the catalogue lacks, adding them as needed. A song that was settled, or answered with "none of these" for the same
   * candidates, is not asked about again. @returns how many of the given questions are open
   */
  ask(listener: string, questions: readonly Question[]): Promise<number>;
  /** Open questions, most played song first. */
  page(listener: string, choice?: PageRequest): Promise<Page<Review>>;
  count(listener: string): Promise<number>;
  /**
   * Settles a question: the song becomes `choose` with all its plays, or stays as it is.
   * @throws SegueError NOT_FOUND when there is no question about the song
   */
  answer(listener: string, own: string, choose: SongRef | 'none'): Promise<void>;
  /** Tracks that the listener has ruled out for a song. */
  refused(listener: string): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
}
