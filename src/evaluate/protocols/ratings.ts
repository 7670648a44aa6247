import { Type } from '#typebox';
import { SegueError } from '../../errors.ts';
import { modelQuery } from '../../models/model.ts';
import type { EvaluationCase, Protocol } from '../protocol.ts';
import { requireCases, withEntries } from './entries.ts';

const options = Type.Object({
  folds: Type.Integer({ default: 5, minimum: 2, description: 'number of folds' }),
});

/**
 * Cross-validation over ratings: each rating is held out once and predicted from all others; the owner's remaining ratings are the query's seeds and
 * weights. `Fitted.score` of a rating model writes predicted ratings.
 */
export const ratings: Protocol<typeof options> = {
  id: 'ratings',
  title: 'Rating prediction',
  description: 'Predict held-out ratings or play counts; RMSE and MAE. Only for data with weights.',
  task: 'ratings',
  heldOut: 'entries',
  options,
  headline: ['rmse', 'mae'],
  cutoffs: [1],
  *folds(dataset, { folds }, rng) {
    const { byOwner, owners } = dataset;
    const { values } = byOwner;
    if (!values || values.every((v) => v === values[0]))
      throw new SegueError('SPLIT_IMPOSSIBLE', {
        got: values ? 'All weights of this library are equal' : 'This library has no ratings',
        expected: 'interactions with ratings or play counts',
        remedy: 'Import data with a rating column, or use the protocol kfold',
      });
    if (folds > byOwner.idx.length)
      throw new SegueError('SPLIT_IMPOSSIBLE', {
        got: `${folds} folds over ${byOwner.idx.length} ratings`,
        expected: 'no more folds than ratings',
      });
    const order = Int32Array.from(byOwner.idx.keys());
    rng.fork('ratings').shuffle(order);
    const part = new Int32Array(order.length);
    order.forEach((entry, rank) => {
      part[entry] = rank % folds;
    });
    for (let f = 0; f < folds; f++) {
      const train = withEntries(
        dataset,
        Uint8Array.from(part, (p) => (p === f ? 0 : 1)),
      );
      const cases: EvaluationCase[] = [];
      for (let owner = 0; owner < owners.count; owner++) {
        const from = byOwner.ptr[owner]!;
        const tracks = dataset.tracksOf(owner);
        const given = values.subarray(from, byOwner.ptr[owner + 1]!);
        const truth = tracks.filter((_, i) => part[from + i] === f);
        if (truth.length === 0) continue;
        cases.push({
          owner: owners.vocabulary.id(owner),
          scenario: 'all',
          query: modelQuery({
            seeds: tracks.filter((_, i) => part[from + i] !== f),
            weights: given.filter((_, i) => part[from + i] !== f),
            ordered: false,
          }),
          truth,
          ratings: given.filter((_, i) => part[from + i] === f),
        });
      }
      requireCases(cases.length, train, 'ratings in every part', 'Choose fewer folds');
      yield { label: `fold ${f + 1} of ${folds}`, train, cases };
    }
  },
};
