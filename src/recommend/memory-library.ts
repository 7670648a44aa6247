import type { Dataset } from '../dataset/dataset.ts';
import type { TrackRow } from '../dataset/rows.ts';
import type { SavedModel } from '../library/library-types.ts';
import type { EngineLibrary } from './engine.ts';

/** A library without a folder: a dataset and models in memory, for tests, benches and embedding. */
export class MemoryLibrary implements EngineLibrary {
  private held: Dataset;
  private version = 1;
  private readonly models = new Map<string, { bytes: Uint8Array; savedAt: number }>();
  readonly waiting: TrackRow[] = [];

  constructor(dataset: Dataset) {
    this.held = dataset;
  }

  /** Replaces the dataset, as an import would. */
  replace(dataset: Dataset): void {
    this.held = dataset;
    this.version++;
  }

  async datasetId(): Promise<string> {
    return `memory-${this.version}`;
  }

  async dataset(): Promise<Dataset> {
    return this.held;
  }

  async saveModel(id: string, bytes: Uint8Array): Promise<void> {
    this.models.set(id, { bytes, savedAt: (this.models.get(id)?.savedAt ?? 0) + 1 });
  }

  async loadModel(id: string): Promise<Uint8Array | null> {
    return this.models.get(id)?.bytes ?? null;
  }

  async listModels(): Promise<SavedModel[]> {
    return Array.from(this.models, ([id, { bytes, savedAt }]) => ({ id, bytes: bytes.length, savedAt }));
  }

  async addWaiting(tracks: readonly TrackRow[]): Promise<number> {
    this.waiting.push(...tracks);
    return this.waiting.length;
  }

  async waitingCount(): Promise<number> {
    return this.waiting.length;
  }
}
