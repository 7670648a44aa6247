import { ACOUSTICBRAINZ_MEASURES, ACOUSTICBRAINZ_VERSION } from './acousticbrainz-measures.ts';
import { EMBEDDING_MEASURES, EMBEDDING_VERSION } from './embedding-measures.ts';
import { SOUND_MEASURES, SOUND_VERSION } from './sound-measures.ts';

/** A table of numbers that some tracks have, under names of their own: one row for each of these tracks. */
interface MeasureTableKind {
  /** Rows of other versions are not read as these. */
  readonly version: number;
  readonly measures: readonly { readonly id: string; readonly unit: string; readonly meaning: string }[];
  /** Rows come in parts, from files that know different measures: what a row lacks stays as it was. Else a new row replaces the old one. */
  readonly parts: boolean;
}

/** Every kind of table, one line each; lyrics, of which most numbers are 0, have a table of their own. */
export const MEASURE_TABLES = {
  sound: { version: SOUND_VERSION, measures: SOUND_MEASURES, parts: false },
  embedding: { version: EMBEDDING_VERSION, measures: EMBEDDING_MEASURES, parts: false },
  acousticbrainz: { version: ACOUSTICBRAINZ_VERSION, measures: ACOUSTICBRAINZ_MEASURES, parts: true },
} as const satisfies Readonly<Record<string, MeasureTableKind>>;

export type MeasureTableId = keyof typeof MEASURE_TABLES;
export const MEASURE_TABLE_IDS = Object.keys(MEASURE_TABLES) as MeasureTableId[];

/** Numbers in a row of a table. */
export const widthOf = (id: MeasureTableId): number => MEASURE_TABLES[id].measures.length;

/** Measures of the tracks that have any: few tracks of most libraries. */
export interface MeasureTable {
  /** One per track: its row in `values`, −1 without. */
  readonly row: Int32Array;
  /** rows × width in the order of the table's measures; NaN where one is missing. */
  readonly values: Float32Array;
}

/** The tables of a dataset; one that no track has a row in is absent. */
export type MeasureTables = { readonly [id in MeasureTableId]?: MeasureTable };

/** One measure of a track; NaN when it has none. @param at place of the measure in a row */
export function measureAt(tables: MeasureTables, id: MeasureTableId, track: number, at: number): number {
  const table = tables[id];
  const row = table ? table.row[track]! : -1;
  return row < 0 ? Number.NaN : table!.values[row * widthOf(id) + at]!;
}

/** A value for each table that is present. */
export function mapTables<T, U>(
  tables: { readonly [id in MeasureTableId]?: T },
  map: (table: T, id: MeasureTableId) => U | undefined,
): { [id in MeasureTableId]?: U } {
  const out: { [id in MeasureTableId]?: U } = {};
  for (const id of MEASURE_TABLE_IDS) {
    const table = tables[id];
    const mapped = table === undefined ? undefined : map(table, id);
    if (mapped !== undefined) out[id] = mapped;
  }
  return out;
}
