import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesOfPath, songTags } from './tags.ts';

test('names of files without tags', () => {
  for (const [path, artist, title] of [
    ['Ann/One/01 First Song.mp3', 'Ann', 'First Song'],
    ['Ann/One/01. First Song.mp3', 'Ann', 'First Song'],
    ['Ann/One/1-07 - First_Song.flac', 'Ann', 'First Song'],
    ['Ann - First Song.ogg', 'Ann', 'First Song'],
    ['x/03 - Ann - First - Song.ogg', 'Ann', 'First - Song'],
    ['Ann/One/1999.mp3', 'Ann', '1999'],
    ['Ann/One/99 Red Balloons.mp3', 'Ann', 'Red Balloons'],
    ['loose.mp3', undefined, 'loose'],
  ] as const)
    assert.deepEqual(namesOfPath(path), { title, artists: artist === undefined ? [] : [artist] }, path);
});

const tags = (common: object, format: object = {}) =>
  songTags({ common, format } as unknown as Parameters<typeof songTags>[0], 'Folder/Album/02 Name.mp3');

test('tags are cleaned: lists split, ids checked, years believed within reason', () => {
  const read = tags(
    {
      title: ' Song\0',
      artists: ['Ann', 'Bob', 'Ann'],
      artist: 'Ann feat. Bob',
      album: ' ',
      year: 2011,
      originalyear: 1974,
      genre: ['Rock;Pop', 'Soul / Funk', 'R&B/Soul'],
      musicbrainz_recordingid: '8F3471B5-7E6A-48DA-86A9-C1C07A0F47AE',
      isrc: ['gb-aye-69-00001'],
    },
    { duration: 61.5 },
  );
  assert.deepEqual(read, {
    title: 'Song',
    artists: ['Ann', 'Bob'],
    year: 1974,
    genres: ['Rock', 'Pop', 'Soul', 'Funk', 'R&B/Soul'],
    mbid: '8f3471b5-7e6a-48da-86a9-c1c07a0f47ae',
    isrc: 'GBAYE6900001',
    durationMs: 61_500,
  });
  assert.deepEqual(tags({ title: 'A', artist: 'B', musicbrainz_recordingid: 'x', isrc: ['1'], year: 9 }), {
    title: 'A',
    artists: ['B'],
    durationMs: -1,
  });
});

test('a title of the tags is never joined with an artist of the path', () => {
  assert.deepEqual(tags({ title: 'A' }).artists, []);
  assert.deepEqual(tags({ title: 'A', albumartist: 'Ann' }).artists, ['Ann']);
  assert.deepEqual(tags({}), { title: 'Name', artists: ['Folder'], durationMs: -1 });
});
