import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Vocabulary } from '../dataset/vocabulary.ts';
import { canonicalTrackId, findTrack, parseSpotify } from './track-id.ts';

const ID = '4uLU6hMCjMI75M1A2tKUQC';

test('every form in which Spotify names a track leads to its URI', () => {
  for (const text of [
    ID,
    ` ${ID} `,
    `spotify:track:${ID}`,
    `https://open.spotify.com/track/${ID}`,
    `https://open.spotify.com/track/${ID}?si=0a1b2c&nd=1`,
    `http://open.spotify.com/intl-de/track/${ID}/`,
    `open.spotify.com/embed/track/${ID}#top`,
    `https://play.spotify.com/track/${ID}`,
  ])
    assert.equal(canonicalTrackId(text), `spotify:track:${ID}`, text);
});

test('playlists, albums and artists are told apart, and other text is left alone', () => {
  assert.deepEqual(parseSpotify(`https://open.spotify.com/user/someone/playlist/${ID}`), {
    kind: 'playlist',
    uri: `spotify:playlist:${ID}`,
  });
  assert.equal(parseSpotify(`spotify:user:someone:playlist:${ID}`)?.kind, 'playlist');
  assert.equal(parseSpotify(`spotify:artist:${ID}`)?.kind, 'artist');
  assert.equal(parseSpotify(`https://open.spotify.com.evil.example/track/${ID}`), null);
  assert.equal(parseSpotify('https://example.com/track/1'), null);
  assert.equal(canonicalTrackId('lastfm:42'), 'lastfm:42');
});

test('tracks are found by URI, link and id, and by ids of other sources', () => {
  const vocabulary = Vocabulary.from(['lastfm:42', `spotify:track:${ID}`]);
  assert.equal(findTrack(vocabulary, ID), 1);
  assert.equal(findTrack(vocabulary, `https://open.spotify.com/track/${ID}`), 1);
  assert.equal(findTrack(vocabulary, 'lastfm:42'), 0);
  assert.equal(findTrack(vocabulary, 'lastfm:43'), -1);
  assert.equal(findTrack(vocabulary, ''), -1);
});
