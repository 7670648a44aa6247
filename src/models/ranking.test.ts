import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../math/rng.ts';
import { modelQuery } from './model.ts';
import { rankSome } from './ranking.ts';

/** Every track that may be answered, sorted by score and number. */
function naive(tracks: Int32Array, scores: Float32Array, query: ReturnType<typeof modelQuery>, n: number) {
  const { seeds, exclude, allowed } = query;
  const rows = Array.from(tracks, (track, i) => ({ track, score: scores[i]! })).filter(
    ({ track, score }) =>
      score > 0 && !seeds.includes(track) && !exclude.has(track) && (allowed === null || allowed[track] === 1),
  );
  return rows.toSorted((a, b) => b.score - a.score || a.track - b.track).slice(0, n);
}

test('the best of some tracks: those of a full sort, ties by number, whatever is barred', () => {
  const rng = new Rng(5);
  for (const base of [0, 3e6])
    for (let round = 0; round < 60; round++) {
      const count = Math.floor(rng.uniform() * 300);
      const tracks = rng.sample(300, count).map((t) => base + t);
      const levels = [2, 5, 1e9][round % 3]!;
      const scores = Float32Array.from({ length: count + 7 }, () => (Math.floor(rng.uniform() * levels) - 1) / levels);
      if (round % 4 === 0 && count > 2) scores.set([Number.NaN, Number.POSITIVE_INFINITY, 2 ** -149]);
      const some = (): number[] => Array.from(rng.sample(300, round % 20), (t) => base + t);
      const allowed = round % 2 === 0 ? null : new Uint8Array(base + 300).fill(1);
      if (allowed) for (const track of some()) allowed[track] = 0;
      const query = { ...modelQuery({ seeds: some() }), exclude: new Set(some()), allowed };
      for (const n of [0, 1, 4, 10, 300]) {
        const { tracks: best, scores: of } = rankSome(tracks, scores, query, n);
        const expected = naive(tracks, scores, query, n);
        assert.deepEqual(
          Array.from(best),
          expected.map(({ track }) => track),
        );
        assert.deepEqual(
          Array.from(of),
          expected.map(({ score }) => score),
        );
      }
    }
});
