import type { State } from '../../recommend/state.ts';
import type { Profile } from './profile.ts';

const MOST_LISTENERS = 100;
/** Lists of one listener that are kept: one for each way of asking. */
const MOST_LISTS = 16;

/** What a list depends on besides the way it was asked for. */
export interface Grounds {
  readonly profile: Profile;
  readonly day: string;
  /** When the blend was chosen, and the experiment that runs. */
  readonly by: string;
  readonly state: State;
}

/** Lists that were made, for as long as nothing has changed that they depend on. */
export class KeptLists {
  private readonly kept = new Map<string, Grounds & { readonly lists: Map<string, Promise<unknown>> }>();

  /** The list of before, or a new one; one that fails is not kept. @param what the way of asking */
  once<T>(listener: string, { profile, day, by, state }: Grounds, what: string, make: () => Promise<T>): Promise<T> {
    let kept = this.kept.get(listener);
    if (kept?.profile !== profile || kept.day !== day || kept.by !== by || kept.state !== state) {
      if (this.kept.size >= MOST_LISTENERS) this.kept.clear();
      this.kept.set(listener, (kept = { profile, day, by, state, lists: new Map() }));
    }
    const { lists } = kept;
    const before = lists.get(what) as Promise<T> | undefined;
    if (before) return before;
    const made = make();
    if (lists.size >= MOST_LISTS) lists.clear();
    lists.set(what, made);
    made.catch(() => lists.delete(what));
    return made;
  }

  forget(listener: string): void {
    this.kept.delete(listener);
  }
}
