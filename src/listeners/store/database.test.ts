import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kysely, sql } from '#kysely';
import { withTemporary } from '../../../test/support/temporary.ts';
import { type Connection, Database } from './database.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** What SQLite calls its levels: 1 commits without waiting for the disk, 2 waits. */
async function level(db: Connection): Promise<unknown> {
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
  return rows[0]!.synchronous;
}

test('a transaction that need not wait for the disk does not, and every other one does, whatever came before it', () =>
  withTemporary(async (dir) => {
    const database = new Database('embedded', new Kysely<Tables>({ dialect: openSqlite(dir).dialect }));
    try {
      for (let round = 0; round < 2; round++) {
        const [quick, between, waiting] = await Promise.all([
          database.transaction(level, { flush: false }),
          database.transaction(level),
          database.transaction(level),
        ]);
        assert.deepEqual([quick, between, waiting], [1, 2, 2]);
        await assert.rejects(
          database.transaction(
            async () => {
              throw new Error('undone');
            },
            { flush: false },
          ),
        );
        assert.equal(await level(database.db), 2);
      }
    } finally {
      await database.db.destroy();
    }
  }));
