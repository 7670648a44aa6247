import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupsOf, overlaps, type Report, readReport, scaleOf, standing } from './report-data.ts';

const estimate = (mean: number) => ({ mean, low: mean - 0.1, high: mean + 0.1, cases: 9 });
const report: Report = {
  createdAt: '2026-01-01T00:00:00Z',
  protocol: { title: 'P', description: '', cases: 9, folds: 1, seed: 1 },
  dataset: { sources: ['demo'], tracks: 1, owners: 1 },
  headline: ['ndcg'],
  metrics: [],
  results: ['a', 'b', 'c'].map((model) => ({
    model,
    title: model,
    family: 'content',
    values: { ndcg: estimate(0.5) },
    groups: [{ kind: 'scenario', label: 'title only', cases: 3, values: {} }],
    fitSeconds: 1,
    answerMs: { p50: 1, p99: 2 },
  })),
  comparisons: [
    { metric: 'ndcg', a: 'a', b: 'b', pHolm: 0.001, verdict: 'a better' },
    { metric: 'ndcg', a: 'c', b: 'a', pHolm: 0.6, verdict: 'no difference' },
  ],
};

test('only reports of this version are read', () => {
  assert.ok(readReport({ ...report, version: 1 }));
  for (const bad of [
    null,
    1,
    {},
    { ...report, version: 2 },
    { ...report, version: 1, results: [1] },
    { ...report, version: 1, protocol: null },
  ])
    assert.equal(readReport(bad), null);
});

test('a model stands behind the leader only beyond chance', () => {
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((m) => standing(report, 'ndcg', 'a', m)),
    ['leader', 'behind', 'level', 'unknown'],
  );
});

test('scales, groups and overlaps', () => {
  assert.equal(scaleOf([estimate(0.3), undefined]), 0.4);
  assert.equal(scaleOf([]), 1);
  assert.deepEqual(groupsOf(report, 'scenario'), [{ label: 'title only', cases: 3 }]);
  assert.deepEqual([...overlaps([['x', 'y', 'x'], ['y', 'z'], ['y']])], [['y', 3]]);
});
