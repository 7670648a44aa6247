/** A person of the household with their music. */
export interface Listener {
  /** Stable id: letters, digits, `-` and `_`; used in URLs. */
  readonly id: string;
  /** As the person wants to be called; unique in the store. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Increases with every change to this listener's data except shown lists; a cache made at the same revision is still valid. */
  readonly revision: number;
}

/** How much is stored about a listener. */
export interface ListenerCounts {
  readonly plays: number;
  /** Distinct songs played. */
  readonly songs: number;
  /** Played songs that the catalogue lacks. */
  readonly ownSongs: number;
  readonly likes: number;
  readonly dislikes: number;
  readonly bans: number;
  readonly lists: number;
  readonly imports: number;
}

/** The people of the household. */
export interface ListenerStore {
  /** @throws SegueError USAGE (an empty name), ALREADY_EXISTS (the name or id is taken) */
  add(listener: { name: string; id?: string }): Promise<Listener>;
  /** By name. */
  all(): Promise<Listener[]>;
  /** @throws SegueError NOT_FOUND */
  get(id: string): Promise<Listener>;
  /** By id, otherwise by name, ignoring case. @throws SegueError NOT_FOUND with the existing names */
  find(idOrName: string): Promise<Listener>;
  /** @throws SegueError NOT_FOUND, USAGE, ALREADY_EXISTS */
  rename(id: string, name: string): Promise<Listener>;
  /** @throws SegueError NOT_FOUND */
  counts(id: string): Promise<ListenerCounts>;
  /**
   * Removes the listener and all of their data, and overwrites it on disk: the embedded store's files contain no byte of it afterwards.
   * The caller removes models and caches (see `Household.deleteEverything`). @throws SegueError NOT_FOUND, LIBRARY_BUSY
   */
  remove(id: string): Promise<void>;
}
