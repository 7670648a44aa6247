import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../math/rng.ts';
import { ListsBuilder } from './lists-builder.ts';
import { normaliseName } from './normalise.ts';
import { linkSongs } from './songs.ts';
import { runSteps } from './steps.ts';
import { StringColumn } from './strings.ts';

interface Track {
  readonly name: string;
  readonly artist: number;
  readonly durationMs: number;
}

function link(tracks: readonly Track[]): { song: Int32Array; linked: number } {
  const artists = new ListsBuilder();
  for (const { artist } of tracks) {
    if (artist >= 0) artists.add(artist);
    artists.close();
  }
  const durations = Int32Array.from(tracks, ({ durationMs }) => durationMs);
  return runSteps(linkSongs(StringColumn.from(tracks.map(({ name }) => name)), artists.finish(), durations));
}

/** The oracle: each track is compared with all songs before it. */
function linkNaively(tracks: readonly Track[]): number[] {
  const song: number[] = [];
  for (const [i, { name, artist, durationMs }] of tracks.entries()) {
    const fits = (j: number): boolean =>
      song[j] === j &&
      tracks[j]!.artist === artist &&
      normaliseName(tracks[j]!.name) === normaliseName(name) &&
      (durationMs < 0 || tracks[j]!.durationMs < 0 || Math.abs(durationMs - tracks[j]!.durationMs) <= 2000);
    const known = name !== '' && artist >= 0 ? tracks.slice(0, i).findIndex((_, j) => fits(j)) : -1;
    song.push(known < 0 ? i : known);
  }
  return song;
}

test('links what a comparison of all pairs links: artists, titles, durations', () => {
  const rng = new Rng(8);
  const names = ['Intro', 'INTRO', 'Outro', 'Ōutro', 'Song', ''];
  for (let round = 0; round < 300; round++) {
    const [artists, durations] = [1 + rng.below(4), 1 + rng.below(30)];
    const tracks = Array.from({ length: rng.below(60) }, () => ({
      name: names[rng.below(names.length)]!,
      artist: rng.below(artists + 1) - 1,
      durationMs: rng.uniform() < 0.1 ? -1 : 1 + 1000 * rng.below(durations) + rng.below(3),
    }));
    const expected = linkNaively(tracks);
    const { song, linked } = link(tracks);
    assert.deepEqual([...song], expected);
    assert.equal(linked, expected.filter((first, i) => first !== i).length);
  }
});

test('an artist may have a hundred thousand versions of one title: none is compared with all', () => {
  // By comparing all, this would be five billion steps.
  const tracks = Array.from({ length: 100_000 }, (_, i) => ({ name: 'S', artist: 0, durationMs: 1 + 3000 * i }));
  const { song, linked } = link([...tracks, { name: 'S', artist: 0, durationMs: 1 + 3000 * 99_998 }]);
  assert.equal(linked, 1);
  assert.equal(song[100_000], 99_998);
});
