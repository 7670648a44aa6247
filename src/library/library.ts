import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FileHeader } from '../dataset/container.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { Batch, Rejection, TrackRow } from '../dataset/rows.ts';
import { SegueError, throwIfCancelled } from '../errors.ts';
import { within } from '../math/progress.ts';
import { inputMarks } from '../sources/input.ts';
import type { Source } from '../sources/source.ts';
import { CheckpointFolder, removeCheckpoints } from './checkpoint-folder.ts';
import { countDataset, NOTHING } from './coverage.ts';
import { readDerived, saveDerived } from './derived-file.ts';
import { EarlyMerge } from './early-merge.ts';
import { type Derived, datasetFile } from './file-names.ts';
import { listDirectory, makeDirectory, removeTemporary, writeWhole } from './files.ts';
import { foldInBackground } from './fold.ts';
import { type ForgetChoice, partSegments } from './forget.ts';
import { type ImportedFile, segmentName } from './import-file.ts';
import type { FileResult } from './import-pool.ts';
import { importReport } from './import-report.ts';
import { KnownFiles } from './known-files.ts';
import type {
  AppendReport,
  CompactReport,
  ForgetReport,
  ImportOptions,
  ImportReport,
  LibraryApi,
  LibraryCounts,
  LibraryInfo,
  Origin,
  SavedModel,
} from './library-types.ts';
import { lockLibrary } from './lock.ts';
import { LIBRARY_VERSION, type Manifest, type ManifestSegment, readManifest } from './manifest.ts';
import { manifestSegment, newSegments, replaceParts } from './manifest-segments.ts';
import { addIncrements, areIncrements, type MergeStart, mergeOrder, mergeSegments } from './merge.ts';
import { ModelFiles } from './model-files.ts';
import { cleaned, SegmentWriter } from './segment.ts';
import { isSound, keepSound } from './sound-files.ts';
import { type KnownState, openState } from './state.ts';
import { onStorage } from './storage-failure.ts';
import { WaitingStore } from './waiting.ts';

/** Share of an import spent on reading files; the rest is merging and writing. */
const READING = 0.8;
/** Origin of tracks named in queries. */
const QUERIES: Origin = { id: 'queries', title: 'Songs that people asked for', licence: '', citation: '' };

/** A library folder. See LibraryApi for what each call promises. */
export class Library implements LibraryApi {
  readonly dir: string;
  private readonly segments: string;
  private readonly models: ModelFiles;
  private readonly waiting: WaitingStore;
  /** The state opened last, as long as it is in use: later ones are grown from it in memory. */
  private opened: { segments: readonly ManifestSegment[]; dataset: WeakRef<Dataset> } | null = null;
  /** The change in progress, so that changes within this process wait for each other. */
  private changing: Promise<unknown> = Promise.resolve();
  private folding: Promise<void> | null = null;

  private constructor(dir: string) {
    this.dir = dir;
    this.segments = join(dir, 'segments');
    this.models = new ModelFiles(dir);
    this.waiting = new WaitingStore(dir);
  }

  /** Opens a folder; one that does not exist is an empty library, created by the first write. @throws SegueError FILE_UNREADABLE, FORMAT_NEWER */
  static async open(dir: string): Promise<Library> {
    await readManifest(dir);
    return new Library(dir);
  }

  async datasetId(): Promise<string | null> {
    return (await readManifest(this.dir)).dataset;
  }

  /** @throws SegueError LIBRARY_EMPTY, FILE_UNREADABLE, FORMAT_NEWER */
  async dataset(): Promise<Dataset> {
    return (await this.state()).dataset;
  }

  /** The dataset with the segments that it consists of, for `know`. @throws as `dataset` */
  async state(): Promise<KnownState> {
    for (let attempt = 0; ; attempt++) {
      const manifest = await readManifest(this.dir);
      if (manifest.dataset === null) {
        throw new SegueError('LIBRARY_EMPTY', {
          got: `The library ${this.dir} is empty`,
          remedy: 'Import data, e.g. `segue import demo`',
        });
      }
      try {
        return await this.open(manifest);
      } catch (error) {
        // Another process may have replaced the dataset between the two reads.
        const { base, dataset } = await readManifest(this.dir);
        if (attempt > 0 || (dataset === manifest.dataset && base === manifest.base)) throw error;
      }
    }
  }

