import { type Static, Type } from '#typebox';
import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';
import type { Rng } from '../../math/rng.ts';
import type { Fold, Protocol } from '../protocol.ts';
import { foldsOf } from '../run/execution.ts';

const options = Type.Object({
  /** Options of the protocol that settings are chosen for. */
  inner: Type.Record(Type.String(), Type.Unknown()),
  /** Seed of the evaluation whose test data must stay unseen. */
  testSeed: Type.Integer(),
  share: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
});

/**
 * The split for choosing settings. First removes the test data of the evaluation with this seed, then splits the remainder with the same protocol:
 * tuning sees no data that an evaluation with this seed is tested on, neither in training nor in queries. `share` keeps only that share of the
 * training owners and of the queries, for the early rounds of successive halving.
 */
export function validationProtocol(protocol: Protocol): Protocol<typeof options> {
  return {
    ...protocol,
    id: `validation-${protocol.id}`,
    title: `Validation: ${protocol.title}`,
    options,
    *folds(dataset, settings, rng) {
      yield validationFold(protocol, dataset, settings, rng);
    },
  };
}

function validationFold(
  protocol: Protocol,
  dataset: Dataset,
  { inner, testSeed, share }: Static<typeof options>,
  rng: Rng,
): Fold {
  const outer = foldsOf({ protocol, options: inner, seed: testSeed, depth: 1 }, dataset)[0]!;
  const fold = firstFold(protocol, outer.train, inner, rng.fork('validation').uint32());
  if (share === 1) return fold;
  const owners = fold.train.owners.count;
  const kept = rng
    .fork('owners')
    .sample(owners, Math.max(1, Math.round(share * owners)))
    .sort();
  const step = Math.max(1, Math.round(1 / share));
  return { ...fold, train: fold.train.withOwners(kept), cases: fold.cases.filter((_, i) => i % step === 0) };
}

/** The protocol's first fold; with fewer playlists per scenario when the remaining data is too small. */
function firstFold(protocol: Protocol, dataset: Dataset, inner: Record<string, unknown>, seed: number): Fold {
  for (let given = inner; ; ) {
    try {
      return foldsOf({ protocol, options: given, seed, depth: 1 }, dataset)[0]!;
    } catch (error) {
      const wanted = Number(given.perScenario ?? 0);
      if (!(error instanceof SegueError) || error.code !== 'SPLIT_IMPOSSIBLE' || wanted <= 1) throw error;
      given = { ...given, perScenario: Math.floor(wanted / 2) };
    }
  }
}
