import type { BatchColumns } from './batch-columns.ts';
import { Growing } from './growing.ts';
import {
  MEASURE_TABLE_IDS,
  MEASURE_TABLES,
  type MeasureTable,
  type MeasureTableId,
  type MeasureTables,
  mapTables,
  widthOf,
} from './measure-tables.ts';

/** Merges rows of measures into tracks. Unlike elsewhere, the last one counts, because a file that has changed is measured again. */
export class MeasureMerger {
  private readonly tables: Readonly<Record<MeasureTableId, TableMerger>> = Object.fromEntries(
    MEASURE_TABLE_IDS.map((id) => [id, new TableMerger(widthOf(id), MEASURE_TABLES[id].parts)]),
  ) as Record<MeasureTableId, TableMerger>;

  adopt(tables: MeasureTables): void {
    for (const id of MEASURE_TABLE_IDS) this.tables[id].adopt(tables[id]);
  }

  /** @param tracks numbers of the batch's tracks */
  add(tracks: Int32Array, measures: BatchColumns['tracks']['measures']): void {
    for (const id of MEASURE_TABLE_IDS) {
      const values = measures[id];
      if (values) this.tables[id].add(tracks, values);
    }
  }

  finish(tracks: number): MeasureTables {
    return mapTables(this.tables, (table) => table.finish(tracks));
  }
}

class TableMerger {
  private readonly width: number;
  private readonly parts: boolean;
  private readonly rowOf = new Growing((n) => new Int32Array(n).fill(-1), 0);
  private readonly values = new Growing((n) => new Float32Array(n), 0);

  constructor(width: number, parts: boolean) {
    this.width = width;
    this.parts = parts;
  }

  adopt(table: MeasureTable | undefined): void {
    if (!table) return;
    this.rowOf.adopt(table.row);
    this.values.adopt(table.values);
  }

  /** @param values tracks × width; rows that are NaN throughout are none */
  add(tracks: Int32Array, values: Float32Array): void {
    const { width } = this;
    for (let i = 0; i < tracks.length; i++) {
      const row = values.subarray(i * width, (i + 1) * width);
      if (row.every(Number.isNaN)) continue;
      const track = tracks[i]!;
      this.rowOf.extend(track + 1);
      if (this.rowOf.data[track]! < 0) {
        this.rowOf.data[track] = this.values.length / width;
        this.values.extend(this.values.length + width);
        this.values.data.fill(Number.NaN, this.rowOf.data[track]! * width, this.values.length);
      }
      const at = this.rowOf.data[track]! * width;
      for (let m = 0; m < width; m++) if (!this.parts || !Number.isNaN(row[m]!)) this.values.data[at + m] = row[m]!;
    }
  }

  /** undefined when no track has any. */
  finish(tracks: number): MeasureTable | undefined {
    if (this.values.length === 0) return undefined;
    this.rowOf.extend(tracks);
    return { row: this.rowOf.finish(), values: this.values.finish() };
  }
}
