import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FileMetaData, parquetMetadata, type RowGroup } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { boundedPages, keepingGroup, rowRanges } from './parquet-bounds.ts';

const MB = 1e6;

/** A footer of groups of so many rows, with columns of so many bytes, packed and unpacked. */
const footer = (groups: readonly (readonly [rows: number, ...unpacked: number[]])[], packed = 100): FileMetaData => ({
  ...parquetMetadata(parquetWriteBuffer({ columnData: [{ name: 'a', data: ['x'], type: 'STRING' }] })),
  num_rows: BigInt(groups.reduce((sum, [rows]) => sum + rows, 0)),
  row_groups: groups.map(
    ([rows, ...unpacked]): RowGroup =>
      ({
        num_rows: BigInt(rows),
        columns: unpacked.map((bytes) => ({
          meta_data: {
            data_page_offset: 4n,
            total_compressed_size: BigInt(packed),
            total_uncompressed_size: BigInt(bytes),
          },
        })),
      }) as unknown as RowGroup,
  ),
});
const sizes = (metadata: FileMetaData, bytes = 100 * MB): number[] =>
  rowRanges(metadata, bytes).map(({ from, to }) => to - from);

test('rows are read in ranges of bounded rows, cells and bytes, each within a group', () => {
  assert.deepEqual(
    rowRanges(
      footer([
        [3, 10],
        [0, 0],
        [2, 10],
      ]),
      MB,
    ),
    [
      { group: 0, from: 0, to: 3 },
      { group: 2, from: 3, to: 5 },
    ],
  );
  assert.deepEqual(sizes(footer([[600_000, MB]])), [250_000, 250_000, 100_000]);
  assert.deepEqual(sizes(footer([[250_000, ...new Array<number>(10).fill(MB)]])), [100_000, 100_000, 50_000]);
  assert.deepEqual(sizes(footer([[100, 50 * MB, 78 * MB]])), [50, 50]);
  assert.deepEqual(sizes(footer([[2, 30 * MB]])), [2]);
});

test('counts and sizes that cannot be are refused', () => {
  const refused = (metadata: FileMetaData, message: RegExp, bytes = 100 * MB): void =>
    assert.throws(() => rowRanges(metadata, bytes), message);
  refused(footer([[1, 20 * MB]]), /rows have 20 MB each/);
  refused(footer([[2_400_000, MB]]), /2,400,000 rows in 250,000 bytes can only repeat each other/, 250_000);
  assert.equal(sizes(footer([[2_400_000, MB]]), 300_000).length, 10);
  assert.equal(sizes(footer([[2_000_000, MB]]), 1000).length, 8, 'few rows may be as alike as they like');
  refused(footer([[1, 10]], 101), /beyond its end/, 100);
  refused({ ...footer([[3, 10]]), num_rows: 4n }, /disagree/);
  refused(footer([[200_000_000, MB]]), /impossible/);
});

test('a page that says that it unpacks to more than any has is not unpacked', () => {
  const { SNAPPY } = boundedPages({ SNAPPY: (input) => input });
  assert.equal(SNAPPY!(new Uint8Array(3), 256 * MB).length, 3);
  for (const length of [256 * MB + 1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => SNAPPY!(new Uint8Array(3), length), /unpacks to/);
});

test('what a group was read from is read once, until it is forgotten', async () => {
  const asked: string[] = [];
  const file = keepingGroup({
    byteLength: 100,
    slice(start, end) {
      asked.push(`${start}-${end}`);
      return new Uint8Array([start]).buffer;
    },
  });
  for (let range = 0; range < 3; range++) {
    assert.deepEqual(new Uint8Array(await file.slice(7, 20)), new Uint8Array([7]));
    await file.slice(90);
  }
  assert.deepEqual(asked, ['7-20', '90-100']);
  file.forget();
  await file.slice(7, 20);
  assert.deepEqual(asked, ['7-20', '90-100', '7-20']);
});
