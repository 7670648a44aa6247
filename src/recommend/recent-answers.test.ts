import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Fitted, type ModelQuery, modelQuery } from '../models/model.ts';
import { RecentAnswers } from './recent-answers.ts';

function counting(): { fitted: Fitted; asked: () => number } {
  let asked = 0;
  const recommend = (_: ModelQuery, n: number) => ({
    tracks: Int32Array.of(++asked, n),
    scores: Float32Array.of(2, 1),
  });
  return { fitted: { modelId: 'counting', recommend } as unknown as Fitted, asked: () => asked };
}

const plain = {
  seeds: [1, 2],
  weights: [1, 2],
  title: 'rain',
  exclude: new Set([7]),
  allowed: Uint8Array.of(1, 0, 1),
  options: { weights: { genre: 3 } },
};

test('an equal question is answered once', () => {
  const { fitted, asked } = counting();
  const recent = new RecentAnswers();
  const query = modelQuery(plain);
  const answer = recent.recommend(fitted, query, 5);
  const equal = modelQuery({ ...plain, exclude: new Set([7]), allowed: Uint8Array.of(1, 0, 1) });
  assert.equal(recent.recommend(fitted, equal, 5), answer);
  assert.equal(asked(), 1);
  assert.equal(recent.known(equal), query);
});

test('whatever differs is asked', () => {
  const others: Partial<typeof plain & { ordered: boolean }>[] = [
    { seeds: [2, 1] },
    { seeds: [1, 2, 3], weights: [1, 2, 1] },
    { weights: [1, -2] },
    { title: '' },
    { ordered: false },
    { exclude: new Set([8]) },
    { exclude: new Set<number>() },
    { allowed: Uint8Array.of(1, 1, 1) },
    { options: { weights: { genre: 2 } } },
  ];
  for (const other of others) {
    const { fitted, asked } = counting();
    const recent = new RecentAnswers();
    recent.recommend(fitted, modelQuery(plain), 5);
    const query = modelQuery({ ...plain, ...other });
    assert.equal(recent.known(query), query, Object.keys(other).join());
    recent.recommend(fitted, query, 5);
    assert.equal(asked(), 2, Object.keys(other).join());
  }
  const { fitted, asked } = counting();
  const recent = new RecentAnswers();
  recent.recommend(fitted, modelQuery(plain), 5);
  recent.recommend(fitted, modelQuery(plain), 6);
  recent.recommend(counting().fitted, modelQuery(plain), 5);
  recent.recommend(fitted, modelQuery({ ...plain, allowed: null }), 5);
  assert.equal(asked(), 3);
});

test('the latest dozen is kept; one that is asked again counts as late', () => {
  const { fitted, asked } = counting();
  const recent = new RecentAnswers();
  const ask = (seed: number) => recent.recommend(fitted, modelQuery({ seeds: [seed] }), 5);
  for (let seed = 0; seed < 12; seed++) ask(seed);
  ask(0);
  ask(12);
  assert.equal(asked(), 13);
  ask(0);
  assert.equal(asked(), 13);
  ask(1);
  assert.equal(asked(), 14);
});
