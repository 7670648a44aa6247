import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchColumns, CleanBatch } from '../dataset/batch-columns.ts';
import { writePieces } from '../dataset/container.ts';
import type { Rejection } from '../dataset/rows.ts';
import { SegueError } from '../errors.ts';
import { hashInput, hashPacked, inputName, MOST_WHOLE, readInput, readPacked, unpackPacked } from '../sources/input.ts';
import type { Source } from '../sources/source.ts';
import { writeSmallWhole, writeWhole } from './files.ts';
import {
  type Content,
  cleaned,
  encodeSegment,
  readSummary,
  SEGMENT_VERSION,
  type SegmentSummary,
  SegmentWriter,
} from './segment.ts';

/** Segments up to this many bytes are written without waking other threads. */
const SMALL = 1 << 20;

/** A file that has become a segment of the library. */
export interface ImportedFile {
  /** File name in `segments/`. */
  segment: string;
  summary: SegmentSummary;
  /** True when the segment existed already. */
  already: boolean;
}

/** What is known about a file before its rows are read. */
export interface PreparedFile {
  readonly file: string;
  readonly content: Content;
  readonly segment: string;
  /** The summary of its segment, if the library has one already. */
  readonly there: SegmentSummary | null;
  /** The file's decompressed bytes; null when its segment exists already, and for sources that do not read whole files. */
  readonly bytes: Uint8Array | null;
}

/** A file whose rows were read. */
export interface TakenFile {
  readonly imported: ImportedFile;
  /** The file's only batch, when it is in memory. */
  readonly columns: BatchColumns | null;
  /** Resolves when the segment has been written. */
  readonly written: Promise<void>;
  /** Bytes held in memory until then. */
  readonly bytes: number;
}

/**
 * Identifies a file: its segment is named by its content and by the options that affect its rows. Whole files are read and decompressed concurrently
 * with the calling thread. @throws SegueError FILE_UNREADABLE
 */
export async function prepareFile(
  segments: string,
  source: Source,
  file: string,
  options: Readonly<Record<string, string>>,
): Promise<PreparedFile> {
  const whole = source.readClean !== undefined;
  const packed = whole ? await readPacked(file) : null;
  const content = await contentOf(source, file, options, packed);
  const segment = segmentOf(source, content.sha256, options);
  const there = summaryOf(join(segments, segment));
  const prepared = { file, content, segment, there, bytes: null };
  if (there || !whole) return prepared;
  return { ...prepared, bytes: packed ? await unpackPacked(file, packed) : await readInput(file, MOST_WHOLE) };
}

/**
 * Reads the rows of a file and writes its segment meanwhile, unless the segment exists. The segment's name is durable once the folder is flushed.
 * @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING, CANCELLED; then nothing is left behind
 */
export async function takeFile(
  segments: string,
  source: Source,
  { file, content, segment, there, bytes }: PreparedFile,
  options: Readonly<Record<string, string>>,
  signal?: AbortSignal,
  onBatch: (columns: BatchColumns) => Int32Array | null = () => null,
): Promise<TakenFile> {
  const nothing = Promise.resolve();
  if (there) return { imported: { segment, summary: there, already: true }, columns: null, written: nothing, bytes: 0 };
  const name = inputName(file);
  const writeLarge = (pieces: readonly Uint8Array[]): Promise<void> =>
    writeWhole(
      segments,
      async (handle) => {
        await writePieces(handle, pieces);
        return { name: segment, value: undefined };
      },
      false,
    );
  const whole = (clean: CleanBatch, rejections: Rejection[]): TakenFile => {
    const { pieces, summary } = encodeSegment(clean, rejections, source, name, content);
    const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const written = size <= SMALL ? writeSmallWhole(segments, segment, pieces) : writeLarge(pieces);
    return { imported: { segment, summary, already: false }, columns: clean.columns, written, bytes: size };
  };
  const read = bytes ? source.readClean!(bytes) : null;
  if (read) return whole(read, []);
  const rejections: Rejection[] = [];
  const batches = cleaned(source.read(file, { options, signal }), rejections, signal);
  try {
    const first = await batches.next();
    const second = await batches.next();
    if (!first.done && second.done) return whole(first.value, rejections);
    const summary = await writeWhole(
      segments,
      async (handle) => {
        const writer = new SegmentWriter(handle, content, onBatch);
        for (const { done, value } of [first, second]) if (!done) await writer.add(value);
        for await (const batch of batches) await writer.add(batch);
        return { name: segment, value: await writer.finish(source, name, rejections) };
      },
      false,
    );
    return { imported: { segment, summary, already: false }, columns: null, written: nothing, bytes: 0 };
  } finally {
    await batches.return();
  }
}

/** Reads one file into a segment. @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING, CANCELLED; then nothing is left behind */
export async function importFile(
  segments: string,
  source: Source,
  file: string,
  options: Readonly<Record<string, string>>,
): Promise<ImportedFile> {
  const taken = await takeFile(segments, source, await prepareFile(segments, source, file, options), options);
  await taken.written;
  return taken.imported;
}

async function contentOf(
  source: Source,
  file: string,
  options: Readonly<Record<string, string>>,
  packed: Buffer<ArrayBuffer> | null,
): Promise<Content> {
  if (source.identify) return source.identify(file, options);
  return packed ? hashPacked(packed) : hashInput(file);
}

/** The segment of a file with this content, if the library has it, so that the file need not be read. */
export function segmentThere(
  segments: string,
  source: Source,
  sha256: string,
  options: Readonly<Record<string, string>>,
): ImportedFile | null {
  const segment = segmentOf(source, sha256, options);
  const summary = summaryOf(join(segments, segment));
  return summary && { segment, summary, already: true };
}

/** The summary of a segment; null when it is missing or damaged, so that it is made again. */
function summaryOf(path: string): SegmentSummary | null {
  if (!existsSync(path)) return null;
  try {
    return readSummary(path);
  } catch (error) {
    if (error instanceof SegueError && error.code === 'FILE_UNREADABLE') return null;
    throw error;
  }
}

const segmentOf = (source: Source, sha256: string, options: Readonly<Record<string, string>>): string =>
  segmentName(source.id, [sha256, readingOptions(source, options)]);

export function segmentName(source: string, identity: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify([SEGMENT_VERSION, source, identity]));
  return `${source}-${hash.digest('hex').slice(0, 24)}.seg`;
}

/** The options that affect a file's rows, in a stable order. */
function readingOptions(source: Source, options: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(options)
    .filter(([name]) => !source.selects?.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
