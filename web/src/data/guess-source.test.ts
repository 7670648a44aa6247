import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guessSource, isData, isPersonal, isSongList } from './guess-source.ts';

test('what a file holds is guessed from its heading', async () => {
  const kind = (name: string, text: string) => guessSource(new File([text], name));
  assert.equal(await kind('a.csv', 'id,name,energy,tempo\n'), 'tracks');
  assert.equal(await kind('a.csv', 'artist,genres\n'), 'artists');
  assert.equal(await kind('a.csv', 'user,track,plays\n'), 'interactions');
  assert.equal(await kind('mpd.slice.0-999.json', '{}'), 'mpd');
  assert.equal(await kind('no-ending', ' [1]'), 'mpd');
});

test('a file that cannot hold rows is told from one that may', async () => {
  const may = (name: string, text: string) => isData(new File([text], name));
  for (const [name, text] of [
    ['a.csv', ''],
    ['packed.csv.gz', '\x1f\x8b\0\0'],
    ['no-ending', 'user,track,plays\n'],
    ['no-ending', ' {"playlists": []}'],
    ['a.data', 'user\ttrack\n'],
  ] as const)
    assert.ok(await may(name, text), name);
  for (const [name, text] of [
    ['holiday.jpg', '\xff\xd8\xff\xe0\0\x10JFIF,\0'],
    ['song.mp3', 'ID3\x04\0\0,'],
    ['notes.md', '# Things to do\n'],
  ] as const)
    assert.ok(!(await may(name, text)), name);
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

test('a list of songs is told from data about songs and listeners', async () => {
  const isList = (name: string, text: string) => isSongList(new File([text], name));
  for (const [name, text] of [
    ['list.m3u8', '#EXTM3U'],
    ['songs.txt', 'Queen - Under Pressure'],
    ['songs.csv', 'Artist,Title\n'],
    ['songs.csv', 'track_name,artist_name\n'],
    ['songs.csv', '"Track name","Artist name","Album"\n'],
  ] as const)
    assert.ok(await isList(name, text), text);
  for (const [name, text] of [
    ['a.csv', 'id,name,artists,energy,tempo\n'],
    ['a.csv', 'user,artist,track,plays\n'],
    ['artists.csv', 'artist,genres\n'],
    ['user_artists.dat', 'userID\tartistID\tweight\n'],
    ['train_triplets.csv', 'a1\tb2\t3\n'],
    ['a.json', '[{}]'],
    ['train.txt', '0 12 45 7'],
    ['train_triplets.txt', 'a1\tb2\t3'],
  ] as const)
    assert.ok(!(await isList(name, text)), text);
});
