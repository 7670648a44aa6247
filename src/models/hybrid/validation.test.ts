import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../../math/rng.ts';
import { TreeEnsemble } from '../ranker/ensemble.ts';
import { AT, COLUMNS, type Column } from './columns.ts';
import { ALONE, BY_TREES, combine, type JudgedRows, judge } from './validation.ts';

/** One tree: 1 where the column exceeds a half, else 0. */
const stump = (column: Column): TreeEnsemble =>
  new TreeEnsemble(COLUMNS.length, {
    nodePtr: Int32Array.of(0, 1),
    leafPtr: Int32Array.of(0, 2),
    feature: Int32Array.of(AT[column]),
    threshold: Float32Array.of(0.5),
    children: Int32Array.of(-1, -2),
    leaves: Float32Array.of(0, 1),
  });

const QUERIES = 60;
const ROWS = 40;

/** Each query has four true rows among forty; `shows` is how well a column distinguishes them (1 = completely, 0 = not at all). */
function world(shows: Partial<Record<Column, number>>): JudgedRows {
  const rng = new Rng(1);
  const features = new Float32Array(QUERIES * ROWS * COLUMNS.length).fill(Number.NaN);
  const labels = new Float32Array(QUERIES * ROWS);
  for (let row = 0; row < labels.length; row++) {
    labels[row] = (row * 7) % ROWS < 4 ? 1 : 0;
    for (const [column, share] of Object.entries(shows) as [Column, number][])
      features[row * COLUMNS.length + AT[column]] = rng.uniform() < share ? labels[row]! * 0.9 + 0.05 : rng.uniform();
  }
  return {
    features,
    labels,
    groups: Int32Array.from({ length: QUERIES + 1 }, (_, q) => q * ROWS),
    truths: new Int32Array(QUERIES).fill(5),
  };
}

test('the trees stay where no retriever is better', () => {
  const { order, figures } = judge(world({ 'spectral score': 0.4, popularity: 1 }), stump('popularity'));
  assert.deepEqual(order, BY_TREES);
  assert.equal(figures.chosen, figures.trees);
  assert.equal(figures.bestRetriever, 'spectral');
  assert.ok(figures.bestSingle < figures.trees);
});

test('a retriever that the trees fall short of is followed, and the order is at least as good as it', () => {
  const { order, figures } = judge(
    world({ 'spectral score': 0.95, 'als score': 0.3, popularity: 0 }),
    stump('popularity'),
  );
  assert.equal(order.retriever, 'spectral');
  assert.ok(order.weight > 0);
  assert.ok(figures.chosen >= figures.bestSingle - 1e-9, `${figures.chosen} below ${figures.bestSingle}`);
});

test('two that know different things are blended', () => {
  const { order, figures } = judge(world({ 'als score': 0.6, popularity: 0.6 }), stump('popularity'));
  assert.equal(order.retriever, 'als');
  assert.ok(order.weight > 0 && order.weight < ALONE);
  assert.ok(figures.chosen > figures.trees && figures.chosen > figures.bestSingle);
});

test('a perfect order has the discount of its truth, of which a fifth is no candidate', () => {
  const { figures } = judge(world({ 'als score': 1, popularity: 0 }), stump('popularity'));
  const gains = [1, 1 / Math.log2(3), 1 / 2, 1 / Math.log2(5), 1 / Math.log2(6)];
  const sum = (n: number): number => gains.slice(0, n).reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(figures.bestSingle - sum(4) / sum(5)) < 1e-9);
});

test('nothing judged: the trees', () => {
  const none = {
    features: new Float32Array(0),
    labels: new Float32Array(0),
    groups: Int32Array.of(0),
    truths: new Int32Array(0),
  };
  assert.deepEqual(judge(none, stump('popularity')).order, BY_TREES);
});

test('a retriever that found nothing adds nothing', () => {
  assert.equal(combine({ retriever: 'als', weight: 2 }, 0.7, Number.NaN), 0.7);
  assert.equal(combine({ retriever: 'als', weight: ALONE }, 0.7, Number.NaN), 0);
});
