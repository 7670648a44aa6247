import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idsIn } from './fetch.ts';

const ID = '0123456789abcdefghijAB';

test('ids are read from bare lines, URIs and links, each of its kind alone', () => {
  const text = [
    ID,
    `spotify:track:${ID}`,
    `https://open.spotify.com/track/${ID}?si=x`,
    `spotify:artist:${ID}`,
    `${ID}x`,
    'demo:track:7',
    '',
  ].join('\n');
  assert.deepEqual(idsIn(text, 'tracks'), [ID, ID, ID]);
  assert.deepEqual(idsIn(text, 'artists'), [ID, ID]);
});
