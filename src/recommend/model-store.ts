import type { Dataset } from '../dataset/dataset.ts';
import { SegueError } from '../errors.ts';
import type { LibraryApi, SavedModel } from '../library/library-types.ts';
import { sumOf } from '../library/sound-files.ts';
import { Rng } from '../math/rng.ts';
import { type Artifact, decodeArtifact, describedArtifact } from '../models/artifact.ts';
import { BY_ROWS } from '../models/by-rows.ts';
import { lasting, sharedDerived } from '../models/derived.ts';
import { checkHeader, loadModel } from '../models/grown-catalogue.ts';
import type { Fitted, Model } from '../models/model.ts';
import { popularity } from '../models/popularity.ts';
import { MODELS, modelById } from '../models/registry.ts';
import type { MakeOnce } from './make-once.ts';
import { SavedDerived } from './saved-derived.ts';

/** Order in which families are tried when a request names no model: the first trained one answers. */
const FAMILIES: readonly Model['family'][] = ['hybrid', 'collaborative', 'content', 'baseline'];
/** Models are preloaded up to this many bytes in total. */
const PRELOAD_BYTES = 2 * 1024 ** 3;

export interface LoadWatch {
  /** Wraps every load of a model. */
  whileLoading<T>(load: () => Promise<T>): Promise<T>;
}

type ModelFiles = Pick<LibraryApi, 'loadModel'> &
  Partial<
    Pick<LibraryApi, 'modelHeader' | 'isSound' | 'keepSound' | 'loadDerived' | 'saveDerived'> &
      LoadWatch & { readonly once: MakeOnce }
  >;

const nameOf = (id: string): string => `The file of the model "${id}"`;

/** The model of the first family in this order that is usable; null when there is none. @param isThere whether a model can be used */
export function defaultModel(isThere: (id: string) => boolean): string | null {
  for (const family of FAMILIES) {
    // A ratings model predicts what somebody would rate a song, which makes no list worth hearing.
    const model = MODELS.find((m) => m.family === family && m.predicts !== 'ratings' && !m.byNameOnly && isThere(m.id));
    if (model) return model.id;
  }
  return null;
}

/** A loaded model and the number of stores that hold it; the last to release it disposes of it. */
interface Held {
  readonly fitted: Fitted;
  stores: number;
}

/** The saved models of one library state, loaded on first use and kept until `dispose`. */
export class ModelStore {
  private readonly library: ModelFiles;
  private readonly dataset: Dataset;
  private readonly datasetId: string | null;
  private readonly saved: ReadonlyMap<string, SavedModel>;
  private readonly loading = new Map<string, Promise<Fitted>>();
  private readonly ready = new Map<string, Held>();
  /** Functions that save derived data for the next start. */
  private unsaved: (() => Promise<void>)[] = [];
  private disposed = false;
  /** Models whose header has been checked and accepted. */
  private readonly glanced = new Set<string>();
  private readonly refused = new Map<string, SegueError>();
  private fallbackModel: Promise<Fitted> | null = null;

  /**
   * @param datasetId identifies the dataset across threads
   * @param former the store before a swap; its models are reused when the dataset and the model's file are unchanged
   */
  constructor(
    library: ModelFiles,
    dataset: Dataset,
    saved: readonly SavedModel[],
    datasetId: string | null = null,
    former?: ModelStore,
  ) {
    this.library = library;
    this.dataset = dataset;
    this.datasetId = datasetId;
    this.saved = new Map(saved.filter((m) => MODELS.some((known) => known.id === m.id)).map((m) => [m.id, m]));
    if (former?.dataset !== dataset) return;
    this.fallbackModel = former.fallbackModel;
    for (const [id, file] of this.saved) {
      const before = former.saved.get(id);
      const held = former.ready.get(id);
      if (held && before?.savedAt === file.savedAt && before.bytes === file.bytes) this.hold(id, held);
    }
  }