  /** Registers a state in memory: as long as its dataset is in use, later states are grown from it. */
  know({ segments, dataset }: KnownState): void {
    this.opened = { segments, dataset: new WeakRef(dataset) };
  }

  private async open(manifest: Manifest): Promise<KnownState> {
    const before = this.opened?.dataset.deref();
    const known = before ? { segments: this.opened!.segments, dataset: before } : null;
    const dataset = await openState(this.dir, manifest, known);
    const state = { segments: manifest.segments, dataset };
    this.know(state);
    return state;
  }

  /**
   * Reads files of a source and merges them. A file that the library already has is not read again: it is recognised by its file-system metadata, or
   * else by its content. After a stop, the same call resumes. A single file that cannot be read fails the import and leaves the library unchanged; in
   * folders and archives, tables with other columns are skipped.
   * @throws SegueError LIBRARY_BUSY, FILE_UNREADABLE, COLUMNS_MISSING, USAGE, CANCELLED
   */
  async importFiles(source: Source, paths: readonly string[], options: ImportOptions = {}): Promise<ImportReport> {
    checkOptions(source, options.options ?? {});
    const files = await source.files(paths, options.options);
    // Loaded here because it imports all sources, a hundred modules that are useless to those who only read the library.
    const { completing, readFiles } = await import('./read-files.ts');
    return this.exclusively(async () => {
      // Only a first import can be merged while it is read; otherwise, existing segments come first.
      const early = (await readManifest(this.dir)).segments.length === 0 ? new EarlyMerge(this.segments) : undefined;
      const reading = { ...options, onProgress: within(options.onProgress, 0, READING) };
      const [reader, asked] = source.completes?.(options.options ?? {})
        ? completing(await this.dataset(), source, reading)
        : [source, reading];
      const known = await KnownFiles.open(this.dir);
      const marks = source.identify ? [] : await inputMarks(files);
      const contents = marks.map((mark) => (options.verify ? null : known.contentOf(mark)));
      const results = await readFiles(this.segments, reader, files, new Set(paths), contents, asked, early);
      const imported = results.filter((result): result is ImportedFile => !(result instanceof SegueError));
      if (imported.length === 0) throw results.find((result) => result instanceof SegueError)!;
      const merging = { ...options, onProgress: within(options.onProgress, READING, 1) };
      const { before, after, counts } = await this.commit(imported.map(manifestSegment), merging, early);
      await known.keep(contentMarks(results, marks), after);
      return importReport(source.id, files, results, before, after, counts);
    });
  }

  /**
   * Removes files: the library becomes what it would be without them, or empty when none is left.
   * @throws SegueError USAGE, NOT_FOUND, LIBRARY_EMPTY, LIBRARY_BUSY, CANCELLED
   */
  async forget(choice: ForgetChoice, options: ImportOptions = {}): Promise<ForgetReport> {
    // Before anything is written, so that an invalid choice leaves no trace.
    partSegments((await readManifest(this.dir)).segments, choice);
    return this.exclusively(async () => {
      const before = await readManifest(this.dir);
      const { forgotten, rest } = partSegments(before.segments, choice);
      const counts = await this.countsOf(before);
      const after = await mergeSegments(this.dir, before, rest, {}, options);
      await (await KnownFiles.open(this.dir)).keep(new Map(), after);
      await this.models.removePrevious();
      await removeCheckpoints(this.dir);
      const files = forgotten.filter(({ replaced }) => !replaced).map(({ source, file }) => ({ source, file }));
      return { forgotten: files, before: counts, library: after.counts ?? NOTHING };
    });
  }

  /**
   * Renumbers everything, as one import of all files would, and drops the remains of replaced parts. Trained models must be trained again.
   * @throws SegueError LIBRARY_EMPTY, LIBRARY_BUSY, CANCELLED
   */
  async compact(options: ImportOptions = {}): Promise<CompactReport> {
    return this.exclusively(async () => {
      const before = await readManifest(this.dir);
      if (before.dataset === null)
        throw new SegueError('LIBRARY_EMPTY', { got: 'The library is empty, so there is nothing to compact' });
      const counts = await this.countsOf(before);
      const segments = before.segments.filter(({ replaced }) => !replaced).sort(mergeOrder);
      const after = await mergeSegments(this.dir, before, segments, {}, options);
      await this.models.removePrevious();
      await removeCheckpoints(this.dir);
      return { changed: before.dataset !== after.dataset, before: counts, library: after.counts ?? NOTHING };
    });
  }

