import { Type } from '#typebox';
import { SegueError } from '../../errors.ts';
import { modelQuery } from '../../models/model.ts';
import type { EvaluationCase, Protocol } from '../protocol.ts';
import { quantile } from '../statistics/bootstrap.ts';
import { requireCases, withEntries } from './entries.ts';

const options = Type.Object({
  testShare: Type.Number({
    default: 0.2,
    exclusiveMinimum: 0,
    exclusiveMaximum: 1,
    description: 'share of entries after the cut',
  }),
  queries: Type.Integer({
    default: 0,
    minimum: 0,
    description: 'maximum number of owners tested, chosen at random; 0 = all',
  }),
});

/**
 * One cut in time for everybody: models learn from what happened before it and must predict what each owner took up after it. No model sees anything
 * of the future, not even of other owners. Entries without a time are left out; owners without a past are not queried.
 */
export const temporal: Protocol<typeof options> = {
  id: 'temporal',
  title: 'Temporal split',
  description:
    'Train on everything before one moment and predict what follows: closest to real use. For data with timestamps.',
  task: 'ranking',
  heldOut: 'entries',
  options,
  headline: ['ndcg@20', 'recall@20', 'hit-rate@20'],
  cutoffs: [5, 10, 20, 50, 100],
  *folds(dataset, { testShare, queries }, rng) {
    const { byOwner, times, owners } = dataset;
    const known = times?.filter((t) => !Number.isNaN(t)).sort() ?? new Float64Array(0);
    if (times === null || known.length === 0)
      throw new SegueError('SPLIT_IMPOSSIBLE', {
        got: 'No entry of this library has a time',
        expected: 'interactions with timestamps',
        remedy: 'Import data with a time column, or use the protocol kfold or leave-last',
      });
    if (known[0] === known[known.length - 1])
      throw new SegueError('SPLIT_IMPOSSIBLE', {
        got: 'All entries of this library have the same time',
        expected: 'entries at different times',
        remedy: 'Use the protocol kfold',
      });
    // The cut is a time that occurs in the data; everything at that moment counts as after it.
    let cut = quantile(known, 1 - testShare);
    if (cut <= known[0]!) cut = known.find((t) => t > known[0]!)!;
    const train = withEntries(
      dataset,
      Uint8Array.from(times, (t) => (t < cut ? 1 : 0)),
    );
    const cases: EvaluationCase[] = [];
    const order = Int32Array.from({ length: owners.count }, (_, o) => o);
    rng.fork('owners').shuffle(order);
    for (const owner of order) {
      if (queries > 0 && cases.length === queries) break;
      const entries = Int32Array.from({ length: byOwner.ptr[owner + 1]! - byOwner.ptr[owner]! }, (_, i) => i).map(
        (i) => byOwner.ptr[owner]! + i,
      );
      const past = entries.filter((e) => times[e]! < cut);
      const future = entries.filter((e) => times[e]! >= cut);
      if (past.length === 0 || future.length === 0) continue;
      cases.push({
        owner: owners.vocabulary.id(owner),
        scenario: 'all',
        query: modelQuery({
          seeds: past.map((e) => byOwner.idx[e]!),
          weights: byOwner.values ? Float32Array.from(past, (e) => byOwner.values![e]!) : undefined,
          title: owners.titles.get(owner),
        }),
        truth: future.map((e) => byOwner.idx[e]!),
      });
    }
    requireCases(
      cases.length,
      train,
      'owners with entries before and after the cut',
      'Choose another testShare, or use the protocol leave-last',
    );
    yield { label: `before and after ${new Date(cut * 1000).toISOString()}`, train, cases };
  },
};
