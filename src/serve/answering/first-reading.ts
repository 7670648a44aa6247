import { type SharedDataset, shareDataset } from '../../dataset/shared-dataset.ts';
import type { Library } from '../../library/library.ts';
import { leaveCheck } from '../../library/on-demand.ts';
import { sumOf } from '../../library/sound-files.ts';
import { fileMemoryOf } from '../../math/kernels/file-memory.ts';
import { BY_ROWS } from '../../models/by-rows.ts';
import { defaultModel } from '../../recommend/model-store.ts';
import { type ReadModel, type ReadState, savedAs, sendable } from './shared-files.ts';

/** Messages from the first thread to the pool about the files it reads for all threads; `unread` when it failed. */
export type FromReading =
  | { readonly state: ReadState }
  | { readonly read: ReadModel | null }
  | { readonly unread: true };

type ReadBytes = Omit<ReadModel, 'file'> & { readonly bytes: Uint8Array };

/**
 * Reads and checks the dataset and the default model for all threads. The first answering thread does this: it has loaded its modules before the main
 * thread has loaded the routes, and has nothing to answer yet. What it cannot read, the main thread reads, which then reports the error.
 */
export class FirstReading {
  private readonly library: Library;
  private readonly tell: (what: FromReading) => void;
  private state: Promise<ReadState | null> | null;
  private model: Promise<ReadBytes | null> | null;

  constructor(library: Library, tell: (what: FromReading) => void) {
    this.library = library;
    this.tell = tell;
    const unread = (): null => {
      tell({ unread: true });
      return null;
    };
    this.state = this.readState().catch(unread);
    this.model = this.readModel().catch(unread);
  }

  /** Hands over the dataset, once. Null afterwards, when it could not be read, or when it was replaced meanwhile: then the pool has it. */
  async dataset(): Promise<SharedDataset | null> {
    const state = await this.state;
    this.state = null;
    return state && state.id === (await this.library.datasetId()) ? state.dataset : null;
  }

  /**
   * Hands over the file of the default model, once. Null afterwards, for other models, when it could not be read, or when it was replaced meanwhile:
   * then the pool has it.
   */
  async modelFile(id: string): Promise<Uint8Array | null> {
    const model = await this.model;
    if (model?.id !== id) return null;
    this.model = null;
    const now = (await this.library.listModels()).find((saved) => saved.id === id);
    return now && savedAs(now) === model.saved ? model.bytes : null;
  }

  private async readState(): Promise<ReadState> {
    const id = await this.library.datasetId();
    const { segments, dataset } = await this.library.state();
    const state = { id, segments, dataset: shareDataset(dataset) };
    this.tell({ state });
    return state;
  }

  private async readModel(): Promise<ReadBytes | null> {
    const { library } = this;
    const models = await library.listModels();
    const id = defaultModel((one) => models.some((saved) => saved.id === one));
    const bytes = id === null ? null : await library.loadModel(id, BY_ROWS);
    if (id === null || bytes === null) {
      this.tell({ read: null });
      return null;
    }
    const saved = savedAs(models.find((one) => one.id === id)!);
    this.tell({ read: { id, saved, file: sendable(bytes) } });
    const memory = fileMemoryOf(bytes);
    if (memory) leaveCheck(memory);
    const sum = sumOf(bytes);
    if (sum !== null && (await library.isSound(sum))) memory?.setChecked();
    return { id, saved, bytes };
  }
}
