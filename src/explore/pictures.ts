import { Worker } from 'node:worker_threads';
import type { Dataset } from '../dataset/dataset.ts';
import { exploreData } from './explore-data.ts';
import type { ExploreData } from './explore-types.ts';
import { type TasteLayout, tasteMap } from './layout.ts';

/** What is drawn of a library: the map at once, its better version when that is done, and the exploration charts. */
export interface Pictures {
  layout: TasteLayout;
  explore: ExploreData;
}

/** What the thread is told. */
export interface PictureOrder {
  dir: string;
  datasetId: string;
}

/** What the thread answers. */
export type PictureMessage =
  | { type: 'pictures'; pictures: Pictures }
  | { type: 'layout'; layout: TasteLayout }
  /** The folder holds another dataset than the one that was ordered. */
  | { type: 'replaced' };

/** Small catalogues are drawn at once where they are asked for. */
export async function draw(dataset: Dataset): Promise<Pictures> {
  const layout = await tasteMap(dataset, { method: 'principal' });
  return { layout, explore: await exploreData(dataset, { layout }) };
}

/**
 * Draws a library in a thread of its own, so that answering goes on; later calls back with the picture that keeps neighbours together, which is
 * then kept in the library's folder.
 * @returns null when the folder holds another dataset by now
 */
export function drawInBackground(
  order: PictureOrder,
  onBetter: (layout: TasteLayout) => void,
): Promise<Pictures | null> {
  const worker = new Worker(new URL('pictures-worker.ts', import.meta.url), { workerData: order });
  // The better map may take minutes; it does not keep the process alive.
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.on('message', (message: PictureMessage) => {
      if (message.type === 'pictures') resolve(message.pictures);
      else if (message.type === 'layout') onBetter(message.layout);
      else resolve(null);
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('the pictures were not finished')));
  });
}
