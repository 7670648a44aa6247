import { turn, turnIsSpent } from '../turn/turn.ts';

/** Gives way to other work of the process, however long a single step of this work takes. */
export class Pace {
  /** Whether it is time to give way. */
  get due(): boolean {
    return turnIsSpent();
  }

  async rest(): Promise<void> {
    await turn();
  }
}
