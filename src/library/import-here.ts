import { setImmediate } from 'node:timers/promises';
import { SegueError, throwIfCancelled } from '../errors.ts';
import type { Source } from '../sources/source.ts';
import { type PreparedFile, prepareFile, takeFile } from './import-file.ts';
import type { PoolOptions } from './import-pool.ts';
import type { SegmentSummary } from './segment.ts';

/** Whole files read and decompressed ahead of the one being processed. */
const AHEAD = 2;
/** Segments that may still be being written: many if small, since flushing several together takes the disk as long as flushing one. */
const BEHIND = { segments: 16, bytes: 32 << 20 };

/**
 * Processes the files one after the other in this thread. Whole files are read, hashed and decompressed ahead, and segments written behind, by the
 * runtime's file threads; memory holds only that many files.
 */
export async function importHere(
  segments: string,
  source: Source,
  files: readonly string[],
  options: Readonly<Record<string, string>>,
  { signal, onBatch, onFile, tolerate }: PoolOptions,
): Promise<void> {
  const ahead: Promise<PreparedFile>[] = [];
  const behind: { written: Promise<void>; bytes: number }[] = [];
  let bytesBehind = 0;
  const here = new Map<string, SegmentSummary>();
  let next = 0;
  try {
    for (let i = 0; i < files.length; i++) {
      throwIfCancelled(signal, 'The import');
      const last = Math.min(files.length - 1, source.readClean ? i + AHEAD : i);
      while (next <= last) ahead.push(heard(prepareFile(segments, source, files[next++]!, options)));
      try {
        const prepared = await ahead.shift()!;
        const { imported, columns, written, bytes } = await takeFile(
          segments,
          source,
          known(prepared, here),
          options,
          signal,
          (clean) => onBatch?.(i, clean) ?? null,
        );
        here.set(imported.segment, imported.summary);
        behind.push({ written: heard(written), bytes });
        bytesBehind += bytes;
        onFile(i, imported, columns);
      } catch (error) {
        if (!(error instanceof SegueError) || !tolerate(i, error)) throw error;
        onFile(i, error, null);
      }
      while (behind.length > BEHIND.segments || (behind.length > 2 && bytesBehind > BEHIND.bytes)) {
        const { written, bytes } = behind.shift()!;
        await written;
        bytesBehind -= bytes;
      }
      // Between two files, collect the other threads' results and start their next steps.
      await setImmediate();
    }
    await Promise.all(behind.map(({ written }) => written));
  } finally {
    await Promise.allSettled([...ahead, ...behind.map(({ written }) => written)]);
  }
}

/** A second file with the same content is known already, though its segment may still be being written. */
function known(prepared: PreparedFile, here: ReadonlyMap<string, SegmentSummary>): PreparedFile {
  const there = here.get(prepared.segment);
  return there ? { ...prepared, there } : prepared;
}

/** Marks a promise that is awaited later, so that its failure does not count as unhandled until then. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
