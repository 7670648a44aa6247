import { join } from 'node:path';
import type { BatchColumns } from '../dataset/batch-columns.ts';
import { DatasetBuilder } from '../dataset/builder.ts';
import { readBatches } from './segment.ts';

/**
 * Merges segments while others are still being read: beside the reading threads, or from memory without reading them back. It follows the
 * order of the files; when the order of merging turns out to be another one, its work is thrown away and nothing is lost but time.
 */
export class EarlyMerge {
  private readonly dir: string;
  private readonly builder = new DatasetBuilder();
  private readonly merged: string[] = [];
  /** Segments that are done before their turn; null for files that gave none. */
  private readonly early = new Map<number, { segment: string; columns: BatchColumns | null } | null>();
  private turn = 0;
  private failed = false;

  /** @param dir the folder of the segments */
  constructor(dir: string) {
    this.dir = dir;
  }

  /** File `number` is done. @param columns the segment's only batch, where it is in memory */
  add(number: number, segment: string | null, columns: BatchColumns | null): void {
    this.early.set(number, segment === null ? null : { segment, columns });
    while (this.early.has(this.turn) && !this.failed) {
      const next = this.early.get(this.turn)!;
      this.early.delete(this.turn++);
      if (next !== null) this.merge(next.segment, next.columns);
    }
  }

  /** The builder and how many of the first segments it holds; a new one when its work does not fit this order. */
  continue(ordered: readonly string[]): { builder: DatasetBuilder; done: number } {
    const fits = !this.failed && this.merged.every((segment, i) => ordered[i] === segment);
    return fits ? { builder: this.builder, done: this.merged.length } : { builder: new DatasetBuilder(), done: 0 };
  }

  private merge(segment: string, columns: BatchColumns | null): void {
    // The same content under two names is one segment.
    if (this.merged.includes(segment)) return;
    try {
      if (columns) this.builder.addColumns(columns);
      else for (const batch of readBatches(join(this.dir, segment))) this.builder.addColumns(batch);
      this.merged.push(segment);
    } catch {
      // The merge proper meets the same damage and reports it.
      this.failed = true;
    }
  }
}
