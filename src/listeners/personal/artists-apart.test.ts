import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { artistsApart, firstOfEachArtist } from './artists-apart.ts';

const of = (text: string): string => artistsApart([...text], (c) => (c === '.' ? '' : c)).join('');

test('songs of one artist move apart, the others keep their order, unknown artists stay', () => {
  assert.equal(of('AABCDEF'), 'ABCDEAF');
  assert.equal(of('ABCDE'), 'ABCDE');
  assert.equal(of('....'), '....');
  assert.equal(of('BAAA'), 'ABAA');
  assert.equal(of('BCAAA'), 'ABACA');
});

test('no song is lost, and no two of an artist meet where that can be avoided', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('A', 'B', 'C', 'D', ''), { maxLength: 30 }), (artists) => {
      const songs = artists.map((artist, i) => ({ artist, i }));
      const out = artistsApart(songs, ({ artist }) => artist);
      assert.deepEqual(
        out.map(({ i }) => i).sort((a, b) => a - b),
        songs.map(({ i }) => i),
      );
      const most = Math.max(0, ...['A', 'B', 'C', 'D'].map((a) => artists.filter((b) => a === b).length));
      if (2 * most <= artists.length + 1)
        for (const [i, { artist }] of out.entries())
          assert.ok(artist === '' || artist !== out[i - 1]?.artist, String(artists));
    }),
  );
});

test('each artist comes once before any comes again, and a recording once', () => {
  const songs = [
    [1, 1],
    [1, 2],
    [2, 3],
    [3, 1],
    [-1, 4],
    [-1, 5],
  ] as const;
  assert.deepEqual(
    firstOfEachArtist(
      songs,
      ([artist]) => artist,
      ([, recording]) => recording,
    ),
    [songs[0], songs[2], songs[4], songs[5], songs[1]],
  );
});
