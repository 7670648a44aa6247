import type { Page, PageRequest } from './page.ts';
import type { ListenerSong, SongRef } from './songs.ts';

/** A track that an imported song may be. */
export interface ReviewCandidate {
  readonly song: string;
  readonly title: string;
  readonly artists: readonly string[];
  /** 0–1. */
  readonly confidence: number;
}

/** What is to be asked: an own song, and what it may be. */
export interface Question {
  readonly song: SongRef;
  readonly candidates: readonly ReviewCandidate[];
}

/** A question to the listener: which of these is the song that an import named? */
export interface Review {
  readonly song: ListenerSong;
  /** Likeliest first. */
  readonly candidates: readonly ReviewCandidate[];
}

/** Imported songs that the resolver is not sure of. An answer holds for every later import. */
export interface ReviewStore {
  /**
   * Asks about own songs, which are made known as needed. One that was settled, or was answered "none of these" with the same candidates, is not asked about again.
   * @returns how many questions are open among those given
   */
  ask(listener: string, questions: readonly Question[]): Promise<number>;
  /** The open questions, most played song first. */
  page(listener: string, choice?: PageRequest): Promise<Page<Review>>;
  count(listener: string): Promise<number>;
  /**
   * Settles a question: the own song becomes `choose` with all its plays, or stays as it is.
   * @throws SegueError NOT_FOUND when nothing is asked about the song
   */
  answer(listener: string, own: string, choose: SongRef | 'none'): Promise<void>;
  /** Tracks that an own song is not, by the listener's word. */
  refused(listener: string): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
}
