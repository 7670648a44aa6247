import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf } from '../../../test/support/small-dataset.ts';
import { Engine } from '../engine.ts';
import { MemoryLibrary } from '../memory-library.ts';
import { foreignLink } from './foreign-links.ts';

const held = Array.from({ length: 30 }, (_, o) => ({
  id: `p:${o}`,
  title: o < 6 ? 'Hollow Coast' : 'happy',
  items: [0, 2],
}));
const dataset = datasetOf(
  [
    {
      uri: 't:0',
      name: 'Grey Harbour - Remastered 2015',
      artists: [{ name: 'The Moths' }],
      album: { name: 'Tin Roof' },
    },
    { uri: 't:1', name: 'Grey Harbour', artists: [{ name: 'Pickling' }] },
    { uri: 't:2', name: 'Lamp Song', artists: [{ name: 'The Moths' }], album: { name: 'Tin Roof' }, year: 1970 },
    { uri: 't:3', artists: [{ name: 'The Moths' }], album: { name: 'Tin Roof' } },
    { uri: 't:4', name: 'Happy', artists: [{ name: 'Somebody' }], genres: ['power pop', 'pop'] },
    { uri: 't:5', name: 'Unheard', artists: [{ name: 'Lamp Song' }] },
    { uri: 't:6', name: 'Like Pickles', artists: [{ name: 'Nobody' }] },
  ],
  held,
);
const { queries } = await Engine.open(new MemoryLibrary(dataset));

test('the famous song of a title comes first, whatever its version is called', async () => {
  assert.equal((await queries.search('grey harbour', 5)).tracks[0]!.uri, 't:0');
});

test('an artist comes with its best known songs, none without a title', async () => {
  const { artists } = await queries.search('the moths', 5);
  assert.equal(artists[0]!.name, 'The Moths');
  assert.equal(artists[0]!.tracks, 2);
  assert.deepEqual(artists[0]!.top.map((t) => t.uri).sort(), ['t:0', 't:2']);
});

test('an album is found by name, or by artist and name', async () => {
  for (const text of ['tin roof', 'the moths tin roof']) {
    const [album] = (await queries.search(text, 5)).albums;
    assert.equal(album!.name, 'Tin Roof');
    assert.deepEqual(album!.artists, ['The Moths']);
    assert.deepEqual(album!.tracks.map((t) => t.uri).sort(), ['t:0', 't:2']);
  }
});

test('a mood stands first, a name does not; a common playlist title is a mood', async () => {
  assert.deepEqual((await queries.search('happy', 5)).mood, { text: 'happy', playlists: 24, first: true });
  assert.equal((await queries.search('rainy sunday', 5)).mood?.first, true);
  assert.equal((await queries.search('Hollow Coast', 5)).mood?.first, true);
  assert.notEqual((await queries.search('the moths', 5)).mood?.first, true);
});

test('an artist stands before songs that are called the same and less known', async () => {
  const first = async (text: string): Promise<boolean | undefined> =>
    (await queries.search(text, 5)).artists.find(({ match }) => match === 1)?.first;
  assert.equal(await first('the moths'), true);
  assert.equal(await first('happy'), undefined, 'no artist has that name');
  assert.equal(await first('pickling'), true);
  assert.equal(await first('lamp song'), false, 'the song of that title is better known than what the artist sings');
});

test('"like" before an example names the example, unless a song is called so', async () => {
  for (const text of ['like pickling', 'songs similar to Pickling', 'Something like: pickling']) {
    const { tracks, artists } = await queries.search(text, 5);
    assert.equal(tracks[0]!.uri, 't:1', text);
    assert.equal(artists[0]!.name, 'Pickling', text);
    assert.equal(artists[0]!.first, true, text);
  }
  assert.equal((await queries.search('Like Pickles', 5)).tracks[0]!.uri, 't:6');
  assert.equal((await queries.search('like', 5)).tracks[0]!.uri, 't:6');
});

test('gibberish finds nothing at all', async () => {
  const { tracks, artists, albums, mood, link } = await queries.search('xqzvb wkjrt', 5);
  assert.deepEqual(
    { tracks, artists, albums, mood, link },
    { tracks: [], artists: [], albums: [], mood: null, link: null },
  );
});

test('links of other services are recognised, nothing else is', () => {
  for (const [text, service] of [
    ['https://music.apple.com/us/album/x/1?i=2', 'Apple Music'],
    ['look: https://youtu.be/dQw4w9WgXcQ', 'YouTube'],
    ['music.youtube.com/watch?v=1', 'YouTube'],
    ['https://www.deezer.com/track/1', 'Deezer'],
    ['https://tidal.com/browse/track/1', 'Tidal'],
  ])
    assert.equal(foreignLink(text!)?.service, service, text);
  for (const text of ['youtube', 'https://open.spotify.com/track/1', 'deezer.com.evil.example', 'Apple Music hits', ''])
    assert.equal(foreignLink(text), null, text);
});

test('genres come by prefix, then by word, with counts', () => {
  assert.deepEqual(queries.genres('pop', 5).genres, [
    { genre: 'pop', tracks: 1 },
    { genre: 'power pop', tracks: 1 },
  ]);
  assert.deepEqual(queries.genres('zzzz', 5).genres, []);
});
