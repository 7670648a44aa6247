import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { withTemporary } from '../../test/support/temporary.ts';
import { BatchEncoder } from '../dataset/batch-encoder.ts';
import { batchArrays } from '../dataset/batch-file.ts';
import { Rejections } from '../dataset/rejections.ts';
import { emptyBatch } from '../dataset/rows.ts';
import { SegueError } from '../errors.ts';
import { Rng } from '../math/rng.ts';
import { interactions } from './interactions.ts';
import { readParquet } from './parquet.ts';
import type { TableRow } from './separated-text.ts';
import { trackColumns, trackRow } from './track-table.ts';
import { tracks } from './tracks.ts';

// Written by Apache Arrow; test/golden/parquet/make.py says how.
const GOLDEN = fileURLToPath(new URL('../../test/golden/parquet/', import.meta.url));

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test('reads interactions: snappy, several row groups, integers and timestamps', async () => {
  const batches = await all(interactions.read(join(GOLDEN, 'plays.parquet')));
  const owners = batches.flatMap(({ columns, ownerColumns }) => {
    if (!columns || !ownerColumns) return [];
    const { id, items, weights, times } = ownerColumns;
    return Array.from({ length: id.length }, (_, o) => {
      const [from, to] = [items.ptr[o]!, items.ptr[o + 1]!];
      return {
        id: id.get(o),
        items: Array.from(items.idx.subarray(from, to), (item) => columns.uri.get(item)),
        weights: Array.from(weights!.subarray(from, to)),
        times: Array.from(times!.subarray(from, to)),
      };
    });
  });
  assert.deepEqual(owners, [
    { id: 'interactions:u', items: ['interactions:11', 'interactions:10'], weights: [4, 3], times: [10, 20] },
    { id: 'interactions:v', items: ['interactions:10'], weights: [5], times: [30] },
  ]);
  assert.deepEqual(
    batches.flatMap((batch) => batch.rejections),
    [{ cause: 'row without a user', count: 1, firstAt: 'plays.parquet:5' }],
  );
});

test('reads tracks: zstd, lists, missing numbers', async () => {
  const [header, ...rest] = (await all(readParquet(join(GOLDEN, 'tracks.parquet')))).flat() as TableRow[];
  const layout = trackColumns(header!.cells)!;
  const found = rest.map((row) => trackRow(row, layout, header!.cells.length, '', new Rejections())!);
  const rows = found.map(({ uri, name, artists, features, explicit }) => [uri, name, artists, features, explicit]);
  assert.deepEqual(rows, [
    [
      'spotify:track:4GiXBCUF7H6YfNQsnBRIzl',
      'Ålesund',
      [
        { name: 'A, B', uri: undefined },
        { name: 'C', uri: undefined },
      ],
      { energy: 0.5 },
      true,
    ],
    ['spotify:track:1zyqZONW985Cs4osz9wlsu', 'Two', [{ name: 'D', uri: undefined }], { energy: Number.NaN }, false],
  ]);
});

