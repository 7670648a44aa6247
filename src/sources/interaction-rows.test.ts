import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeBatch } from '../dataset/batch-encoder.ts';
import { Rejections } from '../dataset/rejections.ts';
import { Rng } from '../math/rng.ts';
import type { InteractionLayout } from './interaction-layout.ts';
import { InteractionRows } from './interaction-rows.ts';
import { InteractionTable } from './interaction-table.ts';

const IDS = ['a', 'b', 'Ü', ' c ', 'nan', '-', '', 'u:1', 'null pointer', '4GiXBCUF7H6YfNQsnBRIzl', '\ufeffm', '12'];
const NUMBERS = ['1', '2.5', '-3', '1e3', '', 'NaN', '1,5', 'many', '1e999', '0', '12345678901234567890', ' 4 '];
const TIMES = ['1500000000', '1500000000000', '2020-01-02', '2020-01-02T03:04:05Z', '', 'never', '7', '-1'];
const utf8 = new TextEncoder();

test('lines taken as bytes give what their cells give one by one: ids, weights, times, rejections', () => {
  const rng = new Rng(23);
  for (let round = 0; round < 1200; round++) {
    const places = [0, 1, 2, 3].sort(() => rng.uniform() - 0.5);
    const [user, item, weight, time] = places as [number, number, number, number];
    const rating = rng.uniform() < 0.5;
    const layout: InteractionLayout = {
      ...{ kind: 'table', header: false, user, item, rating, owners: 'p', items: 's' },
      weight: rng.uniform() < 0.6 ? weight : -1,
      time: rng.uniform() < 0.6 ? time : -1,
    };
    const pick = (of: readonly string[]): string => of[rng.below(rng.uniform() < 0.6 ? 2 : of.length)]!;
    const lines = Array.from({ length: 1 + rng.below(12) }, () => {
      const cells: string[] = [];
      cells[user] = pick(IDS);
      cells[item] = pick(IDS);
      cells[weight] = pick(NUMBERS);
      cells[time] = pick(TIMES);
      if (rng.uniform() < 0.1) cells.pop();
      if (rng.uniform() < 0.1) cells.push('more');
      return rng.uniform() < 0.05 ? '' : cells.join(';');
    });
    const read = (take: (rows: InteractionRows) => void): unknown => {
      const table = new InteractionTable({ weights: layout.weight >= 0, times: layout.time >= 0, rating }, 'table.csv');
      const rejections = new Rejections();
      take(new InteractionRows(table, layout, rejections, 't.csv'));
      return { batches: [...table.batches('p', 's')].map(encodeBatch), rejections: rejections.take() };
    };
    const bytes = utf8.encode(`${lines.join('\n')}\n`);
    const expected = read((rows) => {
      for (const [i, text] of lines.entries()) if (text !== '') rows.add({ cells: text.split(';'), line: i + 5 });
    });
    const got = read((rows) => rows.addLines({ bytes, lines: lines.length, line: 5, separator: 0x3b, quoted: false }));
    assert.deepEqual(got, expected, JSON.stringify({ layout, lines }));
  }
});
