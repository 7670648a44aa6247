import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { writePieces } from '../dataset/container.ts';
import type { Dataset, Provenance } from '../dataset/dataset.ts';
import { encodeDataset } from '../dataset/dataset-file.ts';
import { addRejections } from '../dataset/rejections.ts';
import { throwIfCancelled } from '../errors.ts';
import { natural } from '../sources/input.ts';
import { countDataset } from './coverage.ts';
import { EarlyMerge } from './early-merge.ts';
import { listDirectory, writeWhole } from './files.ts';
import type { ImportOptions, LibraryCounts } from './library-types.ts';
import { emptyManifest, LIBRARY_VERSION, type Manifest, type ManifestSegment, writeManifest } from './manifest.ts';
import { readBatches, readSummary, SEGMENT_VERSION, type SegmentSummary } from './segment.ts';

export const datasetFile = (dir: string, id: string): string => join(dir, `dataset-${id}.bin`);

/**
 * Brings the library to the state of these segments: merges them, writes the dataset, then replaces the manifest; until that last
 * step readers have the old state. The result depends on the set of segments only, not on the order of their import.
 * @param early what was merged while files were read
 * No segments make an empty library.
 * @returns the new manifest, or the old one when nothing is new
 */
export async function mergeSegments(
  dir: string,
  old: Manifest,
  segments: readonly ManifestSegment[],
  { signal, onProgress }: ImportOptions,
  early?: EarlyMerge,
): Promise<Manifest> {
  if (segments.length === 0) {
    const nothing = emptyManifest();
    await writeManifest(dir, nothing);
    await removeReplaced(dir, old, nothing);
    return nothing;
  }
  const ordered = [...segments].sort(mergeOrder);
  const id = stateId(ordered);
  if (id === old.dataset && existsSync(datasetFile(dir, id))) return old;
  const { builder, done } = (early ?? new EarlyMerge('')).continue(ordered.map(({ segment }) => segment));
  const summaries: SegmentSummary[] = [];
  for (let i = 0; i < ordered.length; i++) {
    throwIfCancelled(signal, 'The import');
    const path = join(dir, 'segments', ordered[i]!.segment);
    const summary = readSummary(path);
    if (i >= done) {
      for (const columns of readBatches(path)) {
        throwIfCancelled(signal, 'The import');
        builder.addColumns(columns);
      }
    }
    builder.addCleaning(summary.cleaning);
    summaries.push(summary);
    onProgress?.({ stage: 'merging', file: summary.file, done: i + 1, total: ordered.length });
    // Lets a signal be heard between segments.
    await setImmediate();
  }
  for (const provenance of bySource(summaries)) builder.addProvenance(provenance);
  const dataset = builder.finish();
  throwIfCancelled(signal, 'The import');
  onProgress?.({ stage: 'writing', file: '', done: 0, total: 1 });
  const known = await writeDataset(dir, id, dataset);
  const manifest: Manifest = { version: LIBRARY_VERSION, dataset: id, ...known, segments: ordered };
  await writeManifest(dir, manifest);
  onProgress?.({ stage: 'writing', file: '', done: 1, total: 1 });
  await removeReplaced(dir, old, manifest);
  return manifest;
}

/** Playlists first, for they name their tracks most fully and in the order of their listening; then by source, file name and content. */
function mergeOrder(a: ManifestSegment, b: ManifestSegment): number {
  return (
    Number(b.owners) - Number(a.owners) ||
    natural(a.source, b.source) ||
    natural(a.file, b.file) ||
    natural(a.segment, b.segment)
  );
}

function stateId(ordered: readonly ManifestSegment[]): string {
  const names = ordered.map(({ segment, file }) => [segment, file]);
  return createHash('sha256')
    .update(JSON.stringify([LIBRARY_VERSION, SEGMENT_VERSION, names]))
    .digest('hex')
    .slice(0, 16);
}

/** Writes the dataset; what the manifest says of it is worked out meanwhile. */
async function writeDataset(
  dir: string,
  id: string,
  dataset: Dataset,
): Promise<{ catalogueId: string; counts: LibraryCounts }> {
  const pieces = encodeDataset(dataset);
  return writeWhole(dir, async (file) => {
    const written = writePieces(file, pieces);
    const known = { catalogueId: dataset.catalogueId, counts: countDataset(dataset) };
    await written;
    return { name: `dataset-${id}.bin`, value: known };
  });
}

/** One provenance for each source: its files, and what became of them together. */
function bySource(summaries: readonly SegmentSummary[]): Provenance[] {
  const sources = new Map<string, Provenance>();
  for (const { origin, file, sha256, bytes, taken, rejections } of summaries) {
    let provenance = sources.get(origin.id);
    if (!provenance) {
      const { id: source, licence, citation } = origin;
      const none = { tracks: 0, artists: 0, owners: 0, entries: 0 };
      provenance = { source, licence, citation, files: [], taken: none, rejections: [] };
      sources.set(origin.id, provenance);
    }
    provenance.files.push({ name: file, sha256, bytes });
    addTaken(provenance.taken, taken);
    addRejections(provenance.rejections, rejections);
  }
  return [...sources.values()];
}

export function addTaken(into: Provenance['taken'], more: Provenance['taken']): void {
  for (const key of ['tracks', 'artists', 'owners', 'entries'] as const) into[key] += more[key];
}

/** Removes earlier datasets, and the segments that the old state had and the new one has not. */
async function removeReplaced(dir: string, old: Manifest, now: Manifest): Promise<void> {
  for (const name of await listDirectory(dir)) {
    if (/^dataset-[0-9a-f]+\.bin$/.test(name) && name !== `dataset-${now.dataset}.bin`)
      await rm(join(dir, name), { force: true });
  }
  const kept = new Set(now.segments.map(({ segment }) => segment));
  for (const { segment } of old.segments) {
    if (!kept.has(segment)) await rm(join(dir, 'segments', segment), { force: true });
  }
}
