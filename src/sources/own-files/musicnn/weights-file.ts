import { encodeContainer, KIND, readContainers } from '../../../dataset/container.ts';
import { EMBEDDING_VERSION } from '../../../dataset/embedding-measures.ts';
import { SegueError } from '../../../errors.ts';
import { TAG_WEIGHTS, type TagWeights } from '../../../math/sound/tag-network.ts';

const REMEDY = 'Run `segue analyse FOLDER --embedding` again; it fetches the network again';

/** The network's weights as a file of ours, to be written in order. @param licence the text that has to go with them */
export const encodeWeights = (weights: TagWeights, licence: string): Uint8Array[] =>
  encodeContainer(KIND.weights, { network: 'musicnn', version: EMBEDDING_VERSION, licence }, { ...weights });

/** @throws SegueError FILE_UNREADABLE, FORMAT_NEWER, FORMAT_OLD */
export function readWeights(path: string): TagWeights {
  for (const container of readContainers(path, `Delete the file. ${REMEDY}`)) {
    const { kind, meta } = container;
    if (kind !== KIND.weights || meta.network !== 'musicnn') continue;
    if (meta.version !== EMBEDDING_VERSION)
      throw new SegueError(Number(meta.version) > EMBEDDING_VERSION ? 'FORMAT_NEWER' : 'FORMAT_OLD', {
        got: `${path} has version ${String(meta.version)} of the network`,
        expected: `version ${EMBEDDING_VERSION}`,
        remedy: `Delete the file. ${REMEDY}`,
      });
    return Object.fromEntries(
      Object.entries(TAG_WEIGHTS).map(([name, length]) => [name, container.array(name, 'Float32Array', length)]),
    );
  }
  throw new SegueError('FILE_UNREADABLE', {
    got: `${path} has no network`,
    remedy: `Delete the file. ${REMEDY}`,
  });
}
