import { turn, turnIsSpent } from '../turn/turn.ts';

/** Lets other work of the process in, however long a single step of this one takes. */
export class Pace {
  /** Whether it is time to rest. */
  get due(): boolean {
    return turnIsSpent();
  }

  async rest(): Promise<void> {
    await turn();
  }
}
