import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SegueError, throwIfCancelled } from '../errors.ts';
import { hashInput, inputName } from '../sources/input.ts';
import type { Source } from '../sources/source.ts';
import { writeWhole } from './files.ts';
import { readSummary, SEGMENT_VERSION, type SegmentSummary, SegmentWriter } from './segment.ts';

/** A file as a segment of the library. */
export interface ImportedFile {
  /** File name in `segments/`. */
  segment: string;
  summary: SegmentSummary;
  /** True when the segment was there already. */
  already: boolean;
}

/**
 * Reads one file into a segment, named by its content and by the options that change what it gives; one that is there is left as it is.
 * @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING, CANCELLED; then nothing is left behind
 */
export async function importFile(
  segments: string,
  source: Source,
  file: string,
  options: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<ImportedFile> {
  const content = source.identify ? await source.identify(file, options) : await hashInput(file);
  const segment = segmentName(source.id, [content.sha256, readingOptions(source, options)]);
  const path = join(segments, segment);
  const there = existsSync(path) ? summaryOf(path) : null;
  if (there) return { segment, summary: there, already: true };
  const summary = await writeWhole(segments, async (handle) => {
    const writer = new SegmentWriter(handle, content);
    const clean = source.readClean ? await source.readClean(file) : null;
    if (clean) await writer.addClean(clean);
    else {
      for await (const batch of source.read(file, { options, signal })) {
        throwIfCancelled(signal, 'The import');
        await writer.add(batch);
      }
    }
    return { name: segment, value: await writer.finish(source, inputName(file)) };
  });
  return { segment, summary, already: false };
}

/** The summary of a segment, or null when it is damaged, so that it is made again. */
function summaryOf(path: string): SegmentSummary | null {
  try {
    return readSummary(path);
  } catch (error) {
    if (error instanceof SegueError && error.code === 'FILE_UNREADABLE') return null;
    throw error;
  }
}

export function segmentName(source: string, identity: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify([SEGMENT_VERSION, source, identity]));
  return `${source}-${hash.digest('hex').slice(0, 24)}.seg`;
}

/** The options that change what a file gives, in a stable order. */
function readingOptions(source: Source, options: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(options)
    .filter(([name]) => !source.selects?.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
