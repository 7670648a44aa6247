import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fromRows } from '../../math/csr.ts';
import { Rng } from '../../math/rng.ts';
import { modelQuery } from '../../models/model.ts';
import type { EvaluationCase } from '../protocol.ts';
import { diversity } from './diversity.ts';
import { type Column, measureLists } from './measure.ts';
import type { Catalogue } from './metric.ts';
import { METRICS } from './registry.ts';

const TRACKS = 60;
const rng = new Rng(5);
const catalogue: Catalogue = {
  tracks: TRACKS,
  artistOf: Int32Array.from({ length: TRACKS }, (_, t) => (t % 13 === 0 ? -1 : t % 9)),
  artists: 9,
  genresOf: {
    ptr: Int32Array.from({ length: TRACKS + 1 }, (_, t) => t),
    idx: Int32Array.from({ length: TRACKS }, () => rng.below(5)),
  },
  genres: 5,
  popularity: Int32Array.from({ length: TRACKS }, () => rng.below(50)),
  owners: 50,
};
const CUTOFFS = Int32Array.of(1, 3, 10, 40);

interface Given {
  list: number[];
  truth: number[];
  seeds: number[];
}

/** A list, a truth and seeds of distinct tracks; any of them may be empty. */
const given = fc
  .tuple(
    fc.uniqueArray(fc.nat(TRACKS - 1), { maxLength: 50 }),
    fc.uniqueArray(fc.nat(TRACKS - 1), { maxLength: 30 }),
    fc.uniqueArray(fc.nat(TRACKS - 1), { maxLength: 5 }),
  )
  .map(([list, truth, seeds]): Given => ({ list, truth, seeds }));

function measure(answers: readonly Given[], numbers: Catalogue = catalogue): Column[] {
  const cases = answers.map(
    (a, i): EvaluationCase => ({
      owner: `o${i}`,
      scenario: '',
      query: modelQuery({ seeds: a.seeds }),
      truth: Int32Array.from(a.truth),
    }),
  );
  const rows = fromRows(
    answers.map((a) => a.list),
    TRACKS,
  );
  return measureLists(cases, { ptr: rows.ptr, tracks: rows.idx }, numbers, CUTOFFS);
}

const values = (columns: readonly Column[]): number[][] => columns.map((c) => [...c.values]);

