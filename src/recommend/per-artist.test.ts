import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf } from '../../test/support/small-dataset.ts';
import { modelQuery } from '../models/model.ts';
import { perArtistLimit } from './per-artist.ts';
import type { Part } from './words/understand.ts';

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

test('auto allows any number where a title or words ask for one artist', () => {
  const listened = datasetOf(
    [song(0, 'The Ones'), song(1, 'Two')],
    Array.from({ length: 20 }, (_, o) => ({ id: `o${o}`, title: '', items: o < 19 ? [0, 1] : [0] })),
  );
  const limit = (title: string, parts: Part[] = []): number | undefined =>
    perArtistLimit(listened, { perArtist: 'auto' }, { query: modelQuery({ title }) }, { parts });
  for (const title of ['the ones', 'Best of The Ones', 'This Is: The Ones!', 'songs by the ones'])
    assert.equal(limit(title), undefined, title);
  assert.equal(limit('The Ones and others'), 3, 'the title says more');
  assert.equal(limit('best of'), 3, 'no artist is named');
  assert.equal(limit('Best of Two'), 3, 'an artist of too few owners may be a word');
  const demand = { kind: 'artist', artists: [1], how: 'only' } as const;
  const part: Part = { id: 'artist:only:two', label: 'By Two', from: 0, to: 6, evidence: true, demand };
  assert.equal(limit('by two', [part]), undefined);
  assert.equal(limit('like two', [{ ...part, demand: { ...demand, how: 'like' } }]), 3);
});

test('a number is taken as it is', () => {
  const query = modelQuery({ seeds: Int32Array.of(0, 1) });
  const asked = { query, unknown: [], waiting: [], known: [], knownKeys: new Set<string>(), hasEvidence: true };
  assert.equal(perArtistLimit(dataset, { perArtist: 1 }, asked), 1);
  assert.equal(perArtistLimit(dataset, {}, asked), undefined);
});
