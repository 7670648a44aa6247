import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StringColumn } from '../../dataset/strings.ts';
import { TitleIndex } from './title-index.ts';
import { titleKey, titleTerms } from './title-terms.ts';

const key = (title: string): string => titleTerms(title).key;

test('titles that people mean alike have one key', () => {
  assert.equal(key('Road Trip!'), key('roadtrip'));
  assert.equal(key("80's"), key('1980s'));
  assert.equal(key('80s songs'), key('80s song'));
  assert.equal(key('Café'), key('cafe'));
  assert.notEqual(key('80s'), key('90s'));
  assert.notEqual(key('bass'), key('ba'));
});

test('pictographs are words; a title of signs alone is empty', () => {
  assert.ok(titleTerms('🔥 gym').words.includes('🔥'));
  assert.equal(key('🔥'), '🔥');
  assert.equal(key('!!!'), '');
});

test('the key alone is that of the terms', () => {
  const names = [
    'Road Trip!',
    "80's & 1990s",
    '1985',
    'Café — Songs',
    '🔥',
    '!!!',
    '',
    'AC/DC',
    '東京 2020s',
    '2x4s',
    "Rock'n'Roll",
  ];
  for (const name of names) assert.equal(titleKey(name), key(name), name);
});

const titles = ['road trip', 'Roadtrip', 'workout', 'gym workout 🔥', '', 'sleepy piano', '🔥'];
const index = new TitleIndex(StringColumn.from(titles));
const ranked = (title: string): string[] => {
  const { count, owners, weights } = index.neighbours(title, 1);
  return Array.from({ length: count }, (_, i) => ({ title: titles[owners[i]!]!, weight: weights[i]! }))
    .sort((a, b) => b.weight - a.weight)
    .map((n) => n.title);
};

test('equal titles come first, typos and emoji still meet something', () => {
  assert.deepEqual(ranked('ROAD-TRIP').slice(0, 2).map(key), ['roadtrip', 'roadtrip']);
  assert.equal(ranked('workuot')[0], 'workout');
  assert.equal(ranked('🔥')[0], '🔥');
  assert.deepEqual(ranked(''), []);
  assert.deepEqual(ranked('zzz qqq'), []);
});

test('an equal title has similarity 1', () => {
  const { weights, count } = index.neighbours('sleepy piano', 1);
  assert.ok(Math.abs(Math.max(...weights.subarray(0, count)) - 1) < 1e-5);
});

test('counts the distinct titles that contain a word', () => {
  assert.equal(index.titlesWith('workouts'), 2);
  assert.equal(index.titlesWith('piano'), 1);
  assert.equal(index.titlesWith('drake'), 0);
  assert.equal(index.titlesWith('!!!'), 0);
});
