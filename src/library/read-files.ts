import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { BatchColumns } from '../dataset/batch-columns.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { SegueError } from '../errors.ts';
import { inputSize } from '../sources/input.ts';
import { SOURCES } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';
import type { EarlyMerge } from './early-merge.ts';
import { syncDirectory } from './files.ts';
import { segmentThere } from './import-file.ts';
import { importHere } from './import-here.ts';
import { type FileResult, importOnThreads } from './import-pool.ts';
import type { ImportOptions } from './library-types.ts';

/** An import of at least this size uses threads of its own; below it, starting them costs more than it saves. */
const WORTH_THREADS = 256 << 20;

/**
 * Reads files of a source into segments. In a folder or archive, tables with other columns are skipped; one that was named is rejected.
 * @param segments the folder of segments @param named the paths as given
 * @param contents SHA-256 of each unchanged file, which is not read if its segment exists
 * @param early merges a first import while it is read
 * @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING, CANCELLED
 */
export async function readFiles(
  segments: string,
  source: Source,
  files: readonly string[],
  named: ReadonlySet<string>,
  contents: readonly (string | null)[],
  { signal, onProgress, options = {}, workers }: ImportOptions,
  early?: EarlyMerge,
): Promise<FileResult[]> {
  const results: FileResult[] = new Array(files.length);
  const unread: number[] = [];
  for (let i = 0; i < files.length; i++) {
    const content = contents[i] ?? null;
    const there = content === null ? null : segmentThere(segments, source, content, options);
    if (there) results[i] = there;
    else unread.push(i);
  }
  const sizes = await Promise.all(files.map((file, i) => (source.identify || results[i] ? 0 : inputSize(file))));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  onProgress?.({ fraction: 0, note: 'reading' });
  const onFile = (at: number, result: FileResult, columns: BatchColumns | null): void => {
    const number = unread[at]!;
    results[number] = result;
    done += sizes[number]!;
    onProgress?.({ fraction: total > 0 ? done / total : 0, note: `reading ${basename(files[number]!)}` });
    early?.add(number, result instanceof SegueError ? null : result, columns);
  };
  const tolerate = (at: number, error: SegueError): boolean =>
    error.code === 'COLUMNS_MISSING' && !named.has(files[unread[at]!]!);
  const threads = workers ?? (total >= WORTH_THREADS && unread.length > 1 ? Math.min(2, availableParallelism()) : 0);
  const onBatch = (at: number, columns: BatchColumns): Int32Array | null => early?.take(unread[at]!, columns) ?? null;
  const pool = { signal, onBatch, onFile, tolerate };
  const rest = unread.map((i) => files[i]!);
  if (threads === 0 || !SOURCES.includes(source)) await importHere(segments, source, rest, options, pool);
  else await importOnThreads({ segments, source: source.id, options }, rest, threads, pool);
  await syncDirectory(segments);
  return results;
}

/**
 * Prepares a source whose tables only complete what the library holds: passes it the catalogue. Its files are read in this thread, which has the
 * vocabulary, and once for each state of the catalogue: after more music was added, importing them again is worthwhile.
 */
export function completing(
  dataset: Dataset,
  source: Source,
  reading: ImportOptions,
): [source: Source, reading: ImportOptions] {
  const { vocabulary } = dataset.tracks;
  const known = (uri: string): boolean => vocabulary.indexOf(uri) >= 0;
  return [
    { ...source, read: (file, options) => source.read(file, { ...options, known }) },
    { ...reading, options: { ...reading.options, catalogue: dataset.catalogueId }, workers: 0 },
  ];
}
