import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { sql } from '#kysely';
import { SegueError } from '../../errors.ts';
import type { ImportRecord, ImportState, ImportStore } from '../imports.ts';
import { HOUR, recount } from './counted.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';
import { name } from './values.ts';

const E_MAIL = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

type ImportRow = Omit<Tables['imports'], 'listener' | 'no'>;

const COLUMNS = ['id', 'format', 'files', 'at', 'finished_at', 'state', 'counts', 'rejected'] as const;

export function importStore(database: Database): ImportStore {
  return {
    start: (listener, { format, files }) =>
      database.write(listener, async (tx, no) => {
        const names = files.map((file) => name(basename(file)).replaceAll(E_MAIL, '…'));
        const row = await tx
          .insertInto('imports')
          .values({
            listener: no,
            id: randomUUID(),
            format: name(format),
            files: JSON.stringify(names),
            at: Date.now(),
            finished_at: null,
            state: 'running' satisfies ImportState,
            counts: '{}',
            rejected: '{}',
          })
          .returning(COLUMNS)
          .executeTakeFirstOrThrow();
        return importRecord(row);
      }),

    finish: (listener, id, { counts, rejected }) =>
      database.write(listener, async (tx, no) => {
        const row = await tx
          .updateTable('imports')
          .set({
            state: 'done' satisfies ImportState,
            finished_at: Date.now(),
            counts: JSON.stringify(counts),
            rejected: JSON.stringify(rejected),
          })
          .where('listener', '=', no)
          .where('id', '=', id)
          .returning(COLUMNS)
          .executeTakeFirst();
        if (!row) throw unknownImport(id);
        return importRecord(row);
      }),

    all: (listener) =>
      database.read(listener, async (db, no) => {
        const rows = await db
          .selectFrom('imports')
          .select(COLUMNS)
          .where('listener', '=', no)
          .orderBy('no', 'desc')
          .execute();
        return rows.map(importRecord);
      }),

    discard: (listener, id) =>
      database.write(listener, async (tx, no) => {
        const row = await tx
          .deleteFrom('imports')
          .where('listener', '=', no)
          .where('id', '=', id)
          .returning('no')
          .executeTakeFirst();
        if (!row) throw unknownImport(id);
        const { rows } = await sql<{ song: number; at: number }>`
          delete from plays where listener = ${no} and import = ${row.no} returning song, at`.execute(tx);
        await recount(
          database,
          tx,
          no,
          rows.map(({ song }) => song),
          rows.map(({ at }) => Math.floor(at / HOUR)),
        );
        return rows.length;
      }),
  };
}

const importRecord = (row: ImportRow): ImportRecord => ({
  id: row.id,
  format: row.format,
  files: JSON.parse(row.files) as string[],
  at: row.at,
  finishedAt: row.finished_at,
  state: row.state as ImportState,
  counts: JSON.parse(row.counts) as Record<string, number>,
  rejected: JSON.parse(row.rejected) as Record<string, number>,
});

const unknownImport = (id: string): SegueError =>
  new SegueError('NOT_FOUND', {
    got: `There is no import "${id}"`,
    remedy: 'See /api/listeners/{id}/imports',
  });
