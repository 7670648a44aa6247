import type { Dataset } from '../dataset/dataset.ts';
import { TaskThread } from '../math/task-thread.ts';
import { exploreData } from './explore-data.ts';
import type { ExploreData } from './explore-types.ts';
import { type TasteLayout, tasteMap } from './layout.ts';
import type { PictureTasks } from './pictures-worker.ts';

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
export async function drawInBackground(
  order: PictureOrder,
  onBetter: (layout: TasteLayout) => void,
): Promise<Pictures | null> {
  // The better map may take minutes; it does not keep the process alive.
  const thread = new TaskThread<PictureTasks>(new URL('pictures-worker.ts', import.meta.url), null, 'Drawing the map', {
    background: true,
  });
  let better: Promise<void> | null = null;
  try {
    const pictures = await thread.run('draw', order);
    if (pictures)
      // Without the better map the first one stands.
      better = thread.run('improve', null).then(
        (layout) => {
          if (layout) onBetter(layout);
        },
        () => {},
      );
    return pictures;
  } finally {
    void (better ?? Promise.resolve()).finally(() => thread.end());
  }
}
