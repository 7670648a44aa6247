import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { datasetOf } from '../../../test/support/small-dataset.ts';
import { normaliseName } from '../../dataset/normalise.ts';
import { GenreCounts } from '../search/genre-counts.ts';
import { GenrePhrases } from './genre-phrases.ts';
import { type Part, understand } from './understand.ts';

const GENRES = ['rock', 'album rock', 'hip hop', 'southern hip hop', 'jazz', 'drum and bass', 'r&b', 'new wave'];
const catalogue = datasetOf(
  GENRES.map((genre, i) => ({ uri: `t:${i}`, name: `Song ${i}`, artists: [{ name: `A${i}` }], genres: [genre] })),
);
const ARTISTS = ['Radiohead', 'The Beatles', 'Guns N’ Roses', 'AC/DC', 'Wham!', 'The 1975'].map(normaliseName);
const words = {
  genres: new GenrePhrases(new GenreCounts(catalogue)),
  artistsNamed: (name: string) => {
    const at = ARTISTS.indexOf(normaliseName(name));
    return at < 0 ? [] : [at];
  },
};
const read = (text: string): Part[] => understand(text, words);
const ids = (text: string): string[] => read(text).map(({ id }) => id);

test('a sentence becomes its demands, each with its place in the text', () => {
  const text = 'energetic 90s rock for running, no hip-hop';
  const parts = read(text);
  assert.deepEqual(
    parts.map(({ id, label }) => [id, label]),
    [
      ['mood:energetic', 'Energetic'],
      ['years:1990-1999', '1990–1999'],
      ['genre:rock', 'Rock'],
      ['mood:running', 'Running'],
      ['-genre:hip hop', 'No hip hop'],
    ],
  );
  assert.deepEqual(
    parts.map(({ from, to }) => text.slice(from, to)),
    ['energetic', '90s', 'rock', 'running', 'no hip-hop'],
  );
});

test('years as people write them', () => {
  for (const [text, id] of [
    ['1994', 'years:1994-1994'],
    ['songs from 2016', 'years:2016-2016'],
    ["'80s", 'years:1980-1989'],
    ['1980’s', 'years:1980-1989'],
    ['00s', 'years:2000-2009'],
    ['10s', 'years:2010-2019'],
    ['eighties', 'years:1980-1989'],
    ['early 90s', 'years:1990-1994'],
    ['late seventies', 'years:1975-1979'],
    ['1990-1995', 'years:1990-1995'],
    ['from 1990 to 1995', 'years:1990-1995'],
    ['between 1990 and 1995', 'years:1990-1995'],
    ['60s and 70s', 'years:1960-1979'],
    ['since the 90s', 'years:1990-'],
    ['after 2010', 'years:2011-'],
    ['before 1980', 'years:-1979'],
    ['until 1980', 'years:-1980'],
  ])
    assert.deepEqual(ids(text!), [id], text);
  assert.deepEqual(ids('since forever, 12345 days, room 101'), []);
  // The later year first is not a range.
  assert.deepEqual(ids('1999 1990'), ['years:1999-1999', 'years:1990-1990']);
});

test('genres by their ending, however their words are joined', () => {
  const [rock] = read('rock');
  assert.deepEqual(rock!.demand, { kind: 'genre', genres: ['album rock', 'rock'], never: false });
  assert.deepEqual(ids('hiphop, hip hop and hip-hop'), ['genre:hiphop', 'genre:hip hop', 'genre:hip hop']);
  assert.deepEqual(ids('RnB or R&B; dnb'), ['genre:rnb', 'genre:r b', 'genre:dnb']);
  assert.deepEqual(ids('new wave, not new music'), ['genre:new wave']);
  assert.deepEqual(ids('album southern wave'), [], 'a beginning, or an ending of few genres, names none');
});

test('tempo in beats a minute; a bare number is none', () => {
  assert.deepEqual(ids('120 bpm'), ['tempo:116-124']);
  assert.deepEqual(ids('120bpm'), ['tempo:116-124']);
  assert.deepEqual(ids('120-140 BPM'), ['tempo:120-140']);
  assert.deepEqual(ids('120 to 140bpm'), ['tempo:120-140']);
  assert.deepEqual(ids('blink 182, 120, 500 bpm'), []);
});

test('artists: only by, like, without; several at once; never a word alone', () => {
  assert.deepEqual(ids('by radiohead'), ['artist:only:radiohead']);
  assert.deepEqual(ids('similar to Beatles'), ['artist:like:beatles']);
  assert.deepEqual(ids('something like AC/DC, Guns N’ Roses and radiohead but sad'), [
    'artist:like:ac/dc',
    'artist:like:guns n’ roses',
    'artist:like:radiohead',
    'mood:sad',
  ]);
  assert.deepEqual(ids('wham! without Wham!'), ['artist:never:wham']);
  assert.deepEqual(ids('like the 1975'), ['artist:like:the 1975']);
  assert.deepEqual(ids('radiohead'), []);
  assert.deepEqual(ids('like nobody else'), []);
});

test('negations turn moods round and stay out of the title', () => {
  const [slow] = read('not too slow');
  assert.deepEqual(slow!.demand, { kind: 'mood', bounds: [{ feature: 'tempo', from: 100 }] });
  assert.equal(slow!.evidence, false);
  assert.deepEqual(ids('no explicit songs'), ['explicit:false']);
  assert.deepEqual(ids('clean jazz'), ['explicit:false', 'genre:jazz']);
});

test('any text is read, and every part lies in it, behind the one before', () => {
  const unit = fc.constantFrom(
    '90s ',
    'no ',
    'like ',
    'rock ',
    '120 ',
    'bpm ',
    'Wham! ',
    '🎸',
    'between ',
    ', ',
    "'",
    'é',
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
      let end = 0;
      for (const { from, to } of read(text)) {
        assert.ok(from >= end && to > from && to <= text.length);
        end = to;
      }
    }),
  );
});
