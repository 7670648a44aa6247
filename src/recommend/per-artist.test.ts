import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf } from '../../test/support/small-dataset.ts';
import { modelQuery } from '../models/model.ts';
import { perArtistLimit } from './per-artist.ts';

const song = (n: number, artist: string) => ({
  uri: `test:track:${n}`,
  name: `Song ${n}`,
  artists: [{ name: artist }],
});
const dataset = datasetOf([song(0, 'One'), song(1, 'One'), song(2, 'Two')]);

function limitFor(seeds: number[], weights = seeds.map(() => 1), title = ''): number | undefined {
  const query = modelQuery({ seeds: Int32Array.from(seeds), weights: Float32Array.from(weights), title });
  const asked = { query, unknown: [], waiting: [], known: [], knownKeys: new Set<string>(), hasEvidence: true };
  return perArtistLimit(dataset, { perArtist: 'auto' }, asked);
}

test('auto allows three songs per artist, and any number where several seeds are all by one artist', () => {
  assert.equal(limitFor([0]), 3, 'one seed asks for songs like it');
  assert.equal(limitFor([0, 1]), undefined, 'several by one artist ask for that artist');
  assert.equal(limitFor([0, 2]), 3);
  assert.equal(limitFor([0, 1, 2], [1, 1, -1]), undefined, 'a disliked seed asks for nothing');
  assert.equal(limitFor([0, 1], [1, 1], 'road trip'), 3, 'a title asks for more than the artist');
});

test('a number is taken as it is', () => {
  const query = modelQuery({ seeds: Int32Array.of(0, 1) });
  const asked = { query, unknown: [], waiting: [], known: [], knownKeys: new Set<string>(), hasEvidence: true };
  assert.equal(perArtistLimit(dataset, { perArtist: 1 }, asked), 1);
  assert.equal(perArtistLimit(dataset, {}, asked), undefined);
});
