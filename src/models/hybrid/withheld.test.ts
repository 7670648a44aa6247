import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryUse } from '../../math/kernels/memory.ts';
import { Rng } from '../../math/rng.ts';
import { EnsembleBuilder, type TreeEnsemble } from '../ranker/ensemble.ts';
import { AT, COLUMNS } from './columns.ts';
import { withheldEffects } from './withheld.ts';

const rng = new Rng(5);
const WIDTH = COLUMNS.length;
const GROUPS = [
  [AT['tracks score'], AT['tracks rank'], AT.popularity],
  [AT['title score'], AT['title in name']],
  [AT['sound cosine'], AT['content fit']],
];
const EMPTY = new Map(GROUPS.flat().map((c) => [c, /rank$/.test(COLUMNS[c]!) ? 11 : 0]));
for (const c of GROUPS[2]!) EMPTY.set(c, Number.NaN);

/** Stumps over the groups' columns; those of the title's score also have thresholds below 0. */
function ensemble(): TreeEnsemble {
  const builder = new EnsembleBuilder();
  for (const column of GROUPS.flat())
    for (const threshold of column === AT['title score'] ? [-0.5, 0.5] : [0, 0.3, 5]) {
      // Missing titles raise the score, so that withholding them lowers it.
      const leaves = threshold < 0 ? [1, 0] : [rng.normal(), rng.normal()];
      builder.add({ feature: [column], threshold: [threshold], children: [-1, -2], leaves });
    }
  return builder.finish(WIDTH);
}

/** A row of values, zeros and missing values; every second one has no information on the title. */
function row(i: number): Float32Array {
  const nothing = [0, Number.NaN];
  const anything = [...nothing, rng.normal(), 6 * rng.uniform()];
  const one = (of: readonly number[]): number => of[Math.floor(of.length * rng.uniform())]!;
  const values = Float32Array.from({ length: WIDTH }, () => one(anything));
  if (i % 2 === 0) for (const c of GROUPS[1]!) values[c] = one(nothing);
  return values;
}

function score({ arrays }: TreeEnsemble, values: Float32Array): number {
  let sum = 0;
  for (let t = 0; t < arrays.feature.length; t++)
    sum = Math.fround(sum + arrays.leaves[2 * t + Number(values[arrays.feature[t]!]! > arrays.threshold[t]!)]!);
  return sum;
}

test('effects are what a row loses without each group, as if each had been judged by itself', () => {
  const trees = ensemble();
  trees.predict(new Float32Array(WIDTH), 1, new Float32Array(1));
  const before = memoryUse().inUse;
  const rows = Float32Array.from(Array.from({ length: 300 }, (_, i) => row(i)).flatMap((values) => [...values]));
  const places = Array.from({ length: 200 }, (_, i) => (i * 7) % 300);
  const found = withheldEffects(trees, rows, places, GROUPS);
  const expected = places.flatMap((place) => {
    const values = rows.slice(place * WIDTH, (place + 1) * WIDTH);
    return GROUPS.map((columns) => {
      const without = values.slice();
      for (const c of columns) without[c] = EMPTY.get(c)!;
      return Math.max(0, score(trees, values) - score(trees, without));
    });
  });
  assert.deepEqual([...found], expected);
  assert.ok(GROUPS.every((_, g) => expected.some((effect, i) => i % GROUPS.length === g && effect > 0)));
  assert.equal(memoryUse().inUse, before);
  trees.dispose();
});