  async append(rows: Batch, origin: Origin, name: string): Promise<AppendReport> {
    const { report, due } = await this.exclusively(async () => {
      const { segment, summary } = await this.writePart(origin, name, [rows], undefined);
      const before = await readManifest(this.dir);
      const fresh = manifestSegment({ segment, summary, already: false });
      const known = before.segments.some((s) => s.segment === segment && !s.replaced);
      const segments = known ? before.segments : [...before.segments, fresh];
      // The first rows of a library, and those appended to one of an earlier version, produce a merged dataset.
      if (before.base === null || before.version < LIBRARY_VERSION) await this.commit([fresh], {});
      else if (!known) await addIncrements(this.dir, before, segments);
      const after = await readManifest(this.dir);
      const report = { added: summary.taken, changed: before.dataset !== after.dataset, datasetId: after.dataset! };
      return { report, due: !(await areIncrements(this.dir, after, after.segments)) };
    });
    if (due) this.fold();
    return report;
  }

  async settled(): Promise<void> {
    await this.folding;
  }

  /** Merges the increments in the background; on failure they stay as they are, and the next `append` tries again. */
  private fold(): void {
    this.folding ??= this.exclusively(() => foldInBackground(this.dir))
      .catch(() => {})
      .finally(() => {
        this.folding = null;
      });
  }

  async importBatches(
    origin: Origin,
    name: string,
    batches: Iterable<Batch> | AsyncIterable<Batch>,
    options: ImportOptions = {},
  ): Promise<ImportReport> {
    return this.exclusively(async () => {
      const imported = await this.writePart(origin, name, batches, options.signal);
      const { before, after, counts } = await this.commit([{ ...manifestSegment(imported), part: true }], options);
      return importReport(origin.id, [name], [imported], before, after, counts);
    });
  }

  async addWaiting(tracks: readonly TrackRow[]): Promise<number> {
    return this.waiting.add(tracks);
  }

  async waitingCount(): Promise<number> {
    return this.waiting.count();
  }

  async waitingTracks(): Promise<TrackRow[]> {
    return this.waiting.rows();
  }

  async mergeWaiting(options: ImportOptions = {}): Promise<number> {
    return this.exclusively(async () => {
      const { rows, drop } = await this.waiting.seal();
      if (rows.length === 0) return 0;
      const batch: Batch = { tracks: rows, artists: [], owners: [], rejections: [] };
      const imported = await this.writePart(QUERIES, 'waiting', [batch], options.signal);
      await this.commit([manifestSegment(imported)], options);
      await drop();
      return imported.summary.taken.tracks;
    });
  }

  async saveModel(id: string, bytes: Uint8Array): Promise<void> {
    await this.models.save(id, bytes);
  }

  async checkpoints(model: string, key: string): Promise<CheckpointFolder> {
    return CheckpointFolder.open(this.dir, model, key);
  }

  async loadPreviousModel(id: string): Promise<Uint8Array | null> {
    return this.models.previous(id);
  }

  async rollBackModel(id: string): Promise<void> {
    await this.models.rollBack(id);
  }

  async loadModel(id: string, byRows?: ReadonlySet<string>): Promise<Uint8Array | null> {
    return this.models.load(id, byRows);
  }

  async modelHeader(id: string): Promise<FileHeader | null> {
    return this.models.header(id);
  }

  async isSound(key: string): Promise<boolean> {
    return isSound(this.dir, key);
  }

  async keepSound(...keys: readonly string[]): Promise<void> {
    await keepSound(this.dir, ...keys);
  }

  async loadDerived(kind: Derived, datasetId: string): Promise<Uint8Array | null> {
    return readDerived(this.dir, kind, datasetId);
  }

  async saveDerived(kind: Derived, datasetId: string, pieces: () => readonly Uint8Array[]): Promise<boolean> {
    return saveDerived(this.dir, kind, datasetId, pieces);
  }

  async listModels(): Promise<SavedModel[]> {
    return this.models.list();
  }

  async removeModel(id: string): Promise<void> {
    await this.models.remove(id);
    await removeCheckpoints(this.dir, id);
  }

