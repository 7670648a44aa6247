import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDataset } from '../../test/support/read-dataset.ts';
import { withTemporary } from '../../test/support/temporary.ts';
import { DatasetBuilder } from './builder.ts';
import type { Dataset } from './dataset.ts';
import { encodeDataset } from './dataset-file.ts';
import { EMBEDDING_WIDTH } from './embedding-measures.ts';
import { measureAt } from './measure-tables.ts';
import { emptyBatch, type TrackRow } from './rows.ts';
import { openShared, shareDataset } from './shared-dataset.ts';
import { SOUND, SOUND_MEASURES, SOUND_WIDTH } from './sound-measures.ts';

const loud = (lufs: number): number[] => [lufs, ...new Array<number>(SOUND_WIDTH - 1).fill(Number.NaN)];
const batch = (...tracks: TrackRow[]) => ({ ...emptyBatch(), tracks });

const lufsOf = ({ tracks: { sound, count } }: Dataset): (number | null)[] =>
  Array.from({ length: count }, (_, t) => {
    const row = sound?.row[t] ?? -1;
    return row < 0 ? null : sound!.values[row * SOUND_WIDTH + SOUND.lufs]!;
  });

function build(...batches: TrackRow[][]): Dataset {
  const builder = new DatasetBuilder();
  for (const tracks of batches) builder.add(batch(...tracks));
  return builder.finish();
}

test('the places of the measures are those of the list', () => {
  for (const [id, at] of Object.entries(SOUND)) {
    const named = SOUND_MEASURES[at]!.id;
    assert.ok(named === id || named === `${id}1` || named === `${id}0`, `${id} at ${at} is ${named}`);
  }
});

test('tracks without sound have none, and a library without any has no table', () => {
  assert.equal(build([{ uri: 'a' }]).tracks.sound, undefined);
  assert.deepEqual(lufsOf(build([{ uri: 'a' }, { uri: 'b', sound: loud(-9) }, { uri: 'c' }])), [null, -9, null]);
});

test('of several measurements of a track the last one counts', () => {
  assert.deepEqual(lufsOf(build([{ uri: 'a', sound: loud(-9) }], [{ uri: 'b' }, { uri: 'a', sound: loud(-14) }])), [
    -14,
    null,
  ]);
});

test('sound survives the file, a shared copy, growing, and a view of the first tracks', () =>
  withTemporary(async (dir) => {
    const dataset = build([{ uri: 'a', sound: loud(-9) }, { uri: 'b' }, { uri: 'c', sound: loud(-12) }]);
    const file = join(dir, 'dataset.bin');
    await writeFile(file, Buffer.concat(encodeDataset(dataset)));
    assert.deepEqual(lufsOf(readDataset(file)), [-9, null, -12]);
    assert.deepEqual(lufsOf(openShared(shareDataset(dataset))), [-9, null, -12]);
    assert.deepEqual(lufsOf(dataset.firstTracks(2)), [-9, null]);
    const grown = DatasetBuilder.from(dataset);
    grown.add(batch({ uri: 'b', sound: loud(-20) }, { uri: 'd' }));
    assert.deepEqual(lufsOf(grown.finish()), [-9, -20, -12, null]);
  }));

test('tables are merged and kept apart: a track may have a row in each, in one or in none', () =>
  withTemporary(async (dir) => {
    const heard = (tag: number): number[] => [tag, ...new Array<number>(EMBEDDING_WIDTH - 1).fill(0.5)];
    const dataset = build(
      [{ uri: 'a', sound: loud(-9) }, { uri: 'b', embedding: heard(0.25) }, { uri: 'c' }],
      [
        { uri: 'a', embedding: heard(0.75) },
        { uri: 'b', embedding: heard(0.5) },
      ],
    );
    const file = join(dir, 'dataset.bin');
    await writeFile(file, Buffer.concat(encodeDataset(dataset)));
    for (const { tracks } of [dataset, readDataset(file), openShared(shareDataset(dataset))]) {
      assert.deepEqual(
        [0, 1, 2].map((t) => measureAt(tracks, 'embedding', t, 0)),
        [0.75, 0.5, Number.NaN],
      );
      assert.deepEqual(
        [0, 1, 2].map((t) => measureAt(tracks, 'embedding', t, 7)),
        [0.5, 0.5, Number.NaN],
      );
      assert.deepEqual(
        [0, 1, 2].map((t) => measureAt(tracks, 'sound', t, SOUND.lufs)),
        [-9, Number.NaN, Number.NaN],
      );
    }
  }));
