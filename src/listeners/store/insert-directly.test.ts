import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kysely, sql } from '#kysely';
import { withTemporary } from '../../../test/support/temporary.ts';
import { Rng } from '../../math/rng.ts';
import { ownSongKey } from '../keys.ts';
import type { NewPlay } from '../plays.ts';
import { Database } from './database.ts';
import { listenerStore } from './listeners.ts';
import { migrate } from './migrate.ts';
import { playStore, rowsOf } from './plays.ts';
import { songStore } from './songs.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

const SONGS = 60;

/** Plays that repeat each other in every way: ids, songs by several names, moments that are close, times out of order. */
function playsOf(rng: Rng, count: number): NewPlay[] {
  return Array.from({ length: count }, () => {
    const n = rng.below(SONGS);
    const names =
      n % 5 === 0 && rng.below(2) === 0
        ? {}
        : { title: `Song ${n}`, artists: [`Artist ${n % 7}`], album: `${rng.below(3)}` };
    return {
      ...names,
      song: n % 2 === 0 ? ownSongKey(`Song ${n}`, []) : `spotify:track:${n}`,
      id: `play-${rng.below(2 * count)}`,
      at: 1.6e12 + rng.below(count) * 7000,
      msPlayed: rng.below(4) === 0 ? null : rng.below(300_000),
      skipped: rng.below(6) === 0,
      source: ['lastfm', "a player's"][rng.below(2)]!,
    };
  });
}

test('plays stored row by row and by one statement for many make the same tables, song numbers and order of plays included', (t) =>
  withTemporary(async (dir) => {
    t.mock.timers.enable({ apis: ['Date'], now: 1.7e12 });
    const stores = await Promise.all(
      ['rows', 'statements'].map(async (how) => {
        const { dialect, database: native } = openSqlite(`${dir}/${how}`);
        const db = new Kysely<Tables>({ dialect });
        await migrate(db, 'embedded');
        const database = new Database('embedded', db, how === 'rows' ? native : null);
        const { id } = await listenerStore(database, async () => {}).add({ name: 'Ada', id: 'ada' });
        return { database, id, plays: playStore(database), songs: songStore(database) };
      }),
    );
    const rng = new Rng(7);
    for (const [round, sameWithinMs] of [30_000, 0, 30_000, 3_000].entries()) {
      const plays = playsOf(rng, 1300);
      const seen: unknown[] = [];
      for (const store of stores) {
        const batches: number[] = [];
        const onBatch = (done: number): void =>
          void (done < plays.length && batches.at(-1) !== done && batches.push(done));
        const result = await store.plays.add(store.id, plays, { sameWithinMs, onBatch });
        // From here on an own song is one of the catalogue, and some plays are no longer in the history.
        const from = ownSongKey(`Song ${2 * round + 2}`, []);
        await store.songs.settle(store.id, [{ from, to: { song: `spotify:track:${2 * round + 1}` } }]);
        const removed = await store.plays.remove(
          store.id,
          plays.slice(0, 40).map(({ id }) => id),
        );
        const tables = [];
        for (const table of ['songs', 'plays', 'hours'] as const)
          tables.push((await sql`select * from ${sql.table(table)} order by 1, 2`.execute(store.database.db)).rows);
        seen.push({ result, batches, removed, tables });
      }
      assert.deepEqual(seen[0], seen[1], `round ${round}`);
    }
    for (const { database } of stores) await database.db.destroy();
  }));

test('who stops while the songs are written has stored nothing', () =>
  withTemporary(async (dir) => {
    const { dialect, database: native } = openSqlite(dir);
    const db = new Kysely<Tables>({ dialect });
    await migrate(db, 'embedded');
    const database = new Database('embedded', db, native);
    const { id } = await listenerStore(database, async () => {}).add({ name: 'Ada', id: 'ada' });
    const plays = Array.from({ length: 2000 }, (_, i) => ({
      song: `spotify:track:${i}`,
      id: `play-${i}`,
      at: 1.6e12 + i,
      msPlayed: null,
      source: 'lastfm',
    }));
    let asked = 0;
    const onBatch = (done: number): void => {
      if (done === plays.length && ++asked === 3) throw new Error('stopped');
    };
    await assert.rejects(playStore(database).add(id, plays, { onBatch }), /stopped/);
    for (const table of ['songs', 'plays', 'hours'] as const)
      assert.deepEqual((await sql`select * from ${sql.table(table)}`.execute(db)).rows, [], table);
    await db.destroy();
  }));

test('a play under the id of an earlier version is known, also when its song is another one by now', () =>
  withTemporary(async (dir) => {
    for (const how of ['rows', 'statements']) {
      const { dialect, database: native } = openSqlite(`${dir}/${how}`);
      const db = new Kysely<Tables>({ dialect });
      await migrate(db, 'embedded');
      const database = new Database('embedded', db, how === 'rows' ? native : null);
      const { id } = await listenerStore(database, async () => {}).add({ name: 'Ada', id: 'ada' });
      const store = playStore(database);
      const play = (song: string, playId: string, at: number): NewPlay => ({ song, id: playId, at, source: 'lastfm' });
      await store.add(id, [play('spotify:track:1', 'former-1', 1.6e12), play('spotify:track:1', 'former-2', 1.61e12)]);
      const now = [play('spotify:track:2', '.1', 1.6e12), play('spotify:track:2', '.2', 1.62e12)];
      const rows = { ...rowsOf(now), formerId: (i: number) => ['former-1', 'former-3'][i]! };
      assert.deepEqual(await store.addRows(id, rows, { sameWithinMs: 30_000 }), { added: 1, known: 1 }, how);
      const stored = (await store.page(id)).items.map((one) => one.id);
      assert.deepEqual(stored, ['.2', 'former-2', 'former-1'], how);
      await db.destroy();
    }
  }));
