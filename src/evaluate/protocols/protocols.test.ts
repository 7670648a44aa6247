import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { smallWorld } from '../../../test/support/small-world.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';
import { Rng } from '../../math/rng.ts';
import { encodeArtifact } from '../../models/artifact.ts';
import { MODELS } from '../../models/registry.ts';
import { resolveOptions, settingsOf } from '../options.ts';
import type { Fold, Protocol } from '../protocol.ts';
import { PROTOCOLS, protocolById } from '../registry.ts';
import { foldsOf } from '../run/execution.ts';
import { refuseLeaks } from '../run/leaks.ts';
import { SCENARIOS } from './challenge.ts';

const world = smallWorld({ owners: 260, longest: 200, tracks: 600, times: true, ratings: true });
const marked = withMarks(smallWorld({ owners: 80 }));

/** Marks every third entry of an owner as test data. */
function withMarks(dataset: Dataset): Dataset {
  return dataset.withInteractions(
    dataset.byOwner,
    dataset.owners,
    Float64Array.from(dataset.byOwner.idx, (_, e) => (e % 3 === 0 ? 1 : 0)),
  );
}

const dataFor = (protocol: Protocol): Dataset => (protocol.id === 'split' ? marked : world);
const GIVEN: Record<string, Record<string, unknown>> = { challenge: { perScenario: 5 }, kfold: { folds: 3 } };
const foldsFor = (
  protocol: Protocol,
  dataset = dataFor(protocol),
  given = GIVEN[protocol.id] ?? {},
  seed = 1,
): Fold[] =>
  foldsOf({ protocol, options: resolveOptions(protocol.options, given, protocol.id), seed, depth: 10 }, dataset);

const impossible = (message: RegExp) => (error: unknown) =>
  error instanceof SegueError && error.code === 'SPLIT_IMPOSSIBLE' && message.test(error.message);

describe('every protocol', () => {
  for (const protocol of PROTOCOLS) {
    test(`${protocol.id}: seeds, truth and training are disjoint parts of the owner's tracks`, () => {
      const dataset = dataFor(protocol);
      for (const { train, cases } of foldsFor(protocol)) {
        assert.ok(cases.length > 0);
        assert.equal(train.catalogueId, dataset.catalogueId, 'vocabularies are shared');
        for (const { owner, query, truth } of cases) {
          const all = new Set(dataset.tracksOf(dataset.owners.vocabulary.indexOf(owner)));
          const row = train.owners.vocabulary.indexOf(owner);
          const known = row < 0 ? [] : [...train.tracksOf(row)];
          assert.ok(protocol.heldOut === 'entries' || row < 0, 'held-out owners are not in training');
          assert.ok(truth.length > 0);
          for (const track of truth) {
            assert.ok(all.has(track) && !query.seeds.includes(track) && !known.includes(track));
          }
          for (const track of query.seeds) assert.ok(all.has(track));
          assert.equal(new Set([...query.seeds, ...truth]).size, query.seeds.length + truth.length);
        }
      }
    });

    test(`${protocol.id}: one seed makes one split`, () => {
      const text = (seed: number): string =>
        JSON.stringify(
          foldsFor(protocol, dataFor(protocol), GIVEN[protocol.id] ?? {}, seed).map((f) => [
            [...f.train.byOwner.idx],
            f.cases.map((c) => [c.owner, [...c.query.seeds], [...c.truth]]),
          ]),
        );
      assert.equal(text(3), text(3));
      if (protocol.id === 'challenge' || protocol.id === 'kfold' || protocol.id === 'ratings')
        assert.notEqual(text(3), text(4));
    });

    test(`${protocol.id}: a leak planted on purpose is caught`, () => {
      const dataset = dataFor(protocol);
      const leaky: Protocol = {
        ...protocol,
        *folds(...args) {
          for (const fold of protocol.folds(...args)) yield { ...fold, train: dataset };
        },
      };
      assert.throws(() => foldsFor(leaky, dataset), impossible(/leaks into training/));
    });

    test(`${protocol.id}: options state default and meaning`, () => {
      for (const s of settingsOf(protocol.options)) assert.ok(s.default !== undefined && s.description.length > 10);
      assert.ok(protocol.description.length > 20);
    });
  }

  test('a truth that the question gives away is a leak', () => {
    const [fold] = foldsFor(protocolById('kfold'));
    const [first] = fold!.cases;
    const given = { ...first!, truth: first!.query.seeds.slice(0, 1) };
    assert.throws(
      () => refuseLeaks({ ...fold!, cases: [given] }, 'owners'),
      impossible(/both the truth and the seeds/),
    );
  });
});

