import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf } from '../../test/support/small-dataset.ts';
import { modelQuery } from '../models/model.ts';
import { bridgeReason } from './bridge-reason.ts';

// Track 0 is the seed; 1 shares two playlists with it, 2 shares one; 3 shares two with 1 and two with 2, none with 0; 4 stands alone.
const dataset = datasetOf(
  [0, 1, 2, 3, 4].map((t) => ({ uri: `test:track:${t}`, name: `Song ${t}`, artists: [{ name: `Artist ${t}` }] })),
  [[0, 1], [0, 1, 2], [1, 3], [1, 2, 3], [2, 3], [4]].map((items, o) => ({ id: `test:playlist:${o}`, items })),
);
const name = (track: number): string => `“${dataset.tracks.names.get(track)}”`;

test('a song beyond the seeds’ neighbours names the song in between, with both counts', () => {
  const [reason] = bridgeReason(dataset, modelQuery({ seeds: [0] }), 3);
  assert.equal(reason!.text, `Shares 2 playlists with ${name(1)}, which shares 2 with ${name(0)}`);
  assert.deepEqual(reason!.tracks, [1, 0]);
});

test('one playlist is one; barred songs and disliked seeds are no way; a song alone has no reason', () => {
  const [without] = bridgeReason(dataset, modelQuery({ seeds: [0], exclude: new Set([1]) }), 3);
  assert.equal(without!.text, `Shares 2 playlists with ${name(2)}, which shares 1 with ${name(0)}`);
  assert.deepEqual(bridgeReason(dataset, modelQuery({ seeds: [0], weights: [-1] }), 3), []);
  assert.deepEqual(bridgeReason(dataset, modelQuery({ seeds: [0] }), 4), []);
});
