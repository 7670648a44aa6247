import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf, randomDataset } from '../../test/support/small-dataset.ts';
import { Engine } from '../recommend/engine.ts';
import { MemoryLibrary } from '../recommend/memory-library.ts';
import { Explorer } from './explorer.ts';

test('the map lies in the square, its columns are aligned, and it is made once', async () => {
  const explorer = new Explorer(await Engine.open(new MemoryLibrary(randomDataset(1))));
  const map = await explorer.map();
  const { header, points } = map;
  for (const column of header.columns) assert.equal(column.offset % 8, 0);
  const x = new Float32Array(points.buffer, points.byteOffset, header.count);
  assert.ok(x.every((value) => value >= -1 && value <= 1));
  assert.equal(await explorer.map(), map);
});

test('a catalogue of one track has a map', async () => {
  const library = new MemoryLibrary(datasetOf([{ uri: 'a:1', name: 'Only', artists: [{ name: 'One' }] }]));
  assert.equal((await new Explorer(await Engine.open(library)).map()).header.count, 1);
});
