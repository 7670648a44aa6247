import type { Dataset } from '../dataset/dataset.ts';
import { TaskThread } from '../math/task-thread.ts';
import { exploreData } from './explore-data.ts';
import { type TasteLayout, tasteMap } from './layout.ts';
import type { PictureTasks } from './pictures-worker.ts';
import { hasContent, packMap, type TasteMap } from './taste-map.ts';

/** The pictures of a library: the first map, the better version once it is done, and the exploration charts. */
export interface Pictures {
  layout: TasteLayout;
  /** null where nothing is known about the tracks themselves: a model then determines which are close together. */
  map: TasteMap | null;
  /** JSON in UTF-8, as it is sent. */
  charts: Uint8Array;
}

/** Message to the drawing thread. */
export interface PictureOrder {
  dir: string;
  datasetId: string;
}

/** Draws small catalogues directly. @param layout by default the fast one */
export async function draw(dataset: Dataset, datasetId: string, layout?: TasteLayout): Promise<Pictures> {
  const own = layout ?? (await tasteMap(dataset, { method: 'principal' }));
  return {
    layout: own,
    map: mapOf(dataset, datasetId, own),
    charts: new TextEncoder().encode(JSON.stringify(await exploreData(dataset, { layout: own }))),
  };
}

/** null where nothing is known about the tracks themselves. */
export const mapOf = (dataset: Dataset, datasetId: string, layout: TasteLayout): TasteMap | null =>
  hasContent(dataset) ? packMap(dataset, layout, `${datasetId}-${layout.method}`) : null;

/**
 * Draws a library in a separate thread, so that queries go on being answered. Later calls back with the neighbour layout, which is then saved in the
 * library's folder.
 * @returns null when the folder holds another dataset by now
 */
export async function drawInBackground(
  order: PictureOrder,
  onBetter: (map: TasteMap) => void,
): Promise<Pictures | null> {
  // The better map may take minutes and must not keep the process alive.
  const thread = new TaskThread<PictureTasks>(new URL('pictures-worker.ts', import.meta.url), null, 'Drawing the map', {
    background: true,
  });
  let better: Promise<void> | null = null;
  try {
    const pictures = await thread.run('draw', order);
    if (pictures)
      // If the better map fails, the first one stays.
      better = thread.run('improve', null).then(
        (map) => {
          if (map) onBetter(map);
        },
        () => {},
      );
    return pictures;
  } finally {
    void (better ?? Promise.resolve()).finally(() => thread.end());
  }
}
