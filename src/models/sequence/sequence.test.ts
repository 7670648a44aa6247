import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { DatasetBuilder } from '../../dataset/builder.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { Region } from '../../math/kernels/memory.ts';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { decodeArtifact, encodeArtifact } from '../artifact.ts';
import { modelQuery } from '../model.ts';
import { Batches } from './batches.ts';
import type { SequenceConfig } from './config.ts';
import { Learner } from './learner.ts';
import { Negatives } from './negatives.ts';
import { sequenceOf } from './order.ts';
import { sequence } from './sequence.ts';
import { shapeOf } from './shape.ts';
import { numberRows, Tokens } from './tokens.ts';

const RING = 24;

/** Lists that walk around one of two rings of tracks, step by step; each ring has its own title. */
function rings(owners: number): Dataset {
  const rng = new Rng(1);
  const builder = new DatasetBuilder();
  builder.add({
    tracks: Array.from({ length: 2 * RING }, (_, t) => ({ uri: `t:${t}`, name: `Song ${t}` })),
    artists: [],
    owners: Array.from({ length: owners }, (_, u) => {
      const start = rng.below(RING);
      const items = Array.from({ length: 6 + rng.below(8) }, (_, i) => (u % 2) * RING + ((start + i) % RING));
      return { id: `u:${u}`, kind: 'playlist' as const, title: u % 2 ? 'rainy sunday' : 'gym power', items };
    }),
    rejections: [],
  });
  return builder.finish();
}

const settings = (part: Partial<SequenceConfig>): SequenceConfig => ({
  ...Value.Create(sequence.config),
  factors: 32,
  negatives: 64,
  ...part,
});

test('what follows comes first, which no model without order could tell from what went before', async () => {
  const d = rings(300);
  const model = await sequence.fit(d, settings({ epochs: 12, rate: 0.005 }), { rng: new Rng(1) });
  let right = 0;
  for (let k = 0; k < 2 * RING; k++) {
    const ring = k < RING ? 0 : RING;
    const seeds = [4, 3, 2, 1, 0].map((back) => ring + ((k - ring - back + RING) % RING));
    const next = ring + ((k - ring + 1) % RING);
    if (model.recommend(modelQuery({ seeds }), 1).tracks[0] === next) right++;
  }
  assert.ok(right >= 0.9 * 2 * RING, `${right} of ${2 * RING}`);
});

test('a title alone answers with the tracks of its lists, with a typo too', async () => {
  const d = rings(300);
  const model = await sequence.fit(d, settings({ epochs: 6, rate: 0.005 }), { rng: new Rng(1) });
  for (const [title, ring] of [
    ['gym power', 0],
    ['rainy sundey', 1],
  ] as const) {
    const { tracks } = model.recommend(modelQuery({ title }), 10);
    assert.equal(tracks.length, 10);
    assert.ok([...tracks].filter((t) => Math.floor(t / RING) === ring).length >= 9, `${title}: ${tracks}`);
  }
});

test('a query that goes on, shrinks, or changes its title is answered as by a model just loaded', async () => {
  const d = rings(60);
  const model = await sequence.fit(d, settings({ epochs: 1, window: 6 }), { rng: new Rng(1) });
  const artifact = decodeArtifact(encodeArtifact(model.toArtifact()), 'test');
  const queries = [
    { seeds: [1, 2, 3] },
    { seeds: [1, 2, 3, 4] },
    { seeds: [1, 2, 3, 4, 5, 6, 7, 8] },
    { seeds: [1, 2] },
    { seeds: [1, 2], title: 'gym power' },
    { seeds: [1, 2], title: 'rainy sunday' },
    { seeds: [1, 2], title: 'rainy sunday' },
    { seeds: [30, 2], title: 'rainy sunday' },
    { seeds: [1, 2, 9] },
  ].map(modelQuery);
  for (const query of queries) {
    const fresh = sequence.load(artifact, d);
    assert.deepEqual(model.recommend(query, 10), fresh.recommend(query, 10));
    fresh.dispose?.();
  }
});

test('histories are read by time where every play has one', async () => {
  const builder = new DatasetBuilder();
  builder.add({
    tracks: Array.from({ length: 4 }, (_, t) => ({ uri: `t:${t}` })),
    artists: [],
    owners: [{ id: 'p', kind: 'person', items: [0, 1, 2, 3], times: [40, 10, 30, 20] }],
    rejections: [],
  });
  const d = builder.finish();
  assert.deepEqual([...sequenceOf(d, 0)], [1, 3, 2, 0]);
});

