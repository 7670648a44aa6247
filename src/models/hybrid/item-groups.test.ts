import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transpose } from '../../math/csr.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { mainArtists } from '../artists/artist-rows.ts';
import { coldGroupOf, groupedLists, itemGroups } from './item-groups.ts';

const dataset = demoDataset({ tracks: 900, playlists: 120, seed: 5 });

test('every held track is in one group; a group of several has one owner and one artist; cold groups hold the rest by artist', () => {
  const artistOf = mainArtists(dataset);
  const { count, cold, of, members, byArtist, artist, popularity } = itemGroups(dataset, artistOf, undefined, true);
  const holders = transpose({ ...groupedLists(dataset, artistOf).lists, columns: count });
  let several = 0;
  const met = new Set<number>();
  for (let b = 0; b < count; b++) {
    const tracks = [...members.idx.subarray(members.ptr[b]!, members.ptr[b + 1]!)];
    if (tracks.length > 1 && b < cold) several++;
    if (b >= cold) {
      const listed = tracks.map((track) => dataset.tracks.popularity[track]!);
      assert.deepEqual(
        listed,
        [...listed].sort((a, c) => c - a),
      );
    }
    for (const track of tracks) {
      met.add(track);
      assert.equal(of[track], b);
      assert.equal(artistOf[track], artist[b]);
      const own = [...dataset.byTrack.idx.subarray(dataset.byTrack.ptr[track]!, dataset.byTrack.ptr[track + 1]!)];
      assert.deepEqual([...holders.idx.subarray(holders.ptr[b]!, holders.ptr[b + 1]!)], own);
      assert.equal(popularity[b], own.length);
      assert.equal(own.length === 0, b >= cold);
      if (tracks.length > 1 && b < cold) assert.equal(own.length, 1);
    }
  }
  assert.ok(several > 5, `${several} groups of several tracks`);
  for (let t = 0; t < dataset.tracks.count; t++) {
    assert.equal(of[t]! >= 0, met.has(t));
    assert.equal(met.has(t), dataset.ownersOf(t) > 0 || artistOf[t]! >= 0);
  }
  assert.equal(new Set(artist.subarray(cold)).size, count - cold, 'one cold group of an artist');
  assert.ok(count - cold > 20);
  for (let a = 0; a < dataset.artists.count; a++)
    assert.equal(coldGroupOf({ byArtist, cold }, a), artist.indexOf(a, cold));
  const sizes = new Float32Array(dataset.artists.count);
  for (const track of met) if (artistOf[track]! >= 0) sizes[artistOf[track]!]!++;
  for (let a = 0; a < dataset.artists.count; a++) {
    let sum = 0;
    for (let e = byArtist.ptr[a]!; e < byArtist.ptr[a + 1]!; e++) sum += byArtist.values![e]!;
    assert.equal(sum, sizes[a]);
  }
});
