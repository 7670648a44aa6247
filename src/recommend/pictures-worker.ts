import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { writeFileWhole } from '../dataset/files.ts';
import { Library } from '../dataset/library.ts';
import { exploreData } from '../features/explore-data.ts';
import { LAYOUT_VERSION, type TasteLayout, tasteMap } from '../features/layout.ts';
import { decodeArtifact, encodeArtifact } from '../models/artifact.ts';
import type { PictureMessage, PictureOrder } from './pictures.ts';

/** The map's file in a library folder: derived, made again whenever it does not fit. */
const fileOf = (dir: string): string => join(dir, 'map.bin');

async function readLayout({ dir, datasetId }: PictureOrder): Promise<TasteLayout | null> {
  try {
    const { modelId, modelVersion, meta, arrays } = decodeArtifact(await readFile(fileOf(dir)), 'The map');
    const { x, y, cluster } = arrays;
    if (modelId !== 'map' || modelVersion !== LAYOUT_VERSION || meta.datasetId !== datasetId) return null;
    if (!(x instanceof Float32Array && y instanceof Float32Array && cluster instanceof Uint8Array)) return null;
    return { x, y, cluster, labels: meta.labels as string[], method: String(meta.method) };
  } catch {
    return null;
  }
}

async function keepLayout({ dir, datasetId }: PictureOrder, layout: TasteLayout, catalogueId: string): Promise<void> {
  const { x, y, cluster, labels, method } = layout;
  const bytes = encodeArtifact({
    modelId: 'map',
    modelVersion: LAYOUT_VERSION,
    config: {},
    catalogueId,
    meta: { datasetId, labels, method },
    arrays: { x, y, cluster },
  });
  await writeFileWhole(fileOf(dir), bytes);
}

async function work(order: PictureOrder): Promise<void> {
  const send = (message: PictureMessage): void => parentPort?.postMessage(message);
  const dataset = await (await Library.open(order.dir)).dataset();
  const kept = await readLayout(order);
  const layout = kept ?? (await tasteMap(dataset, { method: 'principal' }));
  send({ type: 'pictures', pictures: { layout, explore: await exploreData(dataset, { layout }) } });
  if (kept) return;
  const better = await tasteMap(dataset, { method: 'neighbours' });
  send({ type: 'layout', layout: better });
  await keepLayout(order, better, dataset.catalogueId);
}

await work(workerData as PictureOrder);
