import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DatasetBuilder } from '../dataset/builder.ts';
import { writePieces } from '../dataset/container.ts';
import type { Dataset, Provenance } from '../dataset/dataset.ts';
import { encodingSteps } from '../dataset/dataset-file.ts';
import { throwIfCancelled } from '../errors.ts';
import { natural } from '../sources/input.ts';
import { countDataset } from './coverage.ts';
import { isDerivedFile } from './derived-file.ts';
import type { EarlyMerge } from './early-merge.ts';
import { datasetFile } from './file-names.ts';
import { listDirectory, writeWhole } from './files.ts';
import type { ImportOptions, LibraryCounts } from './library-types.ts';
import { emptyManifest, LIBRARY_VERSION, type Manifest, type ManifestSegment, writeManifest } from './manifest.ts';
import { paced } from './paced.ts';
import { addSegment, addSource, copyProvenance } from './state.ts';

/** Share of the time spent merging; the rest is writing. */
const MERGING = 0.75;

/**
 * Most increments on top of the merged dataset before it is rewritten; readers apply them whenever they open the library. Few enough to apply in a
 * fraction of the opening time, many enough that rewriting is rare.
 */
const MOST_INCREMENTS = 64;
const MOST_INCREMENT_BYTES = 256 << 10;
const MOST_INCREMENT_SHARE = 1 / 16;

/** Start of a merge: an earlier state, all of whose numbers are kept; what was merged while files were read; or nothing. */
export interface MergeStart {
  /** Contains the first segments of the merge. */
  readonly base?: { dataset: Dataset; segments: number };
  readonly early?: EarlyMerge;
}

/**
 * Brings the library to the state of these segments: merges them in this order, writes the dataset, then replaces the manifest; until this last step,
 * readers see the old state. The same segments in the same order give the same bytes, wherever the merge started. No segments give an empty library.
 */
export async function mergeSegments(
  dir: string,
  old: Manifest,
  segments: readonly ManifestSegment[],
  { base, early }: MergeStart,
  { signal, onProgress }: ImportOptions,
): Promise<Manifest> {
  if (segments.length === 0) {
    const nothing = emptyManifest();
    await writeManifest(dir, nothing);
    await removeReplaced(dir, old, nothing);
    return nothing;
  }
  const already = early?.continue(segments.map(({ segment }) => segment));
  const builder = base ? DatasetBuilder.from(base.dataset) : (already?.builder ?? new DatasetBuilder());
  const provenance: Provenance[] = base ? copyProvenance(base.dataset.provenance) : [];
  const check = (): void => throwIfCancelled(signal, 'The import');
  for (let i = base?.segments ?? 0; i < segments.length; i++) {
    check();
    const merged = i < (already?.done ?? 0) ? early!.summaryOf(segments[i]!.segment) : null;
    const summary = addSegment(builder, dir, segments[i]!, merged, check);
    addSource(provenance, summary);
    onProgress?.({
      fraction: (MERGING * (i + 1)) / segments.length,
      note: `merging ${basename(summary.file)}`,
    });
    // Yields to signals between segments.
    await setImmediate();
  }
  for (const one of provenance) builder.addProvenance(one);
  const dataset = await paced(builder.finishing(), check);
  check();
  onProgress?.({ fraction: MERGING, note: 'writing the library' });
  const manifest = await writeState(dir, dataset, segments, check);
  onProgress?.({ fraction: 1, note: 'writing the library' });
  await removeReplaced(dir, old, manifest);
  return manifest;
}

/** Adds segments as increments on top of the merged dataset; writes only the manifest. */
export async function addIncrements(
  dir: string,
  old: Manifest,
  segments: readonly ManifestSegment[],
  counts: LibraryCounts | null = null,
): Promise<Manifest> {
  const manifest: Manifest = {
    ...old,
    version: LIBRARY_VERSION,
    dataset: stateId(segments, old),
    catalogueId: null,
    counts,
    segments: [...segments],
  };
  await writeManifest(dir, manifest);
  return manifest;
}

/** Writes the state's dataset as its new base, so that there are no increments left to apply. */
export async function fold(dir: string, old: Manifest, dataset: Dataset): Promise<Manifest> {
  if (old.merged === old.segments.length && old.base !== null) return old;
  const manifest = await writeState(dir, dataset, old.segments);
  await removeReplaced(dir, old, manifest);
  return manifest;
}

/** Whether these segments are few and small enough to stay increments for a while. */
export async function areIncrements(
  dir: string,
  { base, merged }: Manifest,
  segments: readonly ManifestSegment[],
): Promise<boolean> {
  if (base === null || segments.length - merged > MOST_INCREMENTS || !existsSync(datasetFile(dir, base))) return false;
  let bytes = 0;
  for (const { segment } of segments.slice(merged)) bytes += (await stat(join(dir, 'segments', segment))).size;
  const { size } = await stat(datasetFile(dir, base));
  return bytes <= Math.max(MOST_INCREMENT_BYTES, size * MOST_INCREMENT_SHARE);
}

/**
 * Within an import, playlists come first, since they name their tracks most completely and in listening order; then by source, file name and content.
 */
export function mergeOrder(a: ManifestSegment, b: ManifestSegment): number {
  return (
    Number(b.owners) - Number(a.owners) ||
    natural(a.source, b.source) ||
    natural(a.file, b.file) ||
    natural(a.segment, b.segment)
  );
}

/** @param known a state that begins with the same segments: only later ones are hashed */
export function stateId(segments: readonly ManifestSegment[], known?: Manifest): string {
  const goesOn =
    known?.dataset &&
    known.segments.every((s, i) => s.segment === segments[i]!.segment && s.replaced === segments[i]!.replaced);
  let id = goesOn ? known.dataset! : '';
  for (const { segment, file, replaced } of segments.slice(goesOn ? known.segments.length : 0))
    id = createHash('sha256')
      .update(JSON.stringify([id, segment, file, replaced ?? false]))
      .digest('hex')
      .slice(0, 16);
  return id;
}

/** Writes the dataset, then the manifest, whose contents are computed meanwhile. @param check throws to stop the work */
async function writeState(
  dir: string,
  dataset: Dataset,
  segments: readonly ManifestSegment[],
  check: () => void = () => {},
): Promise<Manifest> {
  const id = stateId(segments);
  const pieces = await paced(encodingSteps(dataset), check);
  const known = await writeWhole(dir, async (file) => {
    const written = writePieces(file, pieces, check);
    const counted = { catalogueId: dataset.catalogueId, counts: countDataset(dataset) };
    await written;
    check();
    return { name: `dataset-${id}.bin`, value: counted };
  });
  const manifest: Manifest = {
    version: LIBRARY_VERSION,
    dataset: id,
    base: id,
    merged: segments.length,
    ...known,
    segments: [...segments],
  };
  await writeManifest(dir, manifest);
  return manifest;
}

/** Removes earlier datasets with their derived data, and segments of the old state that the new one no longer has. */
async function removeReplaced(dir: string, old: Manifest, now: Manifest): Promise<void> {
  for (const name of await listDirectory(dir)) {
    const replaced = /^dataset-[0-9a-f]+\.bin$/.test(name) && name !== `dataset-${now.base}.bin`;
    if (replaced || (isDerivedFile(name) && !name.endsWith(`-${now.base}.bin`)))
      await rm(join(dir, name), { force: true });
  }
  const kept = new Set(now.segments.map(({ segment }) => segment));
  for (const { segment } of old.segments) {
    if (!kept.has(segment)) await rm(join(dir, 'segments', segment), { force: true });
  }
}
