import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf } from '../../test/support/small-dataset.ts';
import { Rng } from '../math/rng.ts';
import { modelQuery } from '../models/model.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { bridgeReason } from './bridge-reason.ts';

// Track 0 is the seed; 1 shares two playlists with it, 2 shares one; 3 shares two with 1 and two with 2, none with 0; 4 shares none with any.
const dataset = datasetOf(
  [0, 1, 2, 3, 4].map((t) => ({ uri: `test:track:${t}`, name: `Song ${t}`, artists: [{ name: `Artist ${t}` }] })),
  [[0, 1], [0, 1, 2], [1, 3], [1, 2, 3], [2, 3], [4]].map((items, o) => ({ id: `test:playlist:${o}`, items })),
);
const name = (track: number): string => `“${dataset.tracks.names.get(track)}”`;

test('a song beyond the seeds’ neighbours names the song in between, with both counts', () => {
  const [reason] = bridgeReason(dataset, modelQuery({ seeds: [0] }), 3);
  assert.equal(reason!.text, `Shares 2 playlists with ${name(1)}, which shares 2 with ${name(0)}`);
  assert.deepEqual(reason!.tracks, [1, 0]);
});

test('one playlist is one; barred songs and disliked seeds are no way; a song alone has no reason', () => {
  const [without] = bridgeReason(dataset, modelQuery({ seeds: [0], exclude: new Set([1]) }), 3);
  assert.equal(without!.text, `Shares 2 playlists with ${name(2)}, which shares 1 with ${name(0)}`);
  assert.deepEqual(bridgeReason(dataset, modelQuery({ seeds: [0], weights: [-1] }), 3), []);
  assert.deepEqual(bridgeReason(dataset, modelQuery({ seeds: [0] }), 4), []);
});

test('the song in between is the one that a search over all sets of owners finds', () => {
  const demo = demoDataset({ tracks: 150, playlists: 60, seed: 11 });
  const rng = new Rng(7);
  const ownersOf = (t: number) => new Set(demo.byTrack.idx.subarray(demo.byTrack.ptr[t]!, demo.byTrack.ptr[t + 1]!));
  const both = (a: number, b: number): number => [...ownersOf(a)].filter((owner) => ownersOf(b).has(owner)).length;
  let found = 0;
  for (let round = 0; round < 40; round++) {
    const [track, ...seeds] = [...new Set(Array.from({ length: 5 }, () => rng.below(demo.tracks.count)))];
    const ways = Array.from({ length: demo.tracks.count }, (_, song) => ({ song, count: both(song, track!) }))
      .filter(({ song, count }) => count > 0 && song !== track && !seeds.includes(song))
      .sort((a, b) => b.count - a.count || a.song - b.song)
      .slice(0, 30);
    const all = ways.flatMap(({ song, count }) =>
      seeds.map((seed) => ({ song, seed, count, further: both(song, seed) })),
    );
    const strength = ({ count, further }: (typeof all)[number]): number => Math.min(count, further);
    const [best] = all.sort((a, b) => strength(b) - strength(a) || b.count + b.further - a.count - a.further);
    const [reason] = bridgeReason(demo, modelQuery({ seeds }), track!);
    assert.deepEqual(reason?.tracks, best && strength(best) > 0 ? [best.song, best.seed] : undefined);
    if (reason) found++;
  }
  assert.ok(found > 20, `${found} songs have one`);
});
