import { join } from 'node:path';
import { DatasetBuilder } from '../dataset/builder.ts';
import type { Dataset, Provenance } from '../dataset/dataset.ts';
import { decodeDataset } from '../dataset/dataset-file.ts';
import { addRejections } from '../dataset/rejections.ts';
import { takeEarly } from './early-files.ts';
import { datasetFile } from './file-names.ts';
import { readShared } from './files.ts';
import type { Manifest, ManifestSegment } from './manifest.ts';
import { readBatches, readSummary, type SegmentSummary } from './segment.ts';
import { isSound, keepSound, sumOf } from './sound-files.ts';

/** A dataset in memory and the segments that it consists of. */
export interface KnownState {
  readonly segments: readonly ManifestSegment[];
  readonly dataset: Dataset;
}

/**
 * The dataset of a manifest: its merged base with the increments applied.
 * @param known an earlier state in memory: only what was added since is read
 * @throws SegueError FILE_UNREADABLE, FORMAT_NEWER
 */
export async function openState(
  dir: string,
  { base, merged, segments }: Manifest,
  known: KnownState | null,
): Promise<Dataset> {
  if (
    known &&
    isStart(known.segments, segments) &&
    (known.segments.length === segments.length || canGrow(known.dataset))
  )
    return grown(dir, known.dataset, segments.slice(known.segments.length));
  const path = datasetFile(dir, base!);
  // In shared memory, so that threads need no copy.
  const bytes = await (takeEarly(path) ?? readShared(path, false));
  return grown(dir, await checkedDataset(dir, bytes, path), segments.slice(merged));
}

/**
 * Decodes a dataset's file, checking it unless the same bytes were checked before. @param least see `sumOf` @throws SegueError FILE_UNREADABLE,
 * FORMAT_NEWER
 */
export async function checkedDataset(
  dir: string,
  bytes: Uint8Array | null,
  path: string,
  least?: number,
): Promise<Dataset> {
  const sum = bytes && sumOf(bytes, least);
  const known = sum !== null && (await isSound(dir, sum));
  const dataset = decodeDataset(bytes, path, known);
  if (sum !== null && !known) await keepSound(dir, sum);
  return dataset;
}

/** Datasets of version 1 lack the keys that distinguish further albums; they are made again from their segments. */
export const canGrow = (dataset: Dataset): boolean => dataset.albums.keys !== null;

const isStart = (start: readonly ManifestSegment[], of: readonly ManifestSegment[]): boolean =>
  start.length <= of.length && start.every((s, i) => s.segment === of[i]!.segment && s.replaced === of[i]!.replaced);

function grown(dir: string, dataset: Dataset, segments: readonly ManifestSegment[]): Dataset {
  if (segments.length === 0) return dataset;
  const builder = DatasetBuilder.from(dataset);
  const provenance = copyProvenance(dataset.provenance);
  for (const segment of segments) addSource(provenance, addSegment(builder, dir, segment));
  for (const one of provenance) builder.addProvenance(one);
  return builder.finish();
}

export function copyProvenance(provenance: readonly Provenance[]): Provenance[] {
  return structuredClone(provenance) as Provenance[];
}

/** Merges a segment. @param merged its summary, if its batches are already in the builder @throws SegueError FILE_UNREADABLE, FORMAT_NEWER */
export function addSegment(
  builder: DatasetBuilder,
  dir: string,
  { segment, replaced }: ManifestSegment,
  merged: SegmentSummary | null = null,
  onBatch: () => void = () => {},
): SegmentSummary {
  const path = join(dir, 'segments', segment);
  const summary = merged ?? readSummary(path);
  if (!merged)
    for (const columns of readBatches(path)) {
      onBatch();
      if (replaced) builder.addReplaced(columns);
      else builder.addColumns(columns);
    }
  builder.addCleaning(summary.cleaning);
  return summary;
}

/** Records one provenance per source: its files, and the combined result of importing them. */
export function addSource(
  into: Provenance[],
  { origin, file, sha256, bytes, taken, rejections }: SegmentSummary,
): void {
  let provenance = into.find(({ source }) => source === origin.id);
  if (!provenance) {
    const { id: source, licence, citation } = origin;
    const none = { tracks: 0, artists: 0, owners: 0, entries: 0 };
    provenance = { source, licence, citation, files: [], taken: none, rejections: [] };
    into.push(provenance);
  }
  provenance.files.push({ name: file, sha256, bytes });
  addTaken(provenance.taken, taken);
  addRejections(provenance.rejections, rejections);
}

export function addTaken(into: Provenance['taken'], more: Provenance['taken']): void {
  for (const key of ['tracks', 'artists', 'owners', 'entries'] as const) into[key] += more[key];
}
