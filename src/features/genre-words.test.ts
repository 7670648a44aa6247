import assert from 'node:assert/strict';
import { test } from 'node:test';
import { genreText } from './explain.ts';
import { genreWords } from './genre-words.ts';

test('abbreviations and peoples in genres have their capitals, other words stay', () => {
  for (const [genre, words] of [
    ['r&b', 'R&B'],
    ['canadian contemporary r&b', 'Canadian contemporary R&B'],
    ['uk garage', 'UK garage'],
    ['pop edm', 'pop EDM'],
    ['k-pop girl group', 'K-pop girl group'],
    ['g funk', 'G funk'],
    ['nyc rap', 'NYC rap'],
    ['no wave', 'no wave'],
    ['music', 'music'],
    ['ukulele', 'ukulele'],
    ['latin jazz', 'Latin jazz'],
    ['thailand pop', 'thailand pop'],
    ['new orleans jazz', 'New Orleans jazz'],
    ['chicagoan rap', 'chicagoan rap'],
    ['east coast hip hop', 'East Coast hip hop'],
    ['la indie', 'LA indie'],
    ['la musique', 'la musique'],
  ])
    assert.equal(genreWords(genre!), words);
  assert.equal(genreText(['r&b', 'uk soul'], 1), 'R&B and UK soul, like your song');
  assert.equal(genreText(['soul', 'r&b'], 2), 'Soul and R&B, like your songs');
});
