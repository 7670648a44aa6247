import type { LibraryApi } from '../library/library-types.ts';
import { sumOf } from '../library/sound-files.ts';
import { type DerivedParts, encodeDerived, viewDerived } from '../models/derived-parts.ts';
import { savedValue } from './saved-value.ts';

type Files = Partial<Pick<LibraryApi, 'loadDerived' | 'saveDerived' | 'isSound' | 'keepSound'>>;

/** Stores in the library what a model derives on loading: at a million playlists this takes a second to compute, and a tenth of that to read. */
export class SavedDerived {
  private readonly files: Files;
  private readonly datasetId: string;
  private readonly modelId: string;
  private readonly key: string;

  /** @param sum checksum of the model's file */
  constructor(files: Files, datasetId: string, modelId: string, sum: string) {
    this.files = files;
    this.datasetId = datasetId;
    this.modelId = modelId;
    this.key = `${datasetId} ${sum}`;
  }

  /** Reads what was saved, into shared memory; null when nothing was saved, or it belongs to another model file. */
  read(): Promise<DerivedParts | null> {
    const { files, key } = this;
    return savedValue(files, `model-${this.modelId}`, this.datasetId, async (bytes) => {
      const sum = files.isSound ? sumOf(bytes) : null;
      const sound = sum !== null && (await files.isSound!(sum));
      const parts = viewDerived(bytes, key, sound);
      if (parts && sum !== null && !sound) await files.keepSound?.(sum);
      return parts;
    });
  }

  /** Saves the data, replacing that of an earlier model with this id. A library that cannot be written to goes without. */
  async write(parts: DerivedParts): Promise<void> {
    const kind = `model-${this.modelId}` as const;
    await this.files.saveDerived?.(kind, this.datasetId, () => encodeDerived(parts, this.key)).catch(() => {});
  }
}
