import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileHeader } from '../dataset/container.ts';
import { SegueError } from '../errors.ts';
import { takeEarly } from './early-files.ts';
import { modelFile } from './file-names.ts';
import { listDirectory, readShared, writeFileWhole } from './files.ts';
import type { SavedModel } from './library-types.ts';
import { keepAsPrevious, previousOf, removePrevious, swapVersions } from './model-versions.ts';
import { headerOf, readOnDemand } from './on-demand.ts';
import { onStorage } from './storage-failure.ts';

const ENDING = '.model';

/** The trained models of a library, one file each, plus the previous version of each. Calls with an invalid id throw SegueError USAGE. */
export class ModelFiles {
  readonly folder: string;
  private readonly dir: string;

  /** @param dir the library's folder */
  constructor(dir: string) {
    this.dir = dir;
    this.folder = join(dir, 'models');
  }

  /** Writes a model; the existing one becomes the previous version. @throws SegueError when it cannot be written */
  async save(id: string, bytes: Uint8Array): Promise<void> {
    const path = this.path(id);
    await onStorage(this.folder, async () => {
      await keepAsPrevious(path);
      await writeFileWhole(path, bytes);
    });
  }

  /** Null when there is none. @param byRows names of columns that may stay in the file until their rows are needed */
  async load(id: string, byRows?: ReadonlySet<string>): Promise<Uint8Array | null> {
    const path = this.path(id);
    return byRows ? (takeEarly(path) ?? readOnDemand(path, byRows)) : readShared(path);
  }

  /** The previous version; null when there is none. */
  async previous(id: string): Promise<Uint8Array | null> {
    return readShared(previousOf(this.path(id)));
  }

  /** Swaps a model with its previous version. */
  async rollBack(id: string): Promise<void> {
    await onStorage(this.folder, () => swapVersions(this.path(id)));
  }

  async header(id: string): Promise<FileHeader | null> {
    return headerOf(this.path(id));
  }

  async list(): Promise<SavedModel[]> {
    const models: SavedModel[] = [];
    for (const name of await listDirectory(this.folder)) {
      if (!name.endsWith(ENDING)) continue;
      const { size, mtimeMs } = await stat(join(this.folder, name));
      models.push({ id: name.slice(0, -ENDING.length), bytes: size, savedAt: mtimeMs });
    }
    return models;
  }

  /** Removes a model and its previous version. */
  async remove(id: string): Promise<void> {
    await rm(this.path(id), { force: true });
    await rm(previousOf(this.path(id)), { force: true });
  }

  /** Removes the previous version of every model: their numbers no longer match the library. */
  async removePrevious(): Promise<void> {
    await removePrevious(this.folder);
  }

  private path(id: string): string {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(id))
      throw new SegueError('USAGE', { got: `"${id}"`, expected: 'an id of lower-case letters, digits and hyphens' });
    return modelFile(this.dir, id);
  }
}