  async info(): Promise<LibraryInfo> {
    const manifest = await readManifest(this.dir);
    const dataset = manifest.dataset === null ? null : await this.dataset();
    const used = new Set(manifest.segments.map(({ segment }) => segment));
    const segments = (await listDirectory(this.segments)).filter((name) => name.endsWith('.seg'));
    return {
      dir: this.dir,
      datasetId: manifest.dataset,
      catalogueId: dataset?.catalogueId ?? null,
      counts: await this.countsOf(manifest),
      provenance: dataset?.provenance ?? [],
      cleaning: dataset?.cleaning ?? {},
      models: await this.listModels(),
      waiting: await this.waitingCount(),
      unfinished: segments.filter((name) => !used.has(name)).length,
    };
  }

  /**
   * Runs a change while holding the lock; removes half-written files, those of killed processes before and its own after. Changes by this object wait
   * for each other; one by another process makes it LIBRARY_BUSY.
   */
  private async exclusively<T>(change: () => Promise<T>): Promise<T> {
    const earlier = this.changing;
    const turn = Promise.withResolvers<void>();
    this.changing = turn.promise;
    await earlier;
    try {
      await makeDirectory(this.dir);
      return await onStorage(this.dir, async () => {
        const unlock = lockLibrary(this.dir);
        try {
          await this.clear();
          return await change();
        } finally {
          await this.clear().finally(unlock);
        }
      });
    } finally {
      turn.resolve();
    }
  }

  private async clear(): Promise<void> {
    await removeTemporary(this.dir, true);
    await removeTemporary(this.segments, true);
    await removeTemporary(this.models.folder, false);
  }

  private async writePart(
    origin: Origin,
    name: string,
    batches: Iterable<Batch> | AsyncIterable<Batch>,
    signal: AbortSignal | undefined,
  ): Promise<ImportedFile> {
    return writeWhole(this.segments, async (file) => {
      const writer = new SegmentWriter(file);
      const rejections: Rejection[] = [];
      for await (const clean of cleaned(batches, rejections, signal)) await writer.add(clean);
      const summary = await writer.finish(origin, name, rejections);
      const segment = segmentName(origin.id, [name, summary.sha256]);
      return { name: segment, value: { segment, summary, already: false } };
    });
  }

  /**
   * Adds the segments to the library after its present content, which keeps its numbers. A few small ones become increments on top of the merged
   * dataset; others are merged into it. @param counts of the library before
   */
  private async commit(
    segments: readonly ManifestSegment[],
    options: ImportOptions,
    early?: EarlyMerge,
  ): Promise<{ before: Manifest; after: Manifest; counts: LibraryCounts }> {
    const before = await readManifest(this.dir);
    const fresh = newSegments(before.segments, segments);
    const counts = await this.countsOf(before);
    const kept = replaceParts(before.segments, fresh);
    const all = [...kept, ...fresh];
    const merge = (start: MergeStart): Promise<Manifest> => mergeSegments(this.dir, before, all, start, options);
    const whole = before.base !== null && existsSync(datasetFile(this.dir, before.base));
    if (fresh.length === 0 && whole) return { before, after: before, counts };
    if (!whole || kept.some((s, i) => s !== before.segments[i]) || before.version < LIBRARY_VERSION)
      return { before, after: await merge({ early }), counts };
    if (await areIncrements(this.dir, before, all)) {
      // Opened first: segments that cannot be merged must not become part of the library.
      const { dataset } = await this.open({ ...before, segments: all });
      throwIfCancelled(options.signal, 'The import');
      return { before, after: await addIncrements(this.dir, before, all, countDataset(dataset)), counts };
    }
    const { dataset } = await this.open(before);
    const base = { dataset, segments: before.segments.length };
    return { before, after: await merge({ base }), counts };
  }

  private async countsOf(manifest: Manifest): Promise<LibraryCounts> {
    if (manifest.dataset === null) return NOTHING;
    return manifest.counts ?? countDataset((await this.open(manifest)).dataset);
  }
}

/** Maps each file's content to its file-system metadata from before it was read. */
function contentMarks(results: readonly FileResult[], marks: readonly (string | null)[]): Map<string, string> {
  const known = new Map<string, string>();
  for (const [i, result] of results.entries()) {
    const mark = marks[i];
    if (mark && !(result instanceof SegueError)) known.set(result.summary.sha256, mark);
  }
  return known;
}

function checkOptions(source: Source, options: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(options)) {
    if (name in source.options) continue;
    const known = Object.keys(source.options);
    throw new SegueError('USAGE', {
      got: `The source "${source.id}" has no option "${name}"`,
      expected: known.length ? `one of ${known.join(', ')}` : 'no options',
    });
  }
}