  /** Whether this store was made from exactly these files. */
  sameFiles(saved: readonly SavedModel[]): boolean {
    const known = saved.filter((m) => MODELS.some((model) => model.id === m.id));
    return (
      known.length === this.saved.size &&
      known.every((m) => this.saved.get(m.id)?.savedAt === m.savedAt && this.saved.get(m.id)?.bytes === m.bytes)
    );
  }

  /** Ids of loaded models. */
  get loaded(): string[] {
    return [...this.ready.keys()];
  }

  /** Ids of models with a saved file that has not been rejected. */
  get trained(): string[] {
    return MODELS.map((m) => m.id).filter((id) => this.saved.has(id) && !this.refused.has(id));
  }

  /** The model that answers when none is named: trained, of the best family; null when nothing is trained. */
  get defaultId(): string | null {
    return defaultModel((id) => this.saved.has(id) && !this.refused.has(id));
  }

  /** Identifies the saved version of a model; null when the model is not trained. */
  versionOf(id: string): string | null {
    const saved = this.saved.get(id);
    return saved ? `${saved.savedAt}-${saved.bytes}` : null;
  }

  /** A model if it is loaded, otherwise null. */
  peek(id: string): Fitted | null {
    return this.ready.get(id)?.fitted ?? null;
  }

  /** Why a saved model cannot be used; null when it can, or has not been tried yet. */
  refusal(id: string): SegueError | null {
    return this.refused.get(id) ?? null;
  }

  /**
   * A model by id. Popularity is always available: without a usable file it is trained on the fly.
   * @throws SegueError UNKNOWN_MODEL, MODEL_NOT_TRAINED, MODEL_MISMATCH, FILE_UNREADABLE, FORMAT_NEWER
   */
  async get(id: string): Promise<Fitted> {
    const model = modelById(id);
    const refused = this.refused.get(id);
    if (model.id === popularity.id && (refused || !this.saved.has(id))) return this.fallback();
    if (refused) throw refused;
    if (!this.saved.has(id)) {
      const reason = model.unusable?.(this.dataset);
      if (reason)
        throw new SegueError('MODEL_UNUSABLE', {
          got: `The model "${id}" cannot be used with this library: ${reason}`,
          expected: this.trained.length > 0 ? `one of ${this.trained.join(', ')}` : 'another model',
        });
      throw new SegueError('MODEL_NOT_TRAINED', {
        got: `The model "${id}" is not trained on this library`,
        expected: this.trained.length > 0 ? `one of ${this.trained.join(', ')}` : 'a trained model',
        remedy: `Train it with \`segue train ${id}\``,
      });
    }
    let loading = this.loading.get(id);
    if (!loading) {
      const load = (): Promise<Fitted> => this.load(model);
      loading = this.library.whileLoading ? this.library.whileLoading(load) : load();
      this.loading.set(id, loading);
    }
    return loading;
  }

  /** The default model, skipping files that are damaged or from another library; null when none is left. */
  async getDefault(): Promise<Fitted | null> {
    for (;;) {
      const id = this.defaultId;
      if (id === null) return null;
      try {
        return await this.get(id);
      } catch (error) {
        if (!this.refused.has(id)) throw error;
      }
    }
  }

  /** The first loadable model that compares songs by their content; null when there is none. */
  async getContent(): Promise<Fitted | null> {
    const id = this.trained.find((trained) => modelById(trained).family === 'content');
    return id === undefined ? null : this.get(id).catch(() => null);
  }

  /** Popularity, trained on the fly: the answer when nothing else can give one. */
  fallback(): Promise<Fitted> {
    return (this.fallbackModel ??= popularity.fit(this.dataset, {}, { rng: new Rng(0) }));
  }

  /** Frees the models that no other store holds. Call it only when the store is no longer in use. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const held of this.ready.values()) if (--held.stores === 0) held.fitted.dispose?.();
    this.ready.clear();
    this.loading.clear();
  }

  /** Saves what large models derived during loading, so that the next start can skip it. */
  async saveDerived(): Promise<void> {
    for (const save of this.unsaved.splice(0)) await save();
  }

