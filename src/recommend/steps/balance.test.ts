import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { datasetOf } from '../../../test/support/small-dataset.ts';
import { balanced } from './balance.ts';
import type { Candidate } from './candidate.ts';
import { stylesOf } from './styles.ts';

const candidates = (count: number): Candidate[] =>
  Array.from({ length: count }, (_, i) => ({ track: i, score: count - i, relevance: 1 - i / count, section: -1 }));

/** Steck's greedy choice over every candidate, without queues. */
function naive(list: Candidate[], styleOf: (t: number) => number, p: number[], lambda: number, n: number): number[] {
  const left = [...list];
  const chosen: Candidate[] = [];
  const kl = (tracks: Candidate[]): number =>
    p.reduce((sum, share, s) => {
      const q = tracks.filter((c) => styleOf(c.track) === s).length / tracks.length;
      return share > 0 ? sum + share * Math.log(share / (0.99 * q + 0.01 * share)) : sum;
    }, 0);
  while (chosen.length < n && left.length > 0) {
    const values = left.map((c) => (1 - lambda) * c.relevance - lambda * kl([...chosen, c]));
    const best = values.indexOf(Math.max(...values));
    chosen.push(...left.splice(best, 1));
  }
  return chosen.map((c) => c.track);
}

test('balance is the greedy choice by its equation', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 1, maxLength: 25 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 3 }),
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      (styles, weights, balance) => {
        const lambda = 1 - (1 - balance) ** 3;
        const total = weights.reduce((a, b) => a + b, 0);
        const shares = weights.map((w) => w / total);
        const styleOf = (t: number): number => (styles[t]! < shares.length ? styles[t]! : -1);
        const list = candidates(styles.length);
        const found = balanced(list, styleOf, shares, balance, 12).map((c) => c.track);
        assert.deepEqual(found, naive(list, styleOf, shares, lambda, 12));
      },
    ),
  );
});

test('every style of the seeds is among the first twenty at the default; in exact proportion at full balance', () => {
  // The 160 best belong to one style, the other four share the rest.
  const styleOf = (t: number): number => (t < 160 ? 0 : 1 + ((t - 160) % 4));
  const countsOf = (balance: number, length: number): number[] => {
    const list = balanced(candidates(200), styleOf, [0.2, 0.2, 0.2, 0.2, 0.2], balance, 50);
    const counts = [0, 0, 0, 0, 0];
    for (const { track } of list.slice(0, length)) counts[styleOf(track)]!++;
    return counts;
  };
  assert.ok(countsOf(0.5, 20).every((count) => count >= 2));
  assert.deepEqual(countsOf(1, 20), [4, 4, 4, 4, 4]);
  assert.deepEqual(countsOf(0, 20), [20, 0, 0, 0, 0]);
});

test('seeds of one genre are one style, artists of no genre stand for themselves, weights make the shares', () => {
  const dataset = datasetOf([
    { uri: 'a:0', name: 'a', artists: [{ name: 'A' }], genres: ['bebop', 'jazz'] },
    { uri: 'a:1', name: 'b', artists: [{ name: 'B' }], genres: ['jazz', 'bebop'] },
    { uri: 'a:2', name: 'c', artists: [{ name: 'C' }], genres: ['thrash metal'] },
    { uri: 'a:3', name: 'd', artists: [{ name: 'D' }] },
    { uri: 'a:4', name: 'e', artists: [{ name: 'D' }] },
    { uri: 'a:5', name: 'f', artists: [{ name: 'E' }], genres: ['thrash metal'] },
    { uri: 'a:6', name: 'g', artists: [{ name: 'F' }], genres: ['polka'] },
  ]);
  const styles = stylesOf(dataset, Int32Array.of(0, 1, 2, 3), Float32Array.of(1, 1, 1, -1));
  assert.deepEqual(
    styles.list.map(({ seeds, share }) => [seeds, Math.round(share * 100)]),
    [
      [[0, 1], 67],
      [[2], 33],
    ],
  );
  assert.deepEqual([styles.styleOf(5), styles.styleOf(6), styles.styleOf(4)], [1, -1, -1]);
  assert.equal(stylesOf(dataset, Int32Array.of(3), Float32Array.of(1)).styleOf(4), 0);
});
