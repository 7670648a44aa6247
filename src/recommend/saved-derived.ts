import { SegueError } from '../errors.ts';
import type { LibraryApi } from '../library/library-types.ts';
import { sumOf } from '../library/sound-files.ts';
import { type DerivedParts, encodeDerived, viewDerived } from '../models/derived-parts.ts';

type Files = Partial<Pick<LibraryApi, 'loadDerived' | 'saveDerived' | 'isSound' | 'keepSound'>>;

/** Where a library keeps what a model derives while it is loaded: at a million playlists a second's work, and a tenth of that to read. */
export class SavedDerived {
  private readonly files: Files;
  private readonly datasetId: string;
  private readonly modelId: string;
  private readonly key: string;

  /** @param sum of the model's file */
  constructor(files: Files, datasetId: string, modelId: string, sum: string) {
    this.files = files;
    this.datasetId = datasetId;
    this.modelId = modelId;
    this.key = `${datasetId} ${sum}`;
  }

  /** As it was saved, in shared memory; null when nothing was, or of another model. A damaged file is passed over with a warning. */
  async read(): Promise<DerivedParts | null> {
    try {
      const bytes = await this.files.loadDerived?.(`model-${this.modelId}`, this.datasetId);
      if (!bytes) return null;
      const sum = this.files.isSound ? sumOf(bytes) : null;
      const sound = sum !== null && (await this.files.isSound!(sum));
      const parts = viewDerived(bytes, this.key, sound);
      if (parts && sum !== null && !sound) await this.files.keepSound?.(sum);
      return parts;
    } catch (error) {
      if (error instanceof SegueError) process.emitWarning(`${error.got}. It is made again.`, { code: error.code });
      return null;
    }
  }

  /** Saves it in place of what another model of this id derived. A library that cannot be written to does without. */
  async write(parts: DerivedParts): Promise<void> {
    const kind = `model-${this.modelId}` as const;
    await this.files.saveDerived?.(kind, this.datasetId, () => encodeDerived(parts, this.key)).catch(() => {});
  }
}
