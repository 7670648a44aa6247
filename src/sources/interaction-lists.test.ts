import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeBatch } from '../dataset/batch-encoder.ts';
import { Rejections } from '../dataset/rejections.ts';
import { Rng } from '../math/rng.ts';
import { InteractionLists } from './interaction-lists.ts';
import { InteractionTable } from './interaction-table.ts';

const WORDS = ['a', 'b', '12', 'Ü', 'x:1', '4GiXBCUF7H6YfNQsnBRIzl', 'a\u0000b', '-'];
const SPACES = [' ', '  ', '\t', '\u00a0', '\v', '\f', ' \r'];

test('lines taken as bytes give what their texts give: users, items, rejections', () => {
  const rng = new Rng(9);
  const pick = (of: readonly string[]): string => of[rng.below(rng.uniform() < 0.7 ? 3 : of.length)]!;
  for (let round = 0; round < 1000; round++) {
    const lines = Array.from({ length: 1 + rng.below(8) }, () => {
      let line = rng.uniform() < 0.2 ? pick(SPACES) : '';
      for (let i = rng.below(6); i > 0; i--) line += pick(WORDS) + (i > 1 || rng.uniform() < 0.2 ? pick(SPACES) : '');
      return line;
    });
    const read = (take: (lists: InteractionLists) => void): unknown => {
      const table = new InteractionTable({ weights: false, times: false, rating: false }, 'table.csv');
      const rejections = new Rejections();
      take(new InteractionLists(table, rejections, 'l.txt'));
      return { batches: [...table.batches('p', 's')].map(encodeBatch), rejections: rejections.take() };
    };
    const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
    const expected = read((lists) => {
      for (const [i, text] of lines.entries()) lists.add(text, i + 3);
    });
    const got = read((lists) =>
      lists.addLines({ bytes, lines: lines.length, line: 3, separator: 0x20, quoted: false }),
    );
    assert.deepEqual(got, expected, JSON.stringify(lines));
  }
});
