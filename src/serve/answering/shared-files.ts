import { openShared, type SharedDataset } from '../../dataset/shared-dataset.ts';
import type { Library } from '../../library/library.ts';
import { receivedMemory, type SentMemory, sentMemory } from '../../library/on-demand.ts';
import { fileMemoryOf } from '../../math/kernels/file-memory.ts';
import { BY_ROWS } from '../../models/by-rows.ts';
import { FIRST_CHOICE } from '../../models/first-choice.ts';
import type { EngineLibrary } from '../../recommend/engine.ts';
import { LibraryBeside } from '../library-beside/library-beside.ts';

/** A file's bytes as a message to a thread: with the memory that they lie in, so that its kernels reach them too. */
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

/** The dataset and the model files of a library, each once in memory that all threads read. */
export class SharedFiles {
  private readonly library: Library;
  private data: { id: string | null; shared: Promise<SharedDataset> } | null = null;
  private readonly models = new Map<string, { saved: string; bytes: Promise<Uint8Array | null> }>();

  private readonly free: Promise<void> | undefined;
  /** Reads and changes the library on another thread. */
  readonly beside: LibraryBeside;

  /** @param free this thread has other things to do before it checks what was read */
  constructor(library: Library, free?: Promise<void>) {
    this.library = library;
    this.free = free;
    this.beside = new LibraryBeside(library);
  }

  async dataset(): Promise<SharedDataset> {
    const id = await this.library.datasetId();
    const { data: before, beside } = this;
    if (before?.id === id) return before.shared;
    // At first this thread has nobody to answer.
    const state = before ? beside.read() : beside.readHere(this.free);
    const data = { id, shared: state.then(({ dataset }) => dataset) };
    this.data = data;
    data.shared.catch(() => {
      if (this.data === data) this.data = before;
    });
    return data.shared;
  }

  /** The file of a model, null when there is none. */
  async model(id: string): Promise<Uint8Array | null> {
    const file = (await this.library.listModels()).find((saved) => saved.id === id);
    const saved = `${file?.savedAt} ${file?.bytes}`;
    const known = this.models.get(id);
    if (known?.saved === saved) return known.bytes;
    const bytes = this.library.loadModel(id, BY_ROWS);
    this.models.set(id, { saved, bytes });
    bytes.catch(() => this.models.delete(id));
    return bytes;
  }

  /** Reads what most queries are answered with, the default model and the dataset; whoever asks for it is told of failures. */
  async readAhead(): Promise<void> {
    const read = async (): Promise<void> => {
      const saved = await this.library.listModels();
      const isSaved = (id: string): boolean => saved.some((file) => file.id === id);
      const model = isSaved(FIRST_CHOICE) ? this.model(FIRST_CHOICE) : null;
      await Promise.all([model, this.dataset()]);
      if (model) return;
      // Loaded here: it brings all models, which takes this thread as long as reading does.
      const { defaultModel } = await import('../../recommend/model-store.ts');
      const id = defaultModel(isSaved);
      if (id !== null) await this.model(id);
    };
    await read().catch(() => {});
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
