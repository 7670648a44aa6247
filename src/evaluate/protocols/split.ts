import { Type } from '#typebox';
import { SegueError } from '../../errors.ts';
import { modelQuery } from '../../models/model.ts';
import type { EvaluationCase, Protocol } from '../protocol.ts';
import { withEntries } from './entries.ts';

/** Marks of a given split in a dataset, stored as the time of each entry. */
export const TRAIN_MARK = 0;
export const TEST_MARK = 1;

const options = Type.Object({
  queries: Type.Integer({
    default: 0,
    minimum: 0,
    description: 'maximum number of owners tested, chosen at random; 0 = all',
  }),
});

/**
 * A published split: training and test files. Every owner is queried with all its training tracks, and all tracks are ranked. The dataset comes from
 * `readSplit`, which marks each entry as training or test in place of its time.
 */
export const split: Protocol<typeof options> = {
  id: 'split',
  title: 'Published split',
  description:
    'A published split: training and test files as adjacency lists, every owner, full ranking. Needs --train and --test.',
  task: 'ranking',
  heldOut: 'entries',
  options,
  headline: ['ndcg@20', 'recall@20'],
  cutoffs: [5, 10, 20, 50, 100],
  *folds(dataset, { queries }, rng) {
    const { byOwner, times, owners } = dataset;
    if (!times?.every((mark) => mark === TRAIN_MARK || mark === TEST_MARK))
      throw new SegueError('SPLIT_IMPOSSIBLE', {
        got: 'No split is given',
        expected: 'two files of lines "owner track track …"',
        remedy: 'Add --train FILE --test FILE',
      });
    const kept = withEntries(
      dataset,
      Uint8Array.from(times, (mark) => (mark === TRAIN_MARK ? 1 : 0)),
    );
    const train = kept.withInteractions(kept.byOwner, kept.owners);
    const cases: EvaluationCase[] = [];
    let asked = Int32Array.from({ length: owners.count }, (_, o) => o).filter((o) => {
      for (let e = byOwner.ptr[o]!; e < byOwner.ptr[o + 1]!; e++) if (times[e] === TEST_MARK) return true;
      return false;
    });
    if (queries > 0 && queries < asked.length) asked = rng.fork('owners').shuffle(asked).slice(0, queries).sort();
    for (const owner of asked) {
      const from = byOwner.ptr[owner]!;
      const tracks = dataset.tracksOf(owner);
      cases.push({
        owner: owners.vocabulary.id(owner),
        scenario: 'all',
        query: modelQuery({ seeds: tracks.filter((_, i) => times[from + i] === TRAIN_MARK), ordered: false }),
        truth: tracks.filter((_, i) => times[from + i] === TEST_MARK),
      });
    }
    yield { label: 'given split', train, cases };
  },
};
