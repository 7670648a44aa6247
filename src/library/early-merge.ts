import { join } from 'node:path';
import type { BatchColumns } from '../dataset/batch-columns.ts';
import { DatasetBuilder } from '../dataset/builder.ts';
import type { ImportedFile } from './import-file.ts';
import { readBatches, type SegmentSummary } from './segment.ts';

/**
 * Merges segments while others are still being read: beside the reading threads, or from memory without reading them back. It follows the
 * order of the files; when the order of merging turns out to be another one, its work is thrown away and nothing is lost but time.
 */
export class EarlyMerge {
  private readonly dir: string;
  private readonly builder = new DatasetBuilder();
  private readonly merged: string[] = [];
  private readonly summaries = new Map<string, SegmentSummary>();
  /** Segments that are done before their turn; null for files that gave none. */
  private readonly early = new Map<number, { segment: string; columns: BatchColumns | null } | null>();
  private turn = 0;
  /** The file of which batches are merged, though it is not done. */
  private begun = -1;
  private failed = false;

  /** @param dir the folder of the segments */
  constructor(dir: string) {
    this.dir = dir;
  }

  /** A batch of a file that has more of them, merged at once when it is the file's turn. @returns the numbers of its tracks, or null */
  take(number: number, columns: BatchColumns): Int32Array | null {
    if (number !== this.turn || this.failed) return null;
    this.begun = number;
    return this.builder.addColumns(columns);
  }

  /** File `number` is done. @param columns the segment's only batch, where it is in memory */
  add(number: number, file: ImportedFile | null, columns: BatchColumns | null): void {
    this.early.set(number, file && { segment: file.segment, columns });
    if (file) this.summaries.set(file.segment, file.summary);
    while (this.early.has(this.turn) && !this.failed) {
      const next = this.early.get(this.turn)!;
      this.early.delete(this.turn);
      if (this.turn++ !== this.begun) {
        if (next !== null) this.merge(next.segment, next.columns);
      } else if (next !== null) this.merged.push(next.segment);
      // What its batches have brought cannot be taken out again.
      else this.failed = true;
    }
  }

  /** What stands at the end of a segment, where it need not be read back. */
  summaryOf(segment: string): SegmentSummary | null {
    return this.summaries.get(segment) ?? null;
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
