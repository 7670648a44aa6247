import { SegueError } from '../../errors.ts';
import type { Fold, Protocol } from '../protocol.ts';

/**
 * Checks every fold of every evaluation for test data in the training set: an owner that should be held out entirely, a truth in its owner's training
 * row, a truth among the seeds.
 * @throws SegueError SPLIT_IMPOSSIBLE naming the first leak and the number of leaks
 */
export function refuseLeaks({ train, cases, label }: Fold, heldOut: Protocol['heldOut']): void {
  const marks = new Int32Array(train.tracks.count);
  let leaks = 0;
  let first = '';
  const leak = (owner: string, track: number, where: string): void => {
    if (leaks++ === 0) first = `track ${train.tracks.vocabulary.id(track)} of owner "${owner}" ${where}`;
  };
  cases.forEach(({ owner, query, truth }, at) => {
    const inSeeds = 2 * at + 1;
    const inTraining = 2 * at + 2;
    const row = train.owners.vocabulary.indexOf(owner);
    for (const seed of query.seeds) marks[seed] = inSeeds;
    if (row >= 0) {
      const known = train.tracksOf(row);
      if (heldOut === 'owners' && known.length > 0)
        leak(owner, known[0]!, 'is in the training data although its owner is held out');
      for (const track of known) marks[track] = inTraining;
    }
    for (const track of truth) {
      if (marks[track] === inTraining) leak(owner, track, 'is in both the truth and the training data');
      else if (marks[track] === inSeeds) leak(owner, track, 'is in both the truth and the seeds');
    }
  });
  if (leaks === 0) return;
  throw new SegueError('SPLIT_IMPOSSIBLE', {
    got: `The test leaks into training (${label}): ${first}${leaks > 1 ? `, and ${leaks - 1} more` : ''}`,
    expected: 'no pair of owner and track in both',
    remedy: 'Remove the shared pairs from the training data',
  });
}