describe('nothing of the test reaches a model', () => {
  // Replaces the held-out owners' tracks by others. Everything that training may see is unchanged, so the model's bytes must not change.
  const protocol = protocolById('kfold');
  const world = smallWorld({ owners: 100, tracks: 200, longest: 40 });
  const flipped = (fold: Fold): Dataset => {
    const rng = new Rng(99);
    const { byOwner } = world;
    const idx = byOwner.idx.slice();
    for (const { owner } of fold.cases) {
      const row = world.owners.vocabulary.indexOf(owner);
      const from = byOwner.ptr[row]!;
      idx.set(rng.sample(world.tracks.count, byOwner.ptr[row + 1]! - from), from);
    }
    return world.withInteractions({ ...byOwner, idx }, world.owners, world.times);
  };
  for (const model of MODELS.filter((m) => m.byDefault)) {
    test(`${model.id}: other test rows, same model bytes`, async () => {
      const [fold] = foldsFor(protocol, world, { folds: 5 });
      const [other] = foldsFor(protocol, flipped(fold!), { folds: 5 });
      assert.deepEqual(
        other!.cases.map((c) => c.owner),
        fold!.cases.map((c) => c.owner),
      );
      assert.notDeepEqual(other!.cases[5]!.truth, fold!.cases[5]!.truth);
      const bytes = async (train: Dataset): Promise<Uint8Array> => {
        const config = resolveOptions(model.config, {}, model.id);
        return encodeArtifact((await model.fit(train, config, { rng: new Rng(1) })).toArtifact());
      };
      if (model.unusable?.(fold!.train)) return;
      assert.deepEqual(await bytes(other!.train), await bytes(fold!.train));
    });
  }
});

describe('challenge', () => {
  test('has ten scenarios with the asked number of playlists, seeds and titles', () => {
    const [fold] = foldsFor(protocolById('challenge'));
    assert.equal(fold!.cases.length, 50);
    assert.equal(new Set(fold!.cases.map((c) => c.owner)).size, 50);
    for (const scenario of SCENARIOS) {
      const cases = fold!.cases.filter((c) => c.scenario === scenario.label);
      assert.equal(cases.length, 5);
      for (const { owner, query, truth } of cases) {
        const tracks = [...world.tracksOf(world.owners.vocabulary.indexOf(owner))];
        assert.equal(query.seeds.length, scenario.seeds);
        assert.equal(query.title !== '', scenario.title);
        assert.ok(truth.length >= 10);
        assert.equal(query.seeds.length + truth.length, tracks.length);
        if (scenario.take === 'first') assert.deepEqual([...query.seeds], tracks.slice(0, scenario.seeds));
        else {
          const at = [...query.seeds].map((t) => tracks.indexOf(t));
          assert.deepEqual(
            at,
            [...at].sort((a, b) => a - b),
            'seeds keep the playlist order',
          );
          assert.notDeepEqual([...query.seeds], tracks.slice(0, scenario.seeds));
        }
      }
    }
    assert.equal(fold!.train.owners.count, world.owners.count - 50);
  });

  test('too few playlists, or none with a title: a clear message', () => {
    const small = smallWorld({ owners: 40 });
    assert.throws(() => foldsFor(protocolById('challenge'), small, {}), impossible(/title \+ first 100.*kfold/));
    const untitled = smallWorld({ owners: 300, longest: 200, tracks: 600, titles: false });
    assert.throws(() => foldsFor(protocolById('challenge'), untitled, { perScenario: 2 }), impossible(/and a title/));
  });
});

describe('kfold, temporal, leave-last, ratings', () => {
  test('kfold holds out every owner exactly once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 7 }), fc.nat(1000), (folds, seed) => {
        const dataset = smallWorld({ owners: 23 });
        const asked = foldsFor(protocolById('kfold'), dataset, { folds }, seed).flatMap((f) =>
          f.cases.map((c) => c.owner),
        );
        assert.equal(asked.length, 23);
        assert.equal(new Set(asked).size, 23);
      }),
      { numRuns: 20 },
    );
  });

  test('kfold refuses more folds than owners', () => {
    assert.throws(
      () => foldsFor(protocolById('kfold'), smallWorld({ owners: 4 }), { folds: 5 }),
      impossible(/5 folds over 4 owners/),
    );
  });

  test('temporal trains on nothing that is later than the cut', () => {
    const [fold] = foldsFor(protocolById('temporal'));
    const latest = Math.max(...fold!.train.times!);
    for (const { owner, truth } of fold!.cases) {
      const row = world.owners.vocabulary.indexOf(owner);
      const tracks = [...world.tracksOf(row)];
      for (const track of truth) assert.ok(world.times![world.byOwner.ptr[row]! + tracks.indexOf(track)]! > latest);
    }
  });

  test('temporal refuses data without times', () => {
    assert.throws(
      () => foldsFor(protocolById('temporal'), smallWorld()),
      impossible(/No entry of this library has a time/),
    );
  });

  test('leave-last hides the last track by time', () => {
    const [fold] = foldsFor(protocolById('leave-last'));
    for (const { owner, truth } of fold!.cases) {
      const row = world.owners.vocabulary.indexOf(owner);
      assert.deepEqual([...truth], [...world.tracksOf(row)].slice(-1));
    }
  });

  test('ratings hold out every rating exactly once, and refuse data without any', () => {
    const folds = foldsFor(protocolById('ratings'));
    const held = folds.reduce((sum, f) => sum + f.cases.reduce((s, c) => s + c.ratings!.length, 0), 0);
    assert.equal(held, world.byOwner.idx.length);
    for (const { cases } of folds)
      for (const { owner, truth, ratings } of cases) {
        const row = world.owners.vocabulary.indexOf(owner);
        const at = world.byOwner.ptr[row]! + [...world.tracksOf(row)].indexOf(truth[0]!);
        assert.equal(ratings![0], world.byOwner.values![at]);
      }
    assert.throws(() => foldsFor(protocolById('ratings'), smallWorld()), impossible(/no ratings/));
  });

  test('split refuses a dataset that no split was given for', () => {
    assert.throws(() => foldsFor(protocolById('split'), smallWorld()), impossible(/--train FILE --test FILE/));
  });
});
