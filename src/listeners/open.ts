import { Kysely, sql } from '#kysely';
import { SegueError } from '../errors.ts';
import { TaskThread, withThreads } from '../math/task-thread.ts';
import type { ListenerRepository, ListenerStores } from './repository.ts';
import { accountStore } from './store/accounts.ts';
import { aloneInFolder, aloneInPostgres } from './store/alone.ts';
import { banStore } from './store/bans.ts';
import { blendStore } from './store/blends.ts';
import { Database, type OwnConnection } from './store/database.ts';
import { eventStore } from './store/events.ts';
import { experimentStore } from './store/experiments.ts';
import { storeFailure } from './store/failures.ts';
import { forgetSource } from './store/forget-source.ts';
import { importStore } from './store/imports.ts';
import { listenerStore } from './store/listeners.ts';
import { listStore } from './store/lists.ts';
import { migrate } from './store/migrate.ts';
import { opinionStore } from './store/opinions.ts';
import type { OverwriteTasks } from './store/overwrite-thread.ts';
import { playStore } from './store/plays.ts';
import { openPostgres } from './store/postgres.ts';
import { reviewStore } from './store/reviews.ts';
import { settingsStore } from './store/settings.ts';
import { shownStore } from './store/shown.ts';
import { songStore } from './store/songs.ts';
import { openSqlite } from './store/sqlite.ts';
import { streamLagStore } from './store/stream-lag.ts';
import type { Tables } from './store/tables.ts';

const OVERWRITE = new URL('./store/overwrite-thread.ts', import.meta.url);

/**
 * Opens the listeners' store and brings its tables up to date.
 * @param dir the library folder, which holds the embedded store
 * @param url address of a PostgreSQL database (SEGUE_DATABASE_URL); absent = the embedded store
 * @throws SegueError DATABASE_UNREACHABLE, FORMAT_NEWER, FILE_UNREADABLE
 */
export async function openRepository(dir: string, url?: string): Promise<ListenerRepository> {
  if (url) {
    const db = new Kysely<Tables>({ dialect: openPostgres(url) });
    const pooled = async () => ({ db, native: null, close: async () => {} });
    return ready(new Database('postgres', db), pooled, aloneInPostgres(db), async () => {
      // Removes deleted rows from the tables' files now instead of at the next automatic vacuum.
      for (const table of [
        'plays',
        'songs',
        'events',
        'opinions',
        'lists',
        'list_versions',
        'shown',
        'imports',
        'reviews',
        'listeners',
      ])
        await sql`vacuum ${sql.table(table)}`.execute(db);
    });
  }
  let opened: ReturnType<typeof openSqlite>;
  try {
    opened = openSqlite(dir);
  } catch (cause) {
    throw new SegueError('FILE_UNREADABLE', {
      got: `The listener store in ${dir} cannot be opened: ${(cause as Error).message}`,
      remedy: 'Check that the folder is writable, or choose another one with --library',
      cause,
    });
  }
  const db = new Kysely<Tables>({ dialect: opened.dialect });
  const another = async () => {
    const { dialect, database: native, log } = openSqlite(dir);
    // With automatic checkpoints, the commit of a large change would move all of it to the database on this thread; the log's thread does it instead.
    if (log) native.exec('pragma wal_autocheckpoint = 0');
    // Every foreign key refers to a listener. Checking it for each row takes a fifth of the time, and the listener cannot disappear: a large change
    // begins by updating the listener's row, and the stores that it uses remove no listener.
    native.exec('pragma foreign_keys = off');
    const db = new Kysely<Tables>({ dialect });
    return { db, native, close: () => db.destroy() };
  };
  return ready(new Database('embedded', db, opened.database, opened.log), another, aloneInFolder(dir), () =>
    // Holding the connection keeps reads off it meanwhile: an unfinished read would block the overwriting.
    db.connection().execute(() => overwriteBeside(dir)),
  );
}

/** Overwrites deleted data in a separate thread, because this takes longer the more data the store holds. @throws SegueError LIBRARY_BUSY */
async function overwriteBeside(dir: string): Promise<void> {
  const thread = new TaskThread<OverwriteTasks>(OVERWRITE, dir, 'Overwriting what was deleted');
  await withThreads([thread], undefined, () => thread.run('overwrite', null));
}

async function ready(
  database: Database,
  connect: () => Promise<OwnConnection>,
  alone: ListenerRepository['alone'],
  overwrite: () => Promise<void>,
): Promise<ListenerRepository> {
  const { kind, db } = database;
  try {
    await migrate(db, kind);
  } catch (error) {
    await db.destroy();
    throw storeFailure(error);
  }
  const overwritten = async (): Promise<void> => {
    try {
      await overwrite();
    } catch (error) {
      throw storeFailure(error);
    }
  };
  return {
    kind,
    ...storesOf(database),
    listeners: listenerStore(database, overwritten),
    experiments: experimentStore(database),
    accounts: accountStore(database),
    streamLag: streamLagStore(database),
    atOnce: (work) => database.atOnce(connect, (within) => work(storesOf(within))),
    forgetSource: (listener, source) => forgetSource(database, listener, source, overwritten),
    alone,
    close: () => db.destroy(),
  };
}

const storesOf = (database: Database): ListenerStores => ({
  songs: songStore(database),
  plays: playStore(database),
  opinions: opinionStore(database),
  bans: banStore(database),
  lists: listStore(database),
  events: eventStore(database),
  shown: shownStore(database),
  imports: importStore(database),
  reviews: reviewStore(database),
  settings: settingsStore(database),
  blends: blendStore(database),
});
