import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { BatchColumns, CleanBatch } from '../dataset/batch-columns.ts';
import { BatchEncoder } from '../dataset/batch-encoder.ts';
import { batchArrays, batchColumns } from '../dataset/batch-file.ts';
import { addCounts, type Counts } from '../dataset/cleaning.ts';
import { encodeContainer, KIND, readContainers, writePieces } from '../dataset/container.ts';
import type { Provenance } from '../dataset/dataset.ts';
import { Interner } from '../dataset/interner.ts';
import { growingInt8 } from '../dataset/pools.ts';
import { addRejections } from '../dataset/rejections.ts';
import type { Batch, Rejection } from '../dataset/rows.ts';
import { SegueError, throwIfCancelled } from '../errors.ts';
import type { Origin } from './library-types.ts';

/** Version of the columns and of the cleaning rules; segments of other versions are made again from their files. */
export const SEGMENT_VERSION = 1;
const REMEDY = 'Delete the file and import its source again';

/** Result of importing one file, stored at the end of its segment. */
export interface SegmentSummary {
  origin: Origin;
  /** The file's name for people, without its folder. */
  file: string;
  sha256: string;
  bytes: number;
  taken: Provenance['taken'];
  rejections: Rejection[];
  cleaning: Counts;
}

/** SHA-256 and size of the data read. */
export interface Content {
  sha256: string;
  bytes: number;
}

/**
 * Cleans batches as they arrive. @param rejections accumulates those of all batches
 * @throws SegueError CANCELLED
 */
export async function* cleaned(
  batches: Iterable<Batch> | AsyncIterable<Batch>,
  rejections: Rejection[],
  signal: AbortSignal | undefined,
): AsyncGenerator<CleanBatch, void> {
  const encoder = new BatchEncoder();
  for await (const batch of batches) {
    throwIfCancelled(signal, 'The import');
    addRejections(rejections, batch.rejections);
    const clean = encoder.add(batch);
    if (clean) yield clean;
  }
  const rest = encoder.finish();
  if (rest) yield rest;
}

/** Writes batches as they arrive: one container each, and finally the summary if all went well. */
export class SegmentWriter {
  private readonly file: FileHandle;
  private readonly content: Content | null;
  /** Hash of the batches themselves, when there is no file. */
  private readonly hash: Hash | null;
  private readonly taken = { tracks: 0, artists: 0, owners: 0, entries: 0 };
  private readonly cleaning: Counts = {};
  private readonly onBatch: (columns: BatchColumns) => Int32Array | null;
  private uris: Interner | null = null;
  /** For each track number, whether a batch has named it: several batches of a file may name the same tracks. */
  private readonly seen = growingInt8();
  private written = 0;

  /**
   * @param content of the file being read; by default that of the batches
   * @param onBatch returns the tracks' numbers, equal for equal tracks of all batches, besides anything else it does; or null for every batch
   */
  constructor(
    file: FileHandle,
    content: Content | null = null,
    onBatch: (columns: BatchColumns) => Int32Array | null = () => null,
  ) {
    this.file = file;
    this.content = content;
    this.hash = content ? null : createHash('sha256');
    this.onBatch = onBatch;
  }

  async add({ columns, taken, cleaning }: CleanBatch): Promise<void> {
    const pieces = encodeColumns(columns);
    if (this.hash) for (const piece of pieces) this.hash.update(piece);
    this.written += await writePieces(this.file, pieces);
    for (const key of ['artists', 'owners', 'entries'] as const) this.taken[key] += taken[key];
    this.taken.tracks += this.newTracks(
      this.onBatch(columns) ?? (this.uris ??= new Interner()).addAll(columns.tracks.uri),
    );
    addCounts(this.cleaning, cleaning);
  }

  private newTracks(numbers: Int32Array): number {
    let added = 0;
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i]!;
      if (number >= this.seen.length) this.seen.extend(number + 1);
      if (this.seen.data[number]! < 0) added++;
      this.seen.data[number] = 1;
    }
    return added;
  }

  async finish(origin: Origin, file: string, rejections: Rejection[]): Promise<SegmentSummary> {
    const content = this.content ?? { sha256: this.hash!.digest('hex'), bytes: this.written };
    const { taken, cleaning } = this;
    const summary = summaryOf(origin, file, content, { taken, rejections, cleaning });
    await writePieces(this.file, encodeEnd(summary));
    return summary;
  }
}

/** Encodes a file's only batch, already cleaned, as the pieces of its segment. */
export function encodeSegment(
  { columns, taken, cleaning }: CleanBatch,
  rejections: Rejection[],
  origin: Origin,
  file: string,
  content: Content,
): { pieces: Uint8Array[]; summary: SegmentSummary } {
  const summary = summaryOf(origin, file, content, { taken, rejections, cleaning });
  return { pieces: [...encodeColumns(columns), ...encodeEnd(summary)], summary };
}

const encodeColumns = (columns: BatchColumns): Uint8Array[] =>
  encodeContainer(KIND.batch, { version: SEGMENT_VERSION }, batchArrays(columns));

const encodeEnd = (summary: SegmentSummary): Uint8Array[] =>
  encodeContainer(KIND.segmentEnd, { version: SEGMENT_VERSION, ...summary }, {});

function summaryOf(
  { id, title, licence, citation }: Origin,
  file: string,
  { sha256, bytes }: Content,
  { taken, rejections, cleaning }: Pick<SegmentSummary, 'taken' | 'rejections' | 'cleaning'>,
): SegmentSummary {
  return { origin: { id, title, licence, citation }, file, sha256, bytes, taken, rejections, cleaning };
}

/** The batches of a segment, one at a time. @throws SegueError FILE_UNREADABLE, FORMAT_NEWER */
export function* readBatches(path: string): Generator<BatchColumns> {
  let ended = false;
  for (const container of readContainers(path, REMEDY)) {
    if (container.kind === KIND.segmentEnd) ended = true;
    else yield batchColumns(container);
  }
  if (!ended) throw withoutEnd(path);
}

/** The summary at the end of a segment. @throws SegueError FILE_UNREADABLE, FORMAT_NEWER */
export function readSummary(path: string): SegmentSummary {
  for (const { meta } of readContainers(path, REMEDY, [KIND.batch])) return meta as unknown as SegmentSummary;
  throw withoutEnd(path);
}

function withoutEnd(path: string): SegueError {
  return new SegueError('FILE_UNREADABLE', {
    got: `${path} ends too early`,
    expected: 'a complete segment',
    remedy: REMEDY,
  });
}
