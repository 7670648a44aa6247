import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomDataset } from '../../../test/support/small-dataset.ts';
import { type SharedDataset, shareDataset } from '../../dataset/shared-dataset.ts';
import { Resolver } from '../../listeners/resolve/resolver.ts';
import { artistNames } from '../../recommend/describe.ts';
import { OwnSongs } from './own-songs.ts';

test('the thread matches the same songs as this one, against the current catalogue', async (t) => {
  const [before, now] = [randomDataset(3, 40, 20), randomDataset(4, 60, 20)];
  let shared: SharedDataset = shareDataset(before);
  const ownSongs = new OwnSongs({ dataset: async () => shared });
  t.after(() => ownSongs.close());
  const songs = [before, now].flatMap((dataset) =>
    Array.from({ length: 20 }, (_, track) => ({
      title: `${dataset.tracks.names.get(track)}${track % 2 ? '' : 'x'}`,
      artists: artistNames(dataset, track),
    })),
  );
  const expected = await (await Resolver.build(before)).match(songs);
  assert.ok(expected.some(({ song }) => song) && expected.some(({ song }) => !song));
  const asked = ownSongs.match(songs);
  const again = ownSongs.match(songs.slice(0, 5));
  assert.deepEqual(await asked, expected);
  shared = shareDataset(now);
  assert.deepEqual(await ownSongs.match(songs), await (await Resolver.build(now)).match(songs));
  assert.deepEqual(await again, expected.slice(0, 5));
  await ownSongs.close();
  assert.equal((await ownSongs.match(songs.slice(0, 1))).length, 1, 'it is started again');
});
