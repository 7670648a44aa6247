import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset } from '../../dataset/dataset.ts';
import { artistNames, useArtistNames } from './artist-names.ts';
import { TitleEntityIndex } from './title-entity-index.ts';

const artists = ['Drake', 'Nick Drake', 'The Beatles', 'U2', 'Nobody', 'Sunday', 'Sunday Drivers'];
const genres = ['country', 'texas country', 'hip hop'];
const dataset = {
  artists: { names: { get: (a: number) => artists[a]! } },
  genres: { size: genres.length, id: (g: number) => genres[g]! },
} as unknown as Dataset;
const entries = Float32Array.of(5, 2, 9, 3, 0, 4, 1);
const indexOf = (of: Dataset): TitleEntityIndex =>
  new TitleEntityIndex(of, entries, (word) => (word === 'sunday' ? 5 : 0));
const index = indexOf(dataset);
const found = (title: string, by = index): unknown => {
  const named = by.find(title);
  return { artists: [...named.artists], genres: [...named.genres] };
};

test('artists and genres in a title, with their share of its words', () => {
  assert.deepEqual(found('Best of DRAKE!'), { artists: [[0, 1 / 3]], genres: [] });
  assert.deepEqual(found('nick drake'), {
    artists: [
      [0, 1 / 2],
      [1, 1],
    ],
    genres: [],
  });
  assert.deepEqual(found('Texas Country'), {
    artists: [],
    genres: [
      [0, 1 / 2],
      [1, 1],
    ],
  });
  assert.deepEqual(found('the beatles & hip hop'), { artists: [[2, 2 / 5]], genres: [[2, 2 / 5]] });
});

test('short names, unheld artists and titles without words name nothing', () => {
  for (const title of ['u2', 'nobody', '', '🎉🎉', 'x'.repeat(10_000)])
    assert.deepEqual(found(title), { artists: [], genres: [] });
});

test('a word that more titles contain than the artist has entries is no name, unless it is part of a longer one', () => {
  assert.deepEqual(found('rainy sunday'), { artists: [], genres: [] });
  assert.deepEqual(found('sunday drivers'), { artists: [[6, 1]], genres: [] });
});

test('artists of one name are all named; names that another thread read are looked up as they came', () => {
  const twice = [...artists.slice(0, -1), 'DRAKE'];
  const catalogue = { ...dataset, artists: { names: { get: (a: number) => twice[a]! } } } as unknown as Dataset;
  const others = { ...catalogue, artists: { names: { get: () => 'unread' } } } as unknown as Dataset;
  useArtistNames(others, structuredClone(artistNames(catalogue, entries)));
  for (const by of [indexOf(catalogue), indexOf(others)])
    assert.deepEqual(found('nick drake', by), {
      artists: [
        [0, 1 / 2],
        [6, 1 / 2],
        [1, 1],
      ],
      genres: [],
    });
});
