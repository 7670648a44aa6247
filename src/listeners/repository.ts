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

/** What is kept of each listener. */
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
 * Everything that is kept of the people of a household. One interface over two stores: SQLite in the library folder, PostgreSQL where
 * SEGUE_DATABASE_URL names one. Open it with `openRepository` (open.ts); every method takes the listener's id first.
 *
 * Storing an export goes like this:
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
 * Every method that changes something is one transaction: it is on disk when its promise resolves, and undone when it rejects or the
 * process dies before. Writing again what is there already changes nothing, so after a crash the same import is simply run again.
 */
export interface ListenerRepository extends ListenerStores {
  readonly kind: 'embedded' | 'postgres';
  readonly listeners: ListenerStore;
  readonly experiments: ExperimentStore;
  readonly accounts: AccountStore;
  readonly streamLag: StreamLagStore;
  /**
   * Makes many changes one: everything that `work` changes through the stores that it gets is there when the promise resolves, and none of it when it
   * rejects or the process dies before. Others read what was there before; in the embedded store, changes of others wait. May run `work` again
   * after a conflict with another change in PostgreSQL. @throws SegueError LIBRARY_BUSY
   */
  atOnce<T>(work: (stores: ListenerStores) => Promise<T>): Promise<T>;
  /**
   * Deletes for good everything that came from one source (plays, opinions, lists) and the names of songs that nothing else mentions,
   * overwritten on disk. Plays and opinions from elsewhere stay. @throws SegueError NOT_FOUND, LIBRARY_BUSY
   */
  forgetSource(listener: string, source: string): Promise<void>;
  /**
   * Runs work that only one process may do at a time, of all that share this store. The right to it ends with the work or with the process; with
   * PostgreSQL also when its connection breaks. @param name what the work is called @throws SegueError LIBRARY_BUSY at once while another does it
   */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