for (const loss of ['softmax', 'binary'] as const) {
  test(`the gradient of every vector, as input, target and negative, is the difference of the ${loss} loss`, () => {
    const d = rings(30);
    const config = settings({ loss, factors: 8, heads: 2, negatives: 24, dropout: 0.2, window: 8 });
    const tokens = new Tokens(d, numberRows(d));
    const rng = new Rng(5);
    const start = Float32Array.from({ length: tokens.count * 8 }, () => rng.normal());
    const batches = new Batches(d, tokens, config);
    const region = new Region();
    try {
      const learner = new Learner(region, tokens, start, shapeOf(config), config, batches.capacity);
      learner.transformer.initialise(rng);
      const [batch] = batches.epoch(new Rng(6));
      const negatives = new Negatives(tokens, d, config).draw(new Rng(7));
      const total = (): number => learner.derive(batch!, negatives, 8);
      total();
      const touched = learner.touched.slice();
      const gradients = learner.tableGradients.slice();
      let checked = 0;
      for (let trial = 0; trial < 150; trial++) {
        const slot = rng.below(touched.length);
        const j = rng.below(8);
        const at = touched[slot]! * 8 + j;
        const before = learner.table[at]!;
        learner.table[at] = before + 2 ** -8;
        const up = total();
        learner.table[at] = before - 2 ** -8;
        const numeric = (up - total()) * 2 ** 7;
        learner.table[at] = before;
        const got = gradients[slot * 8 + j]!;
        // float32 throughout, and a step that may cross a corner of the rectifier.
        if (Math.abs(got - numeric) < 0.03 * (1 + Math.abs(numeric))) checked++;
      }
      assert.ok(checked >= 145, `${checked} of 150`);
      learner.free();
    } finally {
      region.free();
    }
  });
}

test('disliked songs and those of weight 0 are not part of the sequence', async () => {
  const d = rings(60);
  const model = await sequence.fit(d, settings({ epochs: 1 }), { rng: new Rng(1) });
  const scores = (seeds: number[], weights?: number[]): Float32Array => {
    const out = new Float32Array(d.tracks.count);
    model.score(modelQuery({ seeds, weights }), out);
    return out;
  };
  assert.deepEqual(scores([1, 30, 2, 40], [1, -1, 1, 0]), scores([1, 2]));
  assert.ok(scores([30], [-1]).every((score) => score === 0));
});

test('corrections are the logarithm of how often a sample holds a track on average', () => {
  const d = rings(30);
  const tokens = new Tokens(d, numberRows(d));
  for (const loss of ['softmax', 'binary'] as const) {
    const sampler = new Negatives(tokens, d, settings({ loss, negatives: 62 }));
    const rng = new Rng(3);
    const drawn = new Float64Array(d.tracks.count);
    const expected = new Float64Array(d.tracks.count);
    const rounds = 3000;
    for (let i = 0; i < rounds; i++) {
      const { tracks, corrections } = sampler.draw(rng);
      assert.equal(tracks.length, 64);
      tracks.forEach((t, at) => {
        drawn[t]! += 1 / rounds;
        expected[t] = Math.exp(corrections[at]!);
      });
    }
    for (let t = 0; t < d.tracks.count; t++)
      assert.ok(Math.abs(drawn[t]! - expected[t]!) < 0.1 + 0.05 * expected[t]!, `${t}: ${drawn[t]}, ${expected[t]}`);
  }
});

test('titles are left out of training as often as settings say', () => {
  const d = rings(400);
  const tokens = new Tokens(d, numberRows(d));
  for (const titleDropout of [0, 0.3, 1]) {
    const batches = new Batches(d, tokens, settings({ titleDropout }));
    let titles = 0;
    for (const { inputs } of batches.epoch(new Rng(2)))
      for (let r = 0; r < inputs.rows; r++) if (inputs.idx[inputs.ptr[r]!]! >= tokens.rows.firstTerm) titles++;
    assert.ok(Math.abs(titles / 400 - (1 - titleDropout)) < 0.08, `${titles} titles at ${titleDropout}`);
  }
});

test('a saved model whose tracks or artists stand for vectors that it does not hold is refused', async () => {
  const d = demoDataset({ tracks: 60, playlists: 30, seed: 1 });
  const artifact = (await sequence.fit(d, settings({ epochs: 1 }), { rng: new Rng(1) })).toArtifact();
  for (const name of ['trackRow', 'artistRow']) {
    const rows = (artifact.arrays[name] as Int32Array).slice();
    rows[0] = Number(artifact.meta.firstTerm);
    const damaged = { ...artifact, arrays: { ...artifact.arrays, [name]: rows } };
    assert.throws(() => sequence.load(damaged, d), { code: 'FILE_UNREADABLE', message: /segue train sequence/ });
  }
});
