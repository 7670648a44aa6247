import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rejections } from '../dataset/rejections.ts';
import { Rng } from '../math/rng.ts';
import { ItemNames } from './item-names.ts';

const CELLS = ['12', 'a', '', ' ', 'nan', ' b ', '\ufeffm', 'Ü', 'É\u00a0', '\u0001c', 'd\t', 'e f'];

test('lines taken as bytes give what their cells give one by one, and that is what trimming them gives', () => {
  const rng = new Rng(4);
  for (let round = 0; round < 1500; round++) {
    const [id, name] = [rng.below(3), rng.below(3)];
    const layout = { kind: 'names', id, name, items: 'lastfm:artist' } as const;
    const lines = Array.from({ length: 1 + rng.below(8) }, () =>
      Array.from({ length: rng.below(6) }, () => CELLS[rng.below(rng.uniform() < 0.6 ? 2 : CELLS.length)]!).join(';'),
    );
    const read = (take: (names: ItemNames) => void): unknown => {
      const rejections = new Rejections();
      const names = new ItemNames(layout, rejections, 'artists.dat');
      take(names);
      const { uri, name: texts, artists } = names.take();
      const tracks = Array.from({ length: uri.length }, (_, i) => [
        uri.get(i),
        texts!.get(i),
        Array.from({ length: artists!.ptr[i + 1]! - artists!.ptr[i]! }, (_, k) =>
          artists!.names.get(artists!.ptr[i]! + k),
        ),
      ]);
      return { tracks, rejections: rejections.take() };
    };
    const rows = lines.map((text, i) => ({ text, cells: text.split(';'), line: i + 2 })).filter(({ text }) => text);
    const trimmed = rows.map(({ cells, line }) => ({
      id: cells[id]?.trim() ?? '',
      name: cells[name]?.trim() ?? '',
      line,
    }));
    const missing = trimmed.filter((row) => row.id === '' || row.name === '');
    const expected = {
      tracks: trimmed
        .filter((row) => !missing.includes(row))
        .map((row) => [`lastfm:artist:${row.id}`, row.name, [row.name]]),
      rejections: missing.slice(0, 1).map(({ line }) => ({
        cause: 'row without an id or a name',
        count: missing.length,
        firstAt: `artists.dat:${line}`,
      })),
    };
    const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
    const plain = { bytes, lines: lines.length, line: 2, separator: 0x3b, quoted: false };
    assert.deepEqual(
      read((names) => {
        for (const row of rows) names.add(row);
      }),
      expected,
    );
    assert.deepEqual(
      read((names) => names.addLines(plain)),
      expected,
      JSON.stringify({ layout, lines }),
    );
  }
});

test('what comes after a take is another part', () => {
  const names = new ItemNames({ kind: 'names', id: 0, name: 1, items: 'x' }, new Rejections(), 'artists.dat');
  names.add({ cells: ['1', 'One'], line: 2 });
  assert.equal(names.take().uri.length, 1);
  names.add({ cells: ['2', 'Two'], line: 3 });
  const { uri, name } = names.take();
  assert.deepEqual([uri.length, uri.get(0), name!.get(0)], [1, 'x:2', 'Two']);
});
