import { openShared, type SharedDataset } from '../../dataset/shared-dataset.ts';
import type { Library } from '../../library/library.ts';
import type { SavedModel } from '../../library/library-types.ts';
import { checkLater, receivedMemory, type SentMemory, sentMemory } from '../../library/on-demand.ts';
import { fileMemoryOf } from '../../math/kernels/file-memory.ts';
import { BY_ROWS } from '../../models/by-rows.ts';
import type { EngineLibrary } from '../../recommend/engine.ts';
import { LibraryBeside } from '../library-beside/library-beside.ts';
import type { SharedState } from '../library-beside/thread.ts';

/** A file's bytes as a message to a thread, with their memory, so that the thread's kernels can address them too. */
export type SentFile = SentMemory | { readonly bytes: Uint8Array } | null;

export function sendable(bytes: Uint8Array | null): SentFile {
  const memory = bytes && fileMemoryOf(bytes);
  return memory ? sentMemory(memory) : bytes && { bytes };
}

/** In the thread. */
export function received(sent: SentFile): Uint8Array | null {
  if (sent === null) return null;
  return 'bytes' in sent ? sent.bytes : receivedMemory(sent).bytes;
}

/** A dataset as the first answering thread has read it. */
export interface ReadState extends SharedState {
  readonly id: string | null;
}

/** A model's file as the first answering thread has read it. */
export interface ReadModel {
  readonly id: string;
  /** Distinguishes the file from later versions of the model. */
  readonly saved: string;
  readonly file: SentFile;
}

/** Distinguishes a model's file from later versions. */
export const savedAs = ({ savedAt, bytes }: SavedModel): string => `${savedAt} ${bytes}`;

/** The dataset and the model files of a library, each held once in memory shared by all threads. */
export class SharedFiles {
  private readonly library: Library;
  private data: { id: string | null; shared: Promise<SharedDataset> } | null = null;
  private readonly models = new Map<string, { saved: string; bytes: Promise<Uint8Array | null> }>();
  /** Data that another thread reads for all threads; null = not read by it. */
  private awaited: {
    readonly state: PromiseWithResolvers<ReadState | null>;
    readonly model: PromiseWithResolvers<ReadModel | null>;
  } | null = null;
  /** Reads and changes the library on another thread. */
  readonly beside: LibraryBeside;

  constructor(library: Library) {
    this.library = library;
    this.beside = new LibraryBeside(library);
  }

  /** Waits from now on for another thread to deliver the first dataset and model, or to give up. */
  expectReader(): void {
    this.awaited = { state: Promise.withResolvers(), model: Promise.withResolvers() };
  }

  giveState(state: ReadState): void {
    this.awaited?.state.resolve(state);
  }

  /** @param model null when there is none, or it could not be read */
  giveModel(model: ReadModel | null): void {
    this.awaited?.model.resolve(model);
    // Taken now, because with a single answering thread nobody else may ever ask for it, and columns read on demand have to be checked.
    if (model) this.model(model.id).catch(() => {});
  }

  /** The other thread delivers nothing more; this thread reads from now on. */
  giveUp(): void {
    this.awaited?.state.resolve(null);
    this.awaited?.model.resolve(null);
  }

  async dataset(): Promise<SharedDataset> {
    const id = await this.library.datasetId();
    const { data: before, beside } = this;
    if (before?.id === id) return before.shared;
    const state = before ? beside.read() : this.firstState(id);
    const data = { id, shared: state.then(({ dataset }) => dataset) };
    this.data = data;
    data.shared.catch(() => {
      if (this.data === data) this.data = before;
    });
    return data.shared;
  }

  private async firstState(id: string | null): Promise<SharedState> {
    const { beside } = this;
    const given = await this.awaited?.state.promise;
    if (!given) return beside.readHere();
    beside.take(given);
    return given.id === id ? given : beside.read();
  }

  /** The file of a model, null when there is none. */
  async model(id: string): Promise<Uint8Array | null> {
    const file = (await this.library.listModels()).find((one) => one.id === id);
    const saved = file ? savedAs(file) : '';
    const known = this.models.get(id);
    if (known?.saved === saved) return known.bytes;
    const bytes = this.readModel(id, saved);
    this.models.set(id, { saved, bytes });
    bytes.catch(() => this.models.delete(id));
    return bytes;
  }

  private async readModel(id: string, saved: string): Promise<Uint8Array | null> {
    const given = await this.awaited?.model.promise;
    if (given?.id === id && given.saved === saved) {
      try {
        const bytes = received(given.file);
        const memory = bytes && fileMemoryOf(bytes);
        // The thread that read it may end before the check does.
        if (memory) checkLater(memory, BY_ROWS);
        return bytes;
      } catch {
        // The file was replaced meanwhile.
      }
    }
    return this.library.loadModel(id, BY_ROWS);
  }

  /** The library for an engine in this thread, over the same memory. */
  asLibrary(): EngineLibrary {
    const { library } = this;
    return {
      dir: library.dir,
      datasetId: () => library.datasetId(),
      dataset: async () => openShared(await this.dataset()),
      loadModel: (id) => this.model(id),
      listModels: () => library.listModels(),
      addWaiting: (rows) => library.addWaiting(rows),
      waitingCount: () => library.waitingCount(),
    };
  }
}
