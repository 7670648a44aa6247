import type { AccountStore } from './accounts.ts';
import type { BanStore } from './bans.ts';
import type { BlendStore } from './blends.ts';
import type { EventStore } from './events.ts';
import type { ExperimentStore } from './experiments/experiment.ts';
import type { ImportStore } from './imports.ts';
import type { ListenerStore } from './listener.ts';
import type { ListStore } from './lists.ts';
import type { OpinionStore } from './opinions.ts';
import type { PlayStore } from './plays.ts';
import type { ReviewStore } from './reviews.ts';
import type { SettingsStore } from './settings.ts';
import type { ShownStore } from './shown.ts';
import type { SongStore } from './songs.ts';
import type { StreamLagStore } from './stream-lag.ts';

/** The stores of listeners' data. */
export interface ListenerStores {
  readonly songs: SongStore;
  readonly plays: PlayStore;
  readonly opinions: OpinionStore;
  readonly bans: BanStore;
  readonly lists: ListStore;
  readonly events: EventStore;
  readonly shown: ShownStore;
  readonly imports: ImportStore;
  readonly reviews: ReviewStore;
  readonly settings: SettingsStore;
  readonly blends: BlendStore;
}

/**
 * All data about the people of a household. One interface over two stores: SQLite in the library folder, or the PostgreSQL database named by
 * SEGUE_DATABASE_URL. Open it with `openRepository` (open.ts); the first argument of every method is the listener's id.
 *
 * To store an export:
 *
 * ```ts
 * await repository.atOnce(async (stores) => {
 *   const { id: importId } = await stores.imports.start(listener, { format: 'spotify-extended', files: ['my_data.zip'] });
 *   await stores.plays.add(listener, rows.map((row) => ({ ...row, importId })), { sameWithinMs: 30_000 });
 *   await stores.opinions.set(listener, likes);
 *   await stores.lists.save(listener, { id: 'spotify-extended:road-trip', name: 'Road trip', songs });
 *   await stores.imports.finish(listener, importId, { counts, rejected });
 * });
 * ```
 *
 * Every method that changes something is one transaction: it is on disk when its promise resolves, and undone when it rejects or the process dies
 * earlier. Writing existing data again changes nothing, so after a crash the same import can simply be run again.
 */
export interface ListenerRepository extends ListenerStores {
  readonly kind: 'embedded' | 'postgres';
  readonly listeners: ListenerStore;
  readonly experiments: ExperimentStore;
  readonly accounts: AccountStore;
  readonly streamLag: StreamLagStore;
  /**
   * Combines many changes: everything that `work` changes through its stores is on disk when the promise resolves, and nothing when it rejects or the
   * process dies earlier. Until then, others read the previous data; in the embedded store, other changes wait. In PostgreSQL, `work` may run again
   * after a conflict with another change. @throws SegueError LIBRARY_BUSY
   */
  atOnce<T>(work: (stores: ListenerStores) => Promise<T>): Promise<T>;
  /**
   * Permanently deletes everything from one source (plays, opinions, lists) and the names of songs that nothing else refers to, and overwrites it on
   * disk. Plays and opinions from other sources stay. @throws SegueError NOT_FOUND, LIBRARY_BUSY
   */
  forgetSource(listener: string, source: string): Promise<void>;
  /**
   * Runs work that only one of the processes sharing this store may do at a time. The lock ends with the work or with the process; in PostgreSQL also
   * when the connection breaks. @param name of the work @throws SegueError LIBRARY_BUSY at once while another process does it
   */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
