import type { SchemaElement } from 'hyparquet';
import { AUDIO_FEATURES } from '../../dataset/audio-features.ts';

/** Raised when a column changes its name, type or meaning; files say it in their key-value metadata. */
export const SET_VERSION = 1;
/** Key of the version in each file's metadata. */
export const VERSION_KEY = 'segue.set';

/** Name of the file beside the tables that says which library they are of; jobs copy its catalogue to what they make. */
export const SET_FILE = 'set.json';
export interface SetIdentity {
  readonly version: number;
  /** Dataset.catalogueId when the set was written. */
  readonly catalogueId: string;
  readonly rows: Readonly<Record<SetTableName, number>>;
}

export type ColumnType = 'int32' | 'float' | 'double' | 'boolean' | 'string' | 'strings' | 'floats';

export interface SetColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Without it a row is of no use; the others may be null, or absent from the file. */
  readonly required?: true;
  readonly meaning: string;
}

export interface SetTable {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly SetColumn[];
}

/** timeSignature → time_signature */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * A library as four tables, each a folder of Parquet files `part-00000.parquet`, …: the open door to DuckDB, Polars and Spark, and back.
 * docs/parquet.md is written from this list; the export, the import and the Spark jobs follow it.
 */
export const SET_TABLES: Readonly<Record<'tracks' | 'artists' | 'owners' | 'entries', SetTable>> = {
  tracks: {
    name: 'tracks',
    meaning: 'the catalogue, one row per track',
    columns: [
      { name: 'track', type: 'int32', required: true, meaning: 'number of the track, unique, ≥ 0' },
      { name: 'uri', type: 'string', required: true, meaning: 'external id, unique' },
      { name: 'name', type: 'string', meaning: 'title' },
      { name: 'artist_uris', type: 'strings', meaning: 'ids of its artists, the main artist first' },
      { name: 'artist_names', type: 'strings', meaning: 'names of the same artists' },
      { name: 'album', type: 'string', meaning: 'name of the album' },
      { name: 'year', type: 'int32', meaning: 'release year' },
      { name: 'popularity', type: 'int32', meaning: '0–100' },
      { name: 'explicit', type: 'boolean', meaning: 'explicit lyrics' },
      { name: 'duration_ms', type: 'int32', meaning: 'milliseconds' },
      { name: 'genres', type: 'strings', meaning: 'genres given for the track itself, lower case' },
      ...AUDIO_FEATURES.map(({ id, meaning }): SetColumn => ({ name: snake(id), type: 'float', meaning })),
    ],
  },
  artists: {
    name: 'artists',
    meaning: 'one row per artist',
    columns: [
      { name: 'artist', type: 'int32', required: true, meaning: 'number of the artist, unique, ≥ 0' },
      { name: 'uri', type: 'string', required: true, meaning: 'external id, or name:<normalised name>' },
      { name: 'name', type: 'string', required: true, meaning: 'name' },
      { name: 'popularity', type: 'int32', meaning: '0–100' },
      { name: 'followers', type: 'int32', meaning: 'followers' },
      { name: 'genres', type: 'strings', meaning: 'genres, lower case' },
    ],
  },
  owners: {
    name: 'owners',
    meaning: 'playlists and listeners, one row each',
    columns: [
      { name: 'owner', type: 'int32', required: true, meaning: 'number of the owner, unique, ≥ 0' },
      { name: 'id', type: 'string', required: true, meaning: 'external id, unique' },
      { name: 'kind', type: 'string', required: true, meaning: 'playlist or person' },
      { name: 'title', type: 'string', meaning: "the playlist's title" },
      { name: 'followers', type: 'int32', meaning: 'followers' },
      { name: 'modified_at', type: 'double', meaning: 'last change, seconds since 1970' },
    ],
  },
  entries: {
    name: 'entries',
    meaning: 'which owner holds which track, one row per pair',
    columns: [
      { name: 'owner', type: 'int32', required: true, meaning: 'row of owners' },
      { name: 'track', type: 'int32', required: true, meaning: 'row of tracks' },
      { name: 'position', type: 'int32', meaning: "place in the owner's order, from 0; without it the order of rows" },
      { name: 'weight', type: 'float', meaning: 'play count, rating or strength; null counts as 1' },
      { name: 'time', type: 'double', meaning: 'when, seconds since 1970' },
    ],
  },
};

export type SetTableName = keyof typeof SET_TABLES;

const PRIMITIVE = { int32: 'INT32', float: 'FLOAT', double: 'DOUBLE', boolean: 'BOOLEAN' } as const;

/** A table's Parquet schema. Lists are the standard three levels, so that every engine reads them as arrays. */
export function parquetSchemaOf(table: SetTable): SchemaElement[] {
  const elements: SchemaElement[] = [{ name: table.name, num_children: table.columns.length }];
  for (const { name, type, required } of table.columns) {
    const repetition_type = required ? 'REQUIRED' : 'OPTIONAL';
    if (type === 'strings' || type === 'floats')
      elements.push(
        { name, repetition_type, converted_type: 'LIST', logical_type: { type: 'LIST' }, num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        type === 'strings'
          ? { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }
          : { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
      );
    else if (type === 'string') elements.push({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type });
    else elements.push({ name, type: PRIMITIVE[type], repetition_type });
  }
  return elements;
}
