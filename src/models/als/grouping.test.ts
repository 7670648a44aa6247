import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DatasetBuilder } from '../../dataset/builder.ts';
import { fromRows } from '../../math/csr.ts';
import { withArtists } from './artists.ts';
import { groupTracks } from './grouping.ts';

test('tracks of one and the same owner become one column that counts several times', () => {
  // 0 and 4 belong only to owner 0, 5 only to owner 1, and 6 to nobody.
  const matrix = fromRows(
    [
      [4, 1, 0, 2],
      [2, 5, 1],
      [1, 3],
      [3, 2],
    ],
    7,
  );
  const { matrix: grouped, columnOf, sizes } = groupTracks(matrix, 4, null, false);
  assert.deepEqual([...columnOf], [0, 1, 2, 3, 0, 4, -1]);
  assert.deepEqual([...sizes], [2, 1, 1, 1, 1]);
  assert.deepEqual([...grouped.ptr], [0, 3, 6, 8, 10]);
  assert.deepEqual([...grouped.idx], [0, 1, 2, 2, 4, 1, 1, 3, 3, 2]);
  assert.deepEqual([...grouped.values!], [2, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
});

test('entries with weights of their own stay apart', () => {
  const matrix = { ...fromRows([[0, 1]], 2), values: Float32Array.of(0.5, 2) };
  const { matrix: grouped, columnOf } = groupTracks(matrix, 1, null, true);
  assert.deepEqual([...columnOf], [0, 1]);
  assert.deepEqual([...grouped.values!], [0.5, 2]);
});

test('artists become lists, and only tracks of one owner and one artist are grouped', () => {
  const builder = new DatasetBuilder();
  const artists = ['a', 'a', 'a', 'b', 'b', 'c', 'a'];
  builder.add({
    tracks: artists.map((name, t) => ({ uri: `t:${t}`, artists: [{ name }] })),
    artists: [],
    // Nobody holds 6; c has only one track.
    owners: [
      { id: 'u', kind: 'playlist', items: [0, 1, 2, 3, 5] },
      { id: 'v', kind: 'playlist', items: [0, 4] },
    ],
    rejections: [],
  });
  const d = builder.finish();
  const whole = withArtists(d.byOwner, d, 0.5);
  assert.deepEqual([...whole.ptr], [0, 5, 7, 10, 12]);
  assert.deepEqual([...whole.idx], [0, 1, 2, 3, 5, 0, 4, 0, 1, 2, 3, 4]);
  assert.deepEqual([...whole.values!.subarray(7)], [0.5, 0.5, 0.5, 0.5, 0.5]);
  const labels = Array.from({ length: 7 }, (_, t) => d.mainArtist(t));
  const { columnOf, matrix } = groupTracks(whole, 2, labels, false);
  assert.deepEqual([...columnOf], [0, 1, 1, 2, 3, 4, -1]);
  assert.deepEqual([...matrix.ptr], [0, 4, 6, 8, 10]);
  assert.deepEqual([...matrix.values!], [1, 2, 1, 1, 1, 1, 0.5, 1, 0.5, 0.5]);
  assert.equal(withArtists(d.byOwner, d, 0), d.byOwner);
});
