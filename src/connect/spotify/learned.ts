import { SegueError } from '../../errors.ts';
import type { ServiceContext } from '../contract.ts';
import { SpotifyForbidden } from './refusals.ts';

/** What only some applications may do. */
export type Learnable = 'items' | 'create' | 'top' | 'features' | 'batches' | 'recommend';

/** What Spotify offers to this application, learned from its first refusal and kept: nothing that was refused is asked for again. */
export class Learned {
  private readonly refusals: ServiceContext['refusals'];

  constructor(refusals: ServiceContext['refusals']) {
    this.refusals = refusals;
  }

  /** The refusal in a sentence; null while nothing is known against it. */
  because(what: Learnable): string | null {
    return this.refusals.because(what);
  }

  /** Asks unless it was refused before; null when it is. */
  async unlessRefused<T>(what: Learnable, ask: () => Promise<T>): Promise<T | null> {
    if (this.because(what) !== null) return null;
    try {
      return await ask();
    } catch (error) {
      if (!isGone(error)) throw error;
      this.refusals.note(what, error.got);
      return null;
    }
  }

  /** Asks in today's way and, for an application that does not have it, in the older one. */
  async eitherAge<T>(what: Learnable, ask: (older: boolean) => Promise<T>): Promise<T> {
    if (this.because(what) !== null) return ask(true);
    try {
      return await ask(false);
    } catch (error) {
      if (!isGone(error)) throw error;
      const answer = await ask(true);
      this.refusals.note(what, error.got);
      return answer;
    }
  }
}

const isGone = (error: unknown): error is SegueError =>
  (error instanceof SpotifyForbidden && (error.kind === 'gone' || error.kind === 'not-yours')) ||
  (error instanceof SegueError && error.code === 'NOT_FOUND');
