import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparedWith, readsLike, sharedWords } from './alike-titles.ts';

const alike: readonly (readonly [string, string])[] = [
  ['rainy sunday', 'Sundays'],
  ['rainy sunday', 'rain'],
  ['christmas', 'chrismas'],
  ['80s synth', "1980's hits"],
  ['beach ☀️', '☀️☀️'],
  ['R & B', 'r and b'],
  ['夏 2017', '夏'],
];
const apart: readonly (readonly [string, string])[] = [
  ['rainy sunday', 'Tsunami'],
  ['rainy sunday', 'beach day!!!'],
  ['my mix', 'the mix'],
  ['music for the road', 'music for sleeping'],
  ['best of drake', 'Best of 2014'],
  ['', 'anything'],
  ['summer', ''],
];

for (const [title, other] of alike)
  test(`“${title}” reads like “${other}”`, () => {
    assert.equal(readsLike(title)(other), true);
    assert.equal(readsLike(other)(title), true);
  });
for (const [title, other] of apart)
  test(`“${title}” does not read like “${other}”`, () => assert.equal(readsLike(title)(other), false));

test('a comparison that is kept answers as a new one does, for one title after another', () => {
  for (const title of ['rainy sunday', 'christmas', 'rainy sunday'])
    for (const other of ['Sundays', 'chrismas', 'Sundays', 'rain']) {
      assert.equal(comparedWith(title).isAlike(other), readsLike(title)(other));
      assert.deepEqual(comparedWith(title).wordsIn(other), sharedWords(title)(other));
    }
});
