import type { State } from '../../recommend/state.ts';
import type { Profile } from './profile.ts';

const MOST_LISTENERS = 100;
/** Most cached lists per listener, one for each kind of request. */
const MOST_LISTS = 16;

/** What a list depends on besides the request. */
export interface Grounds {
  readonly profile: Profile;
  readonly day: string;
  /** When the blend was chosen, and the running experiment. */
  readonly by: string;
  readonly state: State;
}

/** Caches lists as long as nothing that they depend on has changed. */
export class KeptLists {
  private readonly kept = new Map<string, Grounds & { readonly lists: Map<string, Promise<unknown>> }>();

  /** The cached list, or a new one; failures are not cached. @param what identifies the kind of request */
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
