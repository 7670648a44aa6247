import type { Dataset } from '../dataset/dataset.ts';
import { Library } from '../library/library.ts';
import { serveTasks } from '../math/task-worker.ts';
import { decodeArtifact, encodeArtifact } from '../models/artifact.ts';
import { LAYOUT_VERSION, type TasteLayout, tasteMap } from './layout.ts';
import { draw, mapOf, type PictureOrder, type Pictures } from './pictures.ts';
import type { TasteMap } from './taste-map.ts';

/** The map is stored among the models as derived data, and recomputed whenever it does not fit. */
const ID = 'map';

async function readLayout(library: Library, datasetId: string): Promise<TasteLayout | null> {
  try {
    const bytes = await library.loadModel(ID);
    if (!bytes) return null;
    const { modelId, modelVersion, meta, arrays } = decodeArtifact(bytes, 'The map');
    const { x, y, cluster } = arrays;
    if (modelId !== ID || modelVersion !== LAYOUT_VERSION || meta.datasetId !== datasetId) return null;
    if (!(x instanceof Float32Array && y instanceof Float32Array && cluster instanceof Uint8Array)) return null;
    return { x, y, cluster, labels: meta.labels as string[], method: String(meta.method) };
  } catch {
    return null;
  }
}

async function keepLayout(
  library: Library,
  datasetId: string,
  layout: TasteLayout,
  catalogueId: string,
): Promise<void> {
  const { x, y, cluster, labels, method } = layout;
  const bytes = encodeArtifact({
    modelId: ID,
    modelVersion: LAYOUT_VERSION,
    config: {},
    catalogueId,
    meta: { datasetId, labels, method },
    arrays: { x, y, cluster },
  });
  await library.saveModel(ID, bytes);
}

let drawn: { library: Library; dataset: Dataset; datasetId: string } | null = null;

const tasks = {
  /** @returns null when the folder holds another dataset than the one requested */
  async draw({ dir, datasetId }: PictureOrder): Promise<Pictures | null> {
    const library = await Library.open(dir);
    const before = await library.datasetId();
    const dataset = before === datasetId ? await library.dataset() : null;
    // An import may complete between the two reads.
    if (!dataset || (await library.datasetId()) !== datasetId) return null;
    const kept = await readLayout(library, datasetId);
    const layout = kept ?? (await tasteMap(dataset, { method: 'principal' }));
    if (!kept) drawn = { library, dataset, datasetId };
    return draw(dataset, datasetId, layout);
  },

  /** The neighbour layout of the dataset drawn before; null when the first map already was that. */
  async improve(_: null): Promise<TasteMap | null> {
    if (!drawn) return null;
    const { library, dataset, datasetId } = drawn;
    const better = await tasteMap(dataset, { method: 'neighbours' });
    // If the folder cannot be written, the next start only has to draw again.
    await keepLayout(library, datasetId, better, dataset.catalogueId).catch(() => {});
    return mapOf(dataset, datasetId, better);
  },
};
export type PictureTasks = typeof tasks;
serveTasks(tasks);
