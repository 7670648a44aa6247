import { type Static, Type } from '#typebox';
import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';
import type { Rng } from '../../math/rng.ts';
import { modelQuery } from '../../models/model.ts';
import type { EvaluationCase, Fold, Protocol } from '../protocol.ts';
import { requireCases } from './entries.ts';

const options = Type.Object({
  folds: Type.Integer({ default: 5, minimum: 2, description: 'number of folds' }),
  hidden: Type.Number({
    default: 0.2,
    exclusiveMinimum: 0,
    exclusiveMaximum: 1,
    description: "share of each held-out owner's tracks to hide, at least one track",
  }),
  queries: Type.Integer({
    default: 0,
    minimum: 0,
    description: 'maximum number of owners tested per fold, chosen at random; 0 = all',
  }),
});

/**
 * Cross-validation over owners: each part in turn is removed from training entirely. A random share of each of its owners' tracks is hidden; the rest
 * and the title are the query. Owners with a single track cannot be split and are used for training only.
 */
export const kfold: Protocol<typeof options> = {
  id: 'kfold',
  title: 'Cross-validation by owner',
  description:
    'Hold every owner out once, hide some of their tracks and predict them from the rest. For any data without ratings.',
  task: 'ranking',
  heldOut: 'owners',
  options,
  headline: ['ndcg@20', 'recall@20', 'r-precision'],
  cutoffs: [5, 10, 20, 50, 100],
  *folds(dataset, settings, rng) {
    const { count } = dataset.owners;
    if (settings.folds > count)
      throw new SegueError('SPLIT_IMPOSSIBLE', {
        got: `${settings.folds} folds over ${count} owners`,
        expected: 'no more folds than owners',
        remedy: 'Choose fewer folds, or import more playlists',
      });
    const order = Int32Array.from({ length: count }, (_, owner) => owner);
    rng.fork('owners').shuffle(order);
    for (let f = 0; f < settings.folds; f++) yield oneFold(dataset, settings, order, f, rng);
  },
};

function oneFold(
  dataset: Dataset,
  { folds, hidden, queries }: Static<typeof options>,
  order: Int32Array,
  fold: number,
  rng: Rng,
): Fold {
  const train = order.filter((_, i) => i % folds !== fold).sort();
  const test = order.filter((_, i) => i % folds === fold);
  const cases: EvaluationCase[] = [];
  for (const owner of test) {
    if (queries > 0 && cases.length === queries) break;
    const tracks = dataset.tracksOf(owner);
    if (tracks.length < 2) continue;
    const take = Math.min(tracks.length - 1, Math.max(1, Math.round(hidden * tracks.length)));
    const isHidden = new Uint8Array(tracks.length);
    for (const at of rng.fork(`hidden ${owner}`).sample(tracks.length, take)) isHidden[at] = 1;
    const weights = dataset.byOwner.values?.subarray(dataset.byOwner.ptr[owner]!, dataset.byOwner.ptr[owner + 1]!);
    cases.push({
      owner: dataset.owners.vocabulary.id(owner),
      scenario: 'all',
      query: modelQuery({
        seeds: tracks.filter((_, at) => isHidden[at] === 0),
        weights: weights?.filter((_, at) => isHidden[at] === 0),
        title: dataset.owners.titles.get(owner),
        ordered: false,
      }),
      truth: tracks.filter((_, at) => isHidden[at] === 1),
    });
  }
  const kept = dataset.withOwners(train);
  requireCases(
    cases.length,
    kept,
    'owners with at least two tracks',
    'Import playlists or histories of several tracks',
  );
  return { label: `fold ${fold + 1} of ${folds}`, train: kept, cases };
}