  /** Loads saved models before their first query, the default one first, within a memory limit. @param stopped ends it between two models */
  async preload(stopped: () => boolean = () => false): Promise<void> {
    await this.getDefault();
    let bytes = 0;
    for (const id of this.trained) {
      bytes += this.saved.get(id)!.bytes;
      if (bytes > PRELOAD_BYTES || stopped()) return;
      await this.get(id).catch(() => null);
    }
  }

  /**
   * Checks the headers of the saved models, so that `trained`, `defaultId` and `refusal` are meaningful without loading them. Damage elsewhere in a
   * file is found only on loading; where the library gives no headers, the models are loaded now.
   */
  async glance(): Promise<void> {
    for (const id of this.trained) {
      if (this.ready.has(id) || this.loading.has(id) || this.glanced.has(id)) continue;
      try {
        const header = await this.library.modelHeader?.(id);
        // If the header is damaged or missing, loading the model reports exactly what is wrong.
        if (header) checkHeader(modelById(id), describedArtifact(header, nameOf(id)), this.dataset);
        else await this.get(id);
        this.glanced.add(id);
      } catch (error) {
        if (!(error instanceof SegueError)) throw error;
        if (error.code !== 'INTERNAL') this.refused.set(id, error);
      }
    }
  }

  private async load(model: Model): Promise<Fitted> {
    try {
      const bytes = await this.library.loadModel(model.id, BY_ROWS);
      if (!bytes)
        throw new SegueError('MODEL_NOT_TRAINED', {
          got: `The file of the model "${model.id}" no longer exists`,
          remedy: `Train it with \`segue train ${model.id}\``,
        });
      this.refuseDisposed(model.id);
      const { library, dataset } = this;
      const sum = library.isSound ? sumOf(bytes) : null;
      const { tracks, artists, owners } = dataset;
      const key = [sum, tracks.count, artists.count, owners.count].join(' ');
      const sound = sum !== null && (await library.isSound!(key));
      const fitted = await this.restore(model, decodeArtifact(bytes, nameOf(model.id), sound), sum);
      if (sum !== null && !sound) await library.keepSound?.(sum, key);
      if (this.disposed) fitted.dispose?.();
      this.refuseDisposed(model.id);
      this.hold(model.id, { fitted, stores: 0 });
      return fitted;
    } catch (error) {
      if (error instanceof SegueError && error.code !== 'INTERNAL') this.refused.set(model.id, error);
      else this.loading.delete(model.id);
      throw error;
    }
  }

  private refuseDisposed(id: string): void {
    if (this.disposed)
      throw new SegueError('INTERNAL', { got: `"${id}" was asked for after its store was disposed of` });
  }

  /**
   * Loads a model. Where several threads load it, one of them makes its derived data; for a large model, derived data is read from where it was
   * saved.
   * @param sum checksum of the model's file, null when the file is small
   */
  private async restore(model: Model, artifact: Artifact, sum: string | null): Promise<Fitted> {
    const { once } = this.library;
    if (!once) return loadModel(model, artifact, this.dataset);
    const { tracks, byOwner } = this.dataset;
    const version = [this.datasetId, tracks.count, byOwner.idx.length, this.versionOf(model.id)].join(' ');
    let fitted: Fitted | null = null;
    const made = await once(`model ${model.id}`, version, async () => {
      const file = sum === null ? null : new SavedDerived(this.library, this.datasetId ?? '', model.id, sum);
      const own = (await file?.read()) ?? {};
      const read = Object.keys(own).length;
      fitted = loadModel(model, artifact, this.dataset, sharedDerived(own));
      const kept = lasting(own);
      if (file && Object.keys(kept).length > read) this.unsaved.push(() => file.write(kept));
      return own;
    });
    return fitted ?? loadModel(model, artifact, this.dataset, sharedDerived(made));
  }

  private hold(id: string, held: Held): void {
    held.stores++;
    this.ready.set(id, held);
    this.loading.set(id, Promise.resolve(held.fitted));
  }
}
