import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreignLink } from './foreign-links.ts';

test('links of other services are named; everything else is left alone', () => {
  for (const [link, service] of [
    ['https://music.apple.com/us/album/x/1?i=2', 'Apple Music'],
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'YouTube'],
    ['youtu.be/dQw4w9WgXcQ', 'YouTube'],
    ['https://music.youtube.com/watch?v=x', 'YouTube'],
    ['https://www.deezer.com/track/1', 'Deezer'],
    ['https://tidal.com/browse/track/1', 'Tidal'],
  ] as const)
    assert.match(foreignLink(link) ?? '', new RegExp(`link to ${service}`), link);
  for (const text of [
    'https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC',
    'rainy sunday',
    'tidal',
    'youtube.com songs I love',
    'https://nottidal.com/x',
    'demo:track:1',
    '',
  ])
    assert.equal(foreignLink(text), null, text);
});
