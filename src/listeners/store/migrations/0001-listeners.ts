import { type CreateTableBuilder, type Kysely, sql } from '#kysely';
import type { StoreKind } from '../database.ts';

/** The tables of the first version. */
export async function listenersTables(db: Kysely<unknown>, kind: StoreKind): Promise<void> {
  const { schema } = db;
  // An integer primary key is SQLite's own row number.
  const numbered = <T extends string>(table: CreateTableBuilder<T>) =>
    kind === 'embedded'
      ? table.addColumn('no', 'integer', (c) => c.primaryKey())
      : table.addColumn('no', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity());
  const owned = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
    table.addColumn('listener', 'bigint', (c) => c.notNull().references('listeners.no').onDelete('cascade'));

  await numbered(schema.createTable('listeners'))
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull().unique())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('revision', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();

  await owned(numbered(schema.createTable('songs')))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('own', 'smallint', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('artists', 'text', (c) => c.notNull())
    .addColumn('album', 'text')
    .addColumn('isrc', 'text')
    .addColumn('mbid', 'text')
    .addColumn('search', 'text', (c) => c.notNull())
    .addColumn('plays', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('skips', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('listened_ms', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('first_at', 'bigint')
    .addColumn('last_at', 'bigint')
    .addUniqueConstraint('songs_key', ['listener', 'key'])
    .execute();
  // They contain the text, so that a search reads only the index.
  await schema.createIndex('songs_most').on('songs').columns(['listener', 'plays', 'no', 'search']).execute();
  await schema
    .createIndex('songs_last')
    .on('songs')
    .columns(['listener', 'last_at', 'no', 'first_at', 'search'])
    .execute();
  await schema
    .createIndex('songs_own')
    .on('songs')
    .columns(['listener', 'plays', 'no'])
    .where(sql.ref('own'), '=', sql.lit(1))
    .execute();

  await owned(schema.createTable('settled'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('song', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('settled_key', ['listener', 'key'])
    .execute();

  await owned(numbered(schema.createTable('plays')))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('song', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('ms', 'bigint')
    .addColumn('skipped', 'smallint', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('import', 'bigint')
    .addColumn('removed_at', 'bigint')
    .addUniqueConstraint('plays_id', ['listener', 'id'])
    .execute();
  await schema
    .createIndex('plays_time')
    .on('plays')
    .columns(['listener', 'at', 'no'])
    .where(sql.ref('removed_at'), 'is', null)
    .execute();
  await schema
    .createIndex('plays_removed')
    .on('plays')
    .columns(['listener', 'at', 'no'])
    .where(sql.ref('removed_at'), 'is not', null)
    .execute();
  await schema.createIndex('plays_song').on('plays').columns(['song', 'at', 'no']).execute();

  await owned(schema.createTable('hours'))
    .addColumn('hour', 'bigint', (c) => c.notNull())
    .addColumn('plays', 'bigint', (c) => c.notNull())
    .addColumn('listened_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('hours_key', ['listener', 'hour'])
    .execute();

  await owned(schema.createTable('opinions'))
    .addColumn('song', 'bigint', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('opinions_key', ['listener', 'song'])
    .execute();
  await schema.createIndex('opinions_time').on('opinions').columns(['listener', 'kind', 'at', 'song']).execute();

  await owned(schema.createTable('bans'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('target', 'text', (c) => c.notNull())
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('until', 'bigint')
    .addPrimaryKeyConstraint('bans_key', ['listener', 'kind', 'target'])
    .execute();

  await owned(schema.createTable('lists'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('search', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('removed_at', 'bigint')
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('length', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('lists_key', ['listener', 'id'])
    .execute();
  await schema.createIndex('lists_time').on('lists').columns(['listener', 'updated_at', 'id']).execute();
  await owned(schema.createTable('list_versions'))
    .addColumn('list', 'text', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('songs', 'text', (c) => c.notNull())
    .addColumn('recipe', 'text')
    .addPrimaryKeyConstraint('list_versions_key', ['listener', 'list', 'version'])
    .execute();

  await owned(numbered(schema.createTable('events')))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('song', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('ms', 'bigint')
    .addColumn('until', 'bigint')
    .addColumn('list', 'text')
    .addColumn('position', 'bigint')
    .addColumn('model', 'text')
    .addColumn('model_version', 'text')
    .addUniqueConstraint('events_id', ['listener', 'id'])
    .execute();
  await schema.createIndex('events_time').on('events').columns(['listener', 'at', 'no']).execute();
  await schema.createIndex('events_list').on('events').columns(['listener', 'list', 'at']).execute();
  await schema.createIndex('events_song').on('events').column('song').execute();

  await owned(numbered(schema.createTable('shown')))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('model', 'text')
    .addColumn('model_version', 'text')
    .addColumn('experiment', 'text')
    .addColumn('arm', 'text')
    .addColumn('songs', 'text', (c) => c.notNull())
    .addColumn('detail', 'text')
    .addUniqueConstraint('shown_id', ['listener', 'id'])
    .execute();
  await schema.createIndex('shown_time').on('shown').columns(['listener', 'at', 'no']).execute();

  await owned(numbered(schema.createTable('imports')))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('format', 'text', (c) => c.notNull())
    .addColumn('files', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('counts', 'text', (c) => c.notNull())
    .addColumn('rejected', 'text', (c) => c.notNull())
    .addUniqueConstraint('imports_id', ['listener', 'id'])
    .execute();

  await owned(schema.createTable('settings'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('settings_key', ['listener', 'name'])
    .execute();
}