test('tracks are the same whether the file comes as lines or as rows', () =>
  withTemporary(async (dir) => {
    const rng = new Rng(5);
    const pick = <T>(...values: readonly T[]): T => values[rng.below(values.length)]!;
    for (let round = 0; round < 30; round++) {
      const rows = 1 + rng.below(60);
      const column = <T>(of: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => of(i));
      const odd = 'x'.repeat(20_000);
      const file = join(dir, `${round}.parquet`);
      const data = [
        { name: 'id', type: 'STRING', data: column((i) => pick(`${i}`, `4GiXBCUF7H6YfNQsnBRIz${i % 10}`, '', null)) },
        {
          name: 'name',
          type: 'STRING',
          data: column(() => pick('A', ' É ', 'a\nb', 'a\rb', '\r', 'a\x1fb', 'a,"b"', odd, '\ufeffB', null)),
        },
        { name: 'artists', type: 'STRING', data: column(() => pick('A, B', "['C']", 'D', '')) },
        { name: 'year', type: 'INT64', data: column(() => pick(1999n, 20n, null)) },
        {
          name: 'energy',
          type: 'DOUBLE',
          data: column(() => pick(rng.uniform(), Number.NaN, Number.POSITIVE_INFINITY, null)),
        },
        { name: 'tempo', type: 'STRING', data: column(() => pick('120', '99,5', 'unknown', '')) },
        { name: 'explicit', type: 'BOOLEAN', data: column(() => pick(true, false, null)) },
      ] as const;
      await writeFile(file, Buffer.from(parquetWriteBuffer({ columnData: [...data] as never, rowGroupSize: 25 })));
      const expected = new BatchEncoder();
      const [[header, ...first], ...rest] = (await all(readParquet(file))) as TableRow[][];
      const layout = trackColumns(header!.cells)!;
      const rejections = new Rejections();
      const found = [first, ...rest].flat().flatMap((row) => trackRow(row, layout, data.length, '', rejections) ?? []);
      expected.add({ ...emptyBatch(), tracks: found, goesOn: true });
      const got = new BatchEncoder();
      const causes: unknown[] = [];
      for await (const batch of tracks.read(file)) {
        got.add({ ...batch, goesOn: true });
        causes.push(...batch.rejections.map(({ cause, count }) => [cause, count]));
      }
      // As text: a difference in long arrays takes minutes to print.
      const arraysOf = (encoder: BatchEncoder): string[] => {
        const batch = encoder.finish();
        const arrays = Object.entries(batch ? batchArrays(batch.columns) : {});
        return arrays.map(([name, array]) => `${name} ${array.join()}`.slice(0, 4000));
      };
      assert.deepEqual(arraysOf(got), arraysOf(expected), `${round}`);
      const sums = (pairs: readonly unknown[]): number =>
        (pairs as [string, number][]).reduce((sum, [, count]) => sum + count, 0);
      assert.equal(sums(causes), sums(rejections.take().map(({ cause, count }) => [cause, count])));
    }
  }));

test('a file cut anywhere, or of something else, is refused', () =>
  withTemporary(async (dir) => {
    const whole = await readFile(join(GOLDEN, 'tracks.parquet'));
    for (const length of [0, 3, 11, whole.length >> 1, whole.length - 1]) {
      const path = join(dir, `cut-${length}.parquet`);
      await writeFile(path, whole.subarray(0, length));
      await assert.rejects(
        all(readParquet(path)),
        (error) => error instanceof SegueError && error.code === 'FILE_UNREADABLE',
      );
    }
  }));

test('1,500 damaged files are read or refused; none ends the process or is read for ever', async () => {
  const texts = (of: (i: number) => string): string[] => Array.from({ length: 60 }, (_, i) => of(i));
  const whole = Buffer.from(
    parquetWriteBuffer({
      columnData: [
        { name: 'uri', data: texts((i) => `spotify:track:${i}`), type: 'STRING' },
        { name: 'name', data: texts((i) => `n${i % 5}`), type: 'STRING' },
        { name: 'v', data: Array.from({ length: 60 }, (_, i) => i / 3), type: 'DOUBLE' },
      ],
      rowGroupSize: 20,
    }),
  );
  const stray: unknown[] = [];
  const hear = (reason: unknown): void => void stray.push(reason);
  process.on('unhandledRejection', hear);
  let seed = 1;
  const random = (): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  try {
    await withTemporary(async (dir) => {
      const file = join(dir, 'damaged.parquet');
      for (let round = 0; round < 1500; round++) {
        const damaged = Buffer.from(whole);
        const bytes = 1 + Math.floor(random() * 3);
        for (let b = 0; b < bytes; b++) {
          const at =
            random() < 0.7 ? damaged.length - Math.floor(random() * 700) - 1 : Math.floor(random() * damaged.length);
          damaged[at] = Math.floor(random() * 256);
        }
        await writeFile(file, damaged);
        await all(readParquet(file)).catch((error: unknown) => assert.ok(error instanceof SegueError));
      }
    });
    assert.deepEqual(stray, []);
  } finally {
    process.off('unhandledRejection', hear);
  }
});
