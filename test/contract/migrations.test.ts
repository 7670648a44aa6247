import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Kysely, sql } from '#kysely';
import { openRepository } from '../../src/listeners/open.ts';
import { SCHEMA } from '../../src/listeners/store/migrate.ts';
import { MIGRATIONS } from '../../src/listeners/store/migrations/registry.ts';
import { openPostgres } from '../../src/listeners/store/postgres.ts';
import { DATABASE_FILE } from '../../src/listeners/store/sqlite.ts';
import { postgresLacks, startPostgres } from '../support/postgres.ts';
import { withTemporary } from '../support/temporary.ts';

/** New rules on existing tables, each with the reason why servers of the previous version never violate them. */
const ALLOWED: Readonly<Record<string, string>> = {
  'experiments: CREATE UNIQUE INDEX experiments_running ON segue.experiments USING btree (((ended_at IS NULL))) WHERE (ended_at IS NULL)':
    'a server of the version before ends the experiment that runs before it starts another',
};

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | null;
}

interface Tables {
  /** By table. */
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  /** What rejects rows: constraints and unique indexes, each with its table. */
  readonly rules: ReadonlySet<string>;
}

async function read(db: Kysely<unknown>): Promise<Tables> {
  const { rows } = await sql<Column & { table: string }>`
    select table_name as "table", column_name as name, data_type as type, is_nullable = 'YES' as nullable,
      coalesce(column_default, case when is_identity = 'YES' then 'identity' end) as default
    from information_schema.columns where table_schema = ${SCHEMA}`.execute(db);
  const rules = await sql<{ rule: string }>`
    select conrelid::regclass || ': ' || pg_get_constraintdef(oid) as rule
    from pg_constraint where connamespace = ${SCHEMA}::regnamespace
    union all select tablename || ': ' || indexdef from pg_indexes
    where schemaname = ${SCHEMA} and indexdef like 'CREATE UNIQUE%' and indexname not in (select conname from pg_constraint)
    union all select tgrelid::regclass || ': ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal`.execute(
    db,
  );
  const columns = Map.groupBy(rows, ({ table }) => table);
  return { columns, rules: new Set(rules.rows.map(({ rule }) => rule)) };
}

/** The parts of a migration that a server of the previous version could not cope with. */
function inTheWay(before: Tables, after: Tables): string[] {
  const found: string[] = [];
  for (const [table, columns] of before.columns) {
    const now = new Map(after.columns.get(table)?.map((column) => [column.name, column]));
    if (now.size === 0) found.push(`${table} is gone`);
    for (const column of now.size > 0 ? columns : []) {
      const same = now.get(column.name);
      now.delete(column.name);
      if (!same) found.push(`${table}.${column.name} is gone`);
      else if (same.type !== column.type) found.push(`${table}.${column.name} has another type`);
      else if (column.nullable !== same.nullable) found.push(`${table}.${column.name} has or lacks "not null" now`);
      else if (column.default !== null && column.default !== same.default)
        found.push(`${table}.${column.name} has another default`);
    }
    for (const { name, nullable, default: value } of now.values())
      if (!nullable && value === null) found.push(`${table}.${name} is new, without a default`);
  }
  for (const rule of after.rules)
    if (before.columns.has(rule.slice(0, rule.indexOf(':'))) && !before.rules.has(rule)) found.push(`new rule ${rule}`);
  for (const rule of before.rules) if (!after.rules.has(rule)) found.push(`the rule ${rule} is gone`);
  return found;
}

test('servers of the previous version survive every migration: none of their tables, columns or constraints is removed or changed, and new columns have defaults', {
  skip: postgresLacks,
}, async () => {
  const postgres = await startPostgres();
  const db = new Kysely<unknown>({ dialect: openPostgres(postgres.url) });
  try {
    await sql`create schema ${sql.id(SCHEMA)}`.execute(db);
    let before = await read(db);
    const used = new Set<string>();
    for (const [name, up] of Object.entries(MIGRATIONS)) {
      await up(db, 'postgres');
      const after = await read(db);
      const found = inTheWay(before, after).filter((what) => {
        const rule = what.replace('new rule ', '');
        if (rule in ALLOWED) used.add(rule);
        return !(rule in ALLOWED);
      });
      assert.deepEqual(found, [], name);
      before = after;
    }
    assert.ok(before.columns.size > 20, 'the tables were read');
    assert.deepEqual([...used], Object.keys(ALLOWED));

    for (const [change, expected] of [
      ['alter table sessions alter column device drop default', 'sessions.device has another default'],
      ['alter table sessions drop column device', 'sessions.device is gone'],
      ['alter table settings rename column value to text', 'settings.value is gone'],
      ['drop table blends', 'blends is gone'],
      ['alter table plays alter column ms type text', 'plays.ms has another type'],
      ['alter table plays alter column ms set not null', 'plays.ms has or lacks "not null" now'],
      ['alter table plays add column place text not null', 'plays.place is new, without a default'],
      ['create unique index one on listeners (name)', 'new rule listeners: CREATE UNIQUE INDEX one'],
      ['alter table plays add check (at > 0)', 'new rule plays: CHECK'],
    ] as const) {
      await sql.raw(change).execute(db);
      const met = await read(db);
      const found = inTheWay(before, met);
      assert.ok(
        found.some((what) => what.startsWith(expected)),
        `${change}: ${found}`,
      );
      before = met;
    }
  } finally {
    await db.destroy();
    postgres.stop();
  }
});

test('of two experiments left running by an older version, the newest continues', () =>
  withTemporary(async (dir) => {
    await (await openRepository(dir)).close();
    const file = new DatabaseSync(join(dir, DATABASE_FILE));
    file.exec(`drop index events_arrival; drop index experiments_running;
      drop table listener_invitations; drop table passkeys; drop table identities; drop table ceremonies;
      drop table stream_lag;
      alter table sessions drop column device; alter table sessions drop column address;
      alter table sessions drop column seen_at;
      delete from kysely_migration where name >= '0006-';
      insert into experiments values ('x-1', 'split', 'a', 'b', 10, null), ('x-2', 'split', 'c', 'd', 20, null),
        ('x-0', 'split', 'e', 'f', 5, 7)`);
    file.close();
    const repository = await openRepository(dir);
    assert.deepEqual(
      (await repository.experiments.all()).map(({ id, endedAt }) => [id, endedAt]),
      [
        ['x-2', null],
        ['x-1', 20],
        ['x-0', 7],
      ],
    );
    await repository.close();
  }));
