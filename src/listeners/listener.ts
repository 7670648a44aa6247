/** A person of the household whose music is kept. */
export interface Listener {
  /** Stable id: letters, digits, `-` and `_`; part of addresses. */
  readonly id: string;
  /** As the person wants to be called; unique in the store. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Rises with every change to what is kept of this listener, lists that were shown aside: a cache made at the same revision is still valid. */
  readonly revision: number;
}

/** What is kept of a listener, in numbers. */
export interface ListenerCounts {
  readonly plays: number;
  /** Distinct songs that were played. */
  readonly songs: number;
  /** Played songs that no catalogue track was found for. */
  readonly ownSongs: number;
  readonly likes: number;
  readonly dislikes: number;
  readonly bans: number;
  readonly lists: number;
  readonly imports: number;
}

/** The people of the household. */
export interface ListenerStore {
  /** @throws SegueError USAGE (an empty name), ALREADY_EXISTS (a name or id that is taken) */
  add(listener: { name: string; id?: string }): Promise<Listener>;
  /** By name. */
  all(): Promise<Listener[]>;
  /** @throws SegueError NOT_FOUND */
  get(id: string): Promise<Listener>;
  /** By id, else by name in any case. @throws SegueError NOT_FOUND with the names there are */
  find(idOrName: string): Promise<Listener>;
  /** @throws SegueError NOT_FOUND, USAGE, ALREADY_EXISTS */
  rename(id: string, name: string): Promise<Listener>;
  /** @throws SegueError NOT_FOUND */
  counts(id: string): Promise<ListenerCounts>;
  /**
   * Removes the listener and everything kept of them, and overwrites it on disk: the embedded store's files hold no byte of it afterwards.
   * Models and caches are the caller's (personal/delete-everything.ts). @throws SegueError NOT_FOUND, LIBRARY_BUSY
   */
  remove(id: string): Promise<void>;
}
