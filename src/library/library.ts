import { readFile, rm, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { BatchColumns } from '../dataset/batch-columns.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { readDataset } from '../dataset/dataset-file.ts';
import type { Batch, TrackRow } from '../dataset/rows.ts';
import { SegueError, throwIfCancelled } from '../errors.ts';
import { inputSize } from '../sources/input.ts';
import { SOURCES } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';
import { NOTHING } from './coverage.ts';
import { EarlyMerge } from './early-merge.ts';
import { listDirectory, makeDirectory, removeTemporary, writeFileWhole, writeWhole } from './files.ts';
import { type ForgetChoice, partSegments } from './forget.ts';
import { type ImportedFile, segmentName } from './import-file.ts';
import { importHere } from './import-here.ts';
import { type FileResult, importOnThreads } from './import-pool.ts';
import { importReport } from './import-report.ts';
import type {
  ForgetReport,
  ImportOptions,
  ImportReport,
  LibraryApi,
  LibraryInfo,
  Origin,
  SavedModel,
} from './library-types.ts';
import { lockLibrary } from './lock.ts';
import { type Manifest, type ManifestSegment, readManifest } from './manifest.ts';
import { datasetFile, mergeSegments } from './merge.ts';
import { SegmentWriter } from './segment.ts';
import { WaitingStore } from './waiting.ts';

/** From this size on an import starts threads of its own; below, starting them costs more than they save. */
const WORTH_THREADS = 256 << 20;
/** Where tracks that queries named come from. */
const QUERIES: Origin = { id: 'queries', title: 'Songs that people asked for', licence: '', citation: '' };

/** A library folder. See LibraryApi for what each call promises. */
export class Library implements LibraryApi {
  readonly dir: string;
  private readonly segments: string;
  private readonly models: string;
  private readonly waiting: WaitingStore;

  private constructor(dir: string) {
    this.dir = dir;
    this.segments = join(dir, 'segments');
    this.models = join(dir, 'models');
    this.waiting = new WaitingStore(dir);
  }

  /** Opens a folder; one that does not exist is an empty library, made by the first write. @throws SegueError FILE_UNREADABLE, FORMAT_NEWER */
  static async open(dir: string): Promise<Library> {
    await readManifest(dir);
    return new Library(dir);
  }

  async datasetId(): Promise<string | null> {
    return (await readManifest(this.dir)).dataset;
  }

  async dataset(): Promise<Dataset> {
    for (let attempt = 0; ; attempt++) {
      const { dataset: id } = await readManifest(this.dir);
      if (id === null) {
        throw new SegueError('LIBRARY_EMPTY', {
          got: `The library ${this.dir} holds no data yet`,
          remedy: 'Import some, e.g. `segue import demo`',
        });
      }
      try {
        return readDataset(datasetFile(this.dir, id));
      } catch (error) {
        // Another process may have replaced the dataset between the two reads.
        if (attempt > 0 || (await this.datasetId()) === id) throw error;
      }
    }
  }

  /**
   * Reads files of a source and merges them. A file that the library holds already is not read again; after a stop the same call goes on.
   * A single file that cannot be read fails the import and leaves the library as it was; in folders and archives a table of other columns is skipped.
   * @throws SegueError LIBRARY_BUSY, FILE_UNREADABLE, COLUMNS_MISSING, USAGE, CANCELLED
   */
  async importFiles(source: Source, paths: readonly string[], options: ImportOptions = {}): Promise<ImportReport> {
    checkOptions(source, options.options ?? {});
    const files = await source.files(paths, options.options);
    return this.exclusively(async () => {
      // Only a first import can be merged as it is read: otherwise other segments come before.
      const early = (await readManifest(this.dir)).segments.length === 0 ? new EarlyMerge(this.segments) : undefined;
      const results = await this.readFiles(source, files, new Set(paths), options, early);
      const imported = results.filter((result): result is ImportedFile => !(result instanceof SegueError));
      if (imported.length === 0) throw results.find((result) => result instanceof SegueError)!;
      const { before, after } = await this.commit(imported.map(manifestSegment), options, early);
      return importReport(source.id, files, results, before, after);
    });
  }

  /**
   * Takes files out again: the library becomes what it would be without them; without any it is empty.
   * @throws SegueError USAGE, NOT_FOUND, LIBRARY_EMPTY, LIBRARY_BUSY, CANCELLED
   */
  async forget(choice: ForgetChoice, options: ImportOptions = {}): Promise<ForgetReport> {
    // Before anything is written: a choice that cannot be meant leaves no trace.
    partSegments((await readManifest(this.dir)).segments, choice);
    return this.exclusively(async () => {
      const before = await readManifest(this.dir);
      const { forgotten, rest } = partSegments(before.segments, choice);
      const after = await mergeSegments(this.dir, before, rest, options);
      const files = forgotten.map(({ source, file }) => ({ source, file }));
      return { forgotten: files, before: before.counts ?? NOTHING, library: after.counts ?? NOTHING };
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
      const { before, after } = await this.commit([{ ...manifestSegment(imported), part: true }], options);
      return importReport(origin.id, [name], [imported], before, after);
    });
  }

  async addWaiting(tracks: readonly TrackRow[]): Promise<number> {
    await this.waiting.add(tracks);
    return this.waitingCount();
  }

  async waitingCount(): Promise<number> {
    return new Set((await this.waiting.rows()).map((row) => row.uri)).size;
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
    await writeFileWhole(this.modelPath(id), bytes);
  }

  async loadModel(id: string): Promise<Uint8Array | null> {
    try {
      return await readFile(this.modelPath(id));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async listModels(): Promise<SavedModel[]> {
    const models: SavedModel[] = [];
    for (const name of await listDirectory(this.models)) {
      if (!name.endsWith('.model')) continue;
      const { size, mtimeMs } = await stat(join(this.models, name));
      models.push({ id: name.slice(0, -'.model'.length), bytes: size, savedAt: mtimeMs });
    }
    return models;
  }

  async removeModel(id: string): Promise<void> {
    await rm(this.modelPath(id), { force: true });
  }

  async info(): Promise<LibraryInfo> {
    const manifest = await readManifest(this.dir);
    const dataset = manifest.dataset === null ? null : await this.dataset();
    const used = new Set(manifest.segments.map(({ segment }) => segment));
    const segments = (await listDirectory(this.segments)).filter((name) => name.endsWith('.seg'));
    return {
      dir: this.dir,
      datasetId: manifest.dataset,
      catalogueId: manifest.catalogueId,
      counts: manifest.counts ?? NOTHING,
      provenance: dataset?.provenance ?? [],
      cleaning: dataset?.cleaning ?? {},
      models: await this.listModels(),
      waiting: await this.waitingCount(),
      unfinished: segments.filter((name) => !used.has(name)).length,
    };
  }

  private modelPath(id: string): string {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(id))
      throw new SegueError('USAGE', { got: `"${id}"`, expected: 'an id of small letters, digits and hyphens' });
    return join(this.models, `${id}.model`);
  }

  /** Runs a change while holding the lock; half-written files of killed processes are cleared before, own ones after. */
  private async exclusively<T>(change: () => Promise<T>): Promise<T> {
    await makeDirectory(this.dir);
    const unlock = lockLibrary(this.dir);
    try {
      await this.clear();
      return await change();
    } finally {
      await this.clear();
      unlock();
    }
  }

  private async clear(): Promise<void> {
    await removeTemporary(this.dir, true);
    await removeTemporary(this.segments, true);
    await removeTemporary(this.models, false);
  }

  private async readFiles(
    source: Source,
    files: readonly string[],
    named: ReadonlySet<string>,
    { signal, onProgress, options = {}, workers }: ImportOptions,
    early: EarlyMerge | undefined,
  ): Promise<FileResult[]> {
    const sizes = await Promise.all(files.map((file) => (source.identify ? 0 : inputSize(file))));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    let done = 0;
    onProgress?.({ stage: 'reading', file: '', done, total });
    const onFile = (number: number, result: FileResult, columns: BatchColumns | null): void => {
      done += sizes[number]!;
      onProgress?.({ stage: 'reading', file: files[number]!, done, total });
      if (threads > 0 || source.readClean)
        early?.add(number, result instanceof SegueError ? null : result.segment, columns);
    };
    const tolerate = (number: number, error: SegueError): boolean =>
      error.code === 'COLUMNS_MISSING' && !named.has(files[number]!);
    const threads = workers ?? (total >= WORTH_THREADS && files.length > 1 ? Math.min(2, availableParallelism()) : 0);
    const pool = { signal, onFile, tolerate };
    if (threads === 0 || !SOURCES.includes(source)) return importHere(this.segments, source, files, options, pool);
    return importOnThreads({ segments: this.segments, source: source.id, options }, files, threads, pool);
  }

  private async writePart(
    origin: Origin,
    name: string,
    batches: Iterable<Batch> | AsyncIterable<Batch>,
    signal: AbortSignal | undefined,
  ): Promise<ImportedFile> {
    return writeWhole(this.segments, async (file) => {
      const writer = new SegmentWriter(file);
      for await (const batch of batches) {
        throwIfCancelled(signal, 'The import');
        await writer.add(batch);
      }
      const summary = await writer.finish(origin, name);
      const segment = segmentName(origin.id, [name, summary.sha256]);
      return { name: segment, value: { segment, summary, already: false } };
    });
  }

  /** Makes the segments part of the library. */
  private async commit(
    segments: readonly ManifestSegment[],
    options: ImportOptions,
    early?: EarlyMerge,
  ): Promise<{ before: Manifest; after: Manifest }> {
    const before = await readManifest(this.dir);
    const all = new Map(before.segments.map((segment) => [segment.segment, segment]));
    for (const segment of segments) {
      if (segment.part) {
        for (const [key, other] of all)
          if (other.part && other.source === segment.source && other.file === segment.file) all.delete(key);
      }
      if (!all.has(segment.segment)) all.set(segment.segment, segment);
    }
    const after = await mergeSegments(this.dir, before, [...all.values()], options, early);
    return { before, after };
  }
}

function manifestSegment({ segment, summary }: ImportedFile): ManifestSegment {
  const { origin, file, sha256, taken } = summary;
  return { segment, source: origin.id, file, sha256, owners: taken.owners > 0 };
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
