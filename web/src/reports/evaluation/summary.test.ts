import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Example } from '../../../../src/evaluate/report/report-data.ts';
import { paretoFront, tellingExample } from './summary.ts';

test('the front holds what no other point beats', () => {
  const points = [
    { model: 'fast', x: 1, y: 1 },
    { model: 'slow and worse', x: 5, y: 0.5 },
    { model: 'slow and good', x: 6, y: 3 },
  ];
  const front = (smallerX: boolean): string[] => paretoFront(points, smallerX, false).map((p) => p.model);
  assert.deepEqual(front(true), ['fast', 'slow and good']);
  assert.deepEqual(front(false), ['slow and good']);
});

test('the example with the most hits of the leader is opened', () => {
  const track = (hit: boolean) => ({ uri: 'u', name: 'n', artists: [], hit });
  const example = (...hits: boolean[]): Example => ({
    owner: 'o',
    title: '',
    scenario: 'all',
    seeds: [],
    seedCount: 0,
    truthCount: 2,
    lists: [{ model: 'best', tracks: hits.map(track) }],
  });
  assert.equal(tellingExample([example(false), example(true, true), example(true)], 'best'), 1);
  assert.equal(tellingExample([example(true)], 'another'), 0);
});
