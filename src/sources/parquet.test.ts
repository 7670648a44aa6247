import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { withTemporary } from '../../test/support/temporary.ts';
import { SegueError } from '../errors.ts';
import { interactions } from './interactions.ts';
import { readParquet } from './parquet.ts';
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
  const [batch] = await all(tracks.read(join(GOLDEN, 'tracks.parquet')));
  const rows = batch!.tracks.map(({ uri, name, artists, features, explicit }) => [
    uri,
    name,
    artists,
    features,
    explicit,
  ]);
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
