import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf, sound, track } from '../../test/support/content.ts';
import { Rng } from '../math/rng.ts';
import { DenseRows } from './dense.ts';
import { SectionNames } from './section-names.ts';
import { ContentSpace } from './space.ts';

/** 0–9 ska of the 1960s, 10–19 ska and punk, 20–29 lively without a genre, 30–39 with nothing in common, 40–99 pop. */
const rows = [
  ...Array.from({ length: 10 }, (_, i) => track(i, { year: 1960 + (i % 8), genres: ['ska'] })),
  ...Array.from({ length: 10 }, (_, i) => track(10 + i, { genres: ['ska', 'punk'] })),
  ...Array.from({ length: 10 }, (_, i) => track(20 + i, { features: sound(0.95, 120) })),
  ...Array.from({ length: 10 }, (_, i) => track(30 + i, { genres: [`style ${i}`] })),
  ...Array.from({ length: 60 }, (_, i) => track(40 + i, { genres: ['pop'], features: sound(0.3 + 0.002 * i, 100) })),
];
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const dense = await DenseRows.fit(ContentSpace.fit(datasetOf(rows)), 4, new Rng(1));
const names = (sections: number[][]): string[] =>
  new SectionNames(dense).name(
    sections,
    sections.map((_, s) => s),
  );

test('a heading names the most telling genre that half of the songs have, with their decade', () => {
  assert.deepEqual(names([range(0, 10)]), ['ska, 1960s']);
  // Five of ten suffice, four do not.
  assert.deepEqual(names([[...range(0, 5), ...range(30, 35)]]), ['ska, 1960s']);
  assert.match(names([[...range(0, 4), ...range(30, 36)]])[0]!, /^like “/);
});

test('no two headings are alike; what shares nothing is named after its seed', () => {
  const [first, second, third] = names([range(10, 15), range(15, 20), range(10, 20)]);
  assert.deepEqual(new Set([first, second]), new Set(['punk', 'ska']));
  assert.match(third!, /^like “/);
});

test('songs without a genre are named by a sound that is true of at least half of them', () => {
  assert.match(names([range(20, 30)])[0]!, /^(loud|energetic|electronic) (loud|energetic|electronic) music$/);
  assert.match(names([[...range(20, 24), ...range(30, 36)]])[0]!, /^like “/);
});