describe('metrics', () => {
  test('stay within the range they declare, or are undefined', () => {
    fc.assert(
      fc.property(fc.array(given, { minLength: 1, maxLength: 5 }), (answers) => {
        for (const { key, metric, values } of measure(answers)) {
          const [low, high] = metric.range;
          for (const value of values)
            assert.ok(
              Number.isNaN(value) || (value >= low - 1e-12 && value <= (high ?? Infinity) + 1e-12),
              `${key} = ${value}`,
            );
        }
      }),
    );
  });

  test('do not depend on the order of the truth, nor on the order of the cases', () => {
    fc.assert(
      fc.property(fc.array(given, { minLength: 2, maxLength: 5 }), (answers) => {
        const plain = values(measure(answers));
        const turned = values(measure(answers.map((a) => ({ ...a, truth: [...a.truth].reverse() }))));
        assert.deepEqual(turned, plain);
        const reversed = measure([...answers].reverse()).map((c) => [...c.values].reverse());
        assert.deepEqual(reversed, plain);
      }),
    );
  });

  test('do not depend on the numbering of the tracks', () => {
    fc.assert(
      fc.property(given, fc.nat(1000), (answer, seed) => {
        const to = new Rng(seed).sample(TRACKS, TRACKS);
        const map = (tracks: number[]): number[] => tracks.map((t) => to[t]!);
        const move = (source: Int32Array): Int32Array => {
          const moved = new Int32Array(TRACKS);
          for (let t = 0; t < TRACKS; t++) moved[to[t]!] = source[t]!;
          return moved;
        };
        const renumbered: Catalogue = {
          ...catalogue,
          artistOf: move(catalogue.artistOf),
          popularity: move(catalogue.popularity),
          genresOf: { ptr: catalogue.genresOf.ptr, idx: move(catalogue.genresOf.idx) },
        };
        const a = values(measure([answer]));
        const b = values(
          measure([{ list: map(answer.list), truth: map(answer.truth), seeds: map(answer.seeds) }], renumbered),
        );
        assert.deepEqual(b, a);
      }),
    );
  });

  test('a page holds ten tracks: the tenth rank needs no click, the eleventh one', () => {
    const clicksFor = (rank: number): number => {
      const list = Array.from({ length: 40 }, (_, t) => t);
      const columns = measure([{ list, truth: [rank - 1], seeds: [] }]);
      return columns.find(({ key }) => key === 'clicks@40')!.values[0]!;
    };
    assert.deepEqual([1, 10, 11, 20, 21].map(clicksFor), [0, 0, 1, 1, 2]);
  });

  test('accuracy is 1 for an ideal list and 0 (clicks: the maximum) for one without hits', () => {
    const truth = [4, 8, 15, 16, 23, 42];
    const misses = Array.from({ length: TRACKS }, (_, t) => t).filter((t) => !truth.includes(t));
    const [ideal, wrong] = [
      measure([{ list: truth, truth, seeds: [] }]),
      measure([{ list: misses, truth, seeds: [] }]),
    ];
    const at = (columns: Column[], key: string): number => columns.find((c) => c.key === key)!.values[0]!;
    for (const key of ['ndcg@10', 'ndcg-challenge@10', 'map@10', 'recall@10', 'mrr@10', 'hit-rate@10', 'r-precision'])
      assert.equal(at(ideal, key), 1, key);
    for (const key of ['ndcg@40', 'ndcg-challenge@40', 'map@40', 'recall@40', 'mrr@40', 'hit-rate@40', 'r-precision'])
      assert.equal(at(wrong, key), 0, key);
    assert.equal(at(ideal, 'clicks@40'), 0);
    assert.equal(at(wrong, 'clicks@40'), 5);
    assert.equal(at(ideal, 'precision@10'), 0.6);
  });

  test('an empty truth leaves accuracy undefined; an empty list is all misses', () => {
    for (const { metric, values } of measure([{ list: [1, 2], truth: [], seeds: [] }]))
      if (metric.kind === 'case' && metric.whenEmpty.startsWith('undefined')) assert.ok(Number.isNaN(values[0]!));
    for (const { key, metric, values } of measure([{ list: [], truth: [1], seeds: [] }]))
      if (metric.whenShort.includes('misses') && metric.id !== 'clicks') assert.equal(values[0], 0, key);
  });

  test('known and cold truth are recalled apart', () => {
    const cold = catalogue.popularity.map((owners, t) => (t < 4 ? 0 : owners + 1));
    const numbers = { ...catalogue, popularity: cold };
    // Cold: 0, 1, 2; known: 8, 9.
    const columns = measure([{ list: [50, 1, 8, 3, 0], truth: [0, 1, 2, 8, 9], seeds: [] }], numbers);
    const at = (key: string): number => columns.find((c) => c.key === key)!.values[0]!;
    assert.deepEqual([at('recall-cold@1'), at('recall-cold@3'), at('recall-cold@10')], [0, 1 / 3, 2 / 3]);
    assert.deepEqual([at('recall-known@1'), at('recall-known@3'), at('recall-known@10')], [0, 1 / 2, 1 / 2]);
    assert.ok(
      Number.isNaN(
        measure([{ list: [8], truth: [8], seeds: [] }], numbers).find((c) => c.key === 'recall-cold@1')!.values[0]!,
      ),
    );
  });

  test('a track that is answered twice hits once', () => {
    const columns = measure([{ list: [7, 7, 7], truth: [7, 8], seeds: [] }]);
    assert.equal(columns.find((c) => c.key === 'recall@3')!.values[0], 0.5);
  });

  test('intra-list diversity equals the mean over all pairs', () => {
    const vector = (t: number): Map<string, number> => {
      const parts: [string, number][] = [];
      const artist = catalogue.artistOf[t]!;
      const genres = [...catalogue.genresOf.idx.subarray(catalogue.genresOf.ptr[t]!, catalogue.genresOf.ptr[t + 1]!)];
      const share = artist >= 0 && genres.length > 0 ? 0.5 : 1;
      if (artist >= 0) parts.push([`a${artist}`, Math.sqrt(share)]);
      for (const g of genres) parts.push([`g${g}`, Math.sqrt(share / genres.length)]);
      return new Map(parts);
    };
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(TRACKS - 1), { minLength: 2, maxLength: 10 }), (list) => {
        let sum = 0;
        for (let i = 0; i < list.length; i++)
          for (let j = 0; j < i; j++) for (const [k, v] of vector(list[i]!)) sum += v * (vector(list[j]!).get(k) ?? 0);
        const pairs = (list.length * (list.length - 1)) / 2;
        const column = measure([{ list, truth: [0], seeds: [] }]).find((c) => c.key === `${diversity.id}@10`)!;
        assert.ok(Math.abs(column.values[0]! - (1 - sum / pairs)) < 1e-9);
      }),
    );
  });

  test('every metric documents itself', () => {
    assert.equal(new Set(METRICS.map((m) => m.id)).size, METRICS.length);
    for (const m of METRICS)
      for (const text of [m.title, m.description, m.formula, m.whenEmpty, m.whenShort])
        assert.ok(text.length > 1, m.id);
  });
});
