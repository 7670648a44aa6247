import { Type } from '#typebox';
import { modelQuery } from '../../models/model.ts';
import type { EvaluationCase, Protocol } from '../protocol.ts';
import { requireCases, withEntries } from './entries.ts';

const options = Type.Object({
  last: Type.Integer({ default: 1, minimum: 1, maximum: 1000, description: 'number of final tracks to hide' }),
  queries: Type.Integer({
    default: 0,
    minimum: 0,
    description: 'maximum number of owners tested, chosen at random; 0 = all',
  }),
});

/**
 * Hides the last tracks of every owner (by time where all its entries have one, otherwise by position); the others are the query and stay in
 * training. Owners with too few tracks are used for training only. When several owners are active at the same time, a model may see another's later
 * entries; use `temporal` where that matters.
 */
export const leaveLast: Protocol<typeof options> = {
  id: 'leave-last',
  title: 'Leave-last-out',
  description: "Predict each owner's last track from the earlier ones. Next-song prediction on any data.",
  task: 'ranking',
  heldOut: 'entries',
  options,
  headline: ['ndcg@20', 'hit-rate@20', 'mrr@20'],
  cutoffs: [1, 5, 10, 20, 50, 100],
  *folds(dataset, { last, queries }, rng) {
    const { byOwner, owners } = dataset;
    const keep = new Uint8Array(byOwner.idx.length).fill(1);
    const asked = new Map<number, EvaluationCase>();
    const order = Int32Array.from({ length: owners.count }, (_, o) => o);
    rng.fork('owners').shuffle(order);
    for (const owner of order) {
      if (queries > 0 && asked.size === queries) break;
      const entries = dataset.entriesInOrder(owner);
      if (entries.length <= last) continue;
      const seeds = entries.subarray(0, entries.length - last);
      const truth = entries.subarray(entries.length - last);
      for (const e of truth) keep[e] = 0;
      asked.set(owner, {
        owner: owners.vocabulary.id(owner),
        scenario: 'all',
        query: modelQuery({
          seeds: seeds.map((e) => byOwner.idx[e]!),
          weights: byOwner.values ? Float32Array.from(seeds, (e) => byOwner.values![e]!) : undefined,
          title: owners.titles.get(owner),
        }),
        truth: truth.map((e) => byOwner.idx[e]!),
      });
    }
    const train = withEntries(dataset, keep);
    const cases = [...asked.entries()].sort(([a], [b]) => a - b).map(([, c]) => c);
    requireCases(cases.length, train, `owners with more than ${last} tracks`, 'Choose a smaller number of last tracks');
    yield { label: 'last tracks', train, cases };
  },
};
