import { SegueError } from '../../errors.ts';
import { type Artifact, arrayOf } from '../artifact.ts';
import { TreeEnsemble } from '../ranker/ensemble.ts';
import { COLUMNS, FORMER_COLUMNS } from './columns.ts';

/** Prefix of the arrays of the trees for titles alone. */
const TITLE_TREES = 'titleTrees.';

export const saveTitleTrees = (trees: TreeEnsemble | null): Artifact['arrays'] =>
  Object.fromEntries(Object.entries(trees?.arrays ?? {}).map(([name, array]) => [`${TITLE_TREES}${name}`, array]));

/** null where none were saved. @throws SegueError MODEL_MISMATCH, FILE_UNREADABLE */
export const loadTitleTrees = (artifact: Artifact): TreeEnsemble | null =>
  artifact.arrays[`${TITLE_TREES}nodePtr`] === undefined ? null : loadTrees(artifact, TITLE_TREES);

/** @throws SegueError MODEL_MISMATCH when the trees read other columns, FILE_UNREADABLE */
export function loadTrees(artifact: Artifact, prefix = ''): TreeEnsemble {
  const saved = JSON.stringify(artifact.meta.columns);
  const known = [...FORMER_COLUMNS, COLUMNS.length].map((count) => JSON.stringify(COLUMNS.slice(0, count)));
  if (!known.includes(saved))
    throw new SegueError('MODEL_MISMATCH', {
      got: 'The saved model "hybrid" uses different features from this version of Segue',
      expected: `${COLUMNS.length} features of the same names in the same order`,
      remedy: 'Train it again with `segue train hybrid`',
    });
  const children = arrayOf(artifact, `${prefix}children`, 'Int32Array');
  const nodePtr = arrayOf(artifact, `${prefix}nodePtr`, 'Int32Array');
  const ensemble = new TreeEnsemble(COLUMNS.length, {
    nodePtr,
    leafPtr: arrayOf(artifact, `${prefix}leafPtr`, 'Int32Array', nodePtr.length),
    feature: arrayOf(artifact, `${prefix}feature`, 'Int32Array', children.length >> 1),
    threshold: arrayOf(artifact, `${prefix}threshold`, 'Float32Array', children.length >> 1),
    children,
    leaves: arrayOf(artifact, `${prefix}leaves`, 'Float32Array'),
  });
  if (!ensemble.isValid())
    throw new SegueError('FILE_UNREADABLE', {
      got: 'The saved trees of the model "hybrid" refer to features that do not exist',
      expected: 'trees saved by this version',
      remedy: 'Train it again with `segue train hybrid`',
    });
  return ensemble;
}
