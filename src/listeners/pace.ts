import { turn } from '../math/turn.ts';

/** Milliseconds of work between two rests. */
const SLICE = 5;

/** Lets other work of the process in, however long a single step of this one takes. */
export class Pace {
  private since = performance.now();

  /** Whether it is time to rest. */
  get due(): boolean {
    return performance.now() - this.since >= SLICE;
  }

  async rest(): Promise<void> {
    await turn();
    this.since = performance.now();
  }
}
