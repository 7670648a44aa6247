import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guessSource, isPersonal } from './guess-source.ts';

test('what a file holds is guessed from its heading', async () => {
  const kind = (name: string, text: string) => guessSource(new File([text], name));
  assert.equal(await kind('a.csv', 'id,name,energy,tempo\n'), 'tracks');
  assert.equal(await kind('a.csv', 'artist,genres\n'), 'artists');
  assert.equal(await kind('a.csv', 'user,track,plays\n'), 'interactions');
  assert.equal(await kind('mpd.slice.0-999.json', '{}'), 'mpd');
  assert.equal(await kind('no-ending', ' [1]'), 'mpd');
});

test('a personal export is told from the library’s files', () => {
  for (const name of [
    'Streaming_History_Audio_2020.json',
    'StreamingHistory0.json',
    'endsong_1.json',
    'Playlist1.json',
  ])
    assert.ok(isPersonal(name), name);
  for (const name of ['mpd.slice.0-999.json', 'tracks.csv', 'playlists.json']) assert.ok(!isPersonal(name), name);
});
