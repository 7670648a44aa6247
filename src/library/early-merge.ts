import { join } from 'node:path';
import type { BatchColumns } from '../dataset/batch-columns.ts';
import { DatasetBuilder } from '../dataset/builder.ts';
import type { ImportedFile } from './import-file.ts';
import { readBatches, type SegmentSummary } from './segment.ts';

/**
 * Merges segments while others are still being read: concurrently with the reading threads, or from memory without reading them back. It assumes the
 * order of the files; if the final merge order differs, its work is discarded and only time is lost.
 */
export class EarlyMerge {
  private readonly dir: string;
  private readonly builder = new DatasetBuilder();
  private readonly merged: string[] = [];
  private readonly summaries = new Map<string, SegmentSummary>();
  /** Segments that are complete before their turn; null for files without one. */
  private readonly early = new Map<number, { segment: string; columns: BatchColumns | null } | null>();
  private turn = 0;
  /** The file whose batches are being merged before it is complete. */
  private begun = -1;
  private failed = false;

  /** @param dir the folder of the segments */
  constructor(dir: string) {
    this.dir = dir;
  }

  /** A batch of a file with several batches, merged at once when it is the file's turn. @returns the numbers of its tracks, or null */
  take(number: number, columns: BatchColumns): Int32Array | null {
    if (number !== this.turn || this.failed) return null;
    this.begun = number;
    return this.builder.addColumns(columns);
  }

  /** Called when file `number` is done. @param columns the segment's only batch, if it is in memory */
  add(number: number, file: ImportedFile | null, columns: BatchColumns | null): void {
    this.early.set(number, file && { segment: file.segment, columns });
    if (file) this.summaries.set(file.segment, file.summary);
    while (this.early.has(this.turn) && !this.failed) {
      const next = this.early.get(this.turn)!;
      this.early.delete(this.turn);
      if (this.turn++ !== this.begun) {
        if (next !== null) this.merge(next.segment, next.columns);
      } else if (next !== null) this.merged.push(next.segment);
      // Batches that have been merged cannot be removed again.
      else this.failed = true;
    }
  }

  /** The summary of a segment, if it need not be read back. */
  summaryOf(segment: string): SegmentSummary | null {
    return this.summaries.get(segment) ?? null;
  }

  /** The builder and the number of leading segments in it; a new builder when the work does not match this order. */
  continue(ordered: readonly string[]): { builder: DatasetBuilder; done: number } {
    const fits = !this.failed && this.merged.every((segment, i) => ordered[i] === segment);
    return fits ? { builder: this.builder, done: this.merged.length } : { builder: new DatasetBuilder(), done: 0 };
  }

  private merge(segment: string, columns: BatchColumns | null): void {
    // Two files with the same content are one segment.
    if (this.merged.includes(segment)) return;
    try {
      if (columns) this.builder.addColumns(columns);
      else for (const batch of readBatches(join(this.dir, segment))) this.builder.addColumns(batch);
      this.merged.push(segment);
    } catch {
      // The actual merge finds the same damage and reports it.
      this.failed = true;
    }
  }
}
