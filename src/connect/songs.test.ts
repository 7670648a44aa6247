import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { HeldSongs } from './songs.ts';
import { ConnectionStore } from './store.ts';

const CONNECTION = 'music';
const SONGS = 350;

test('files of songs are those of the surest matches that are still there, as the songs themselves tell', () =>
  withTemporary(async (dir) => {
    const store = ConnectionStore.open(dir);
    try {
      const record = {
        id: CONNECTION,
        service: 'subsonic',
        listener: 'ada',
        account: 'ada',
        settings: {},
        createdAt: 1,
      };
      store.add(record, {});
      const held = new HeldSongs(store);
      // Three versions of each song: the second is the surest; of every third song no file is known, of every fifth only the surest is gone.
      const names = Array.from({ length: SONGS }, (_, n) => [0, 1, 2].map((version) => ({ n, version }))).flat();
      const id = ({ n, version }: { n: number; version: number }): string => `song-${n}-${version}`;
      held.add(
        CONNECTION,
        names.map((name) => ({
          id: id(name),
          title: `Song ${name.n}`,
          artists: [{ name: 'Ann' }],
          ...(name.n % 3 !== 0 && { path: `Ann/"${name.n}"/${name.version}.mp3` }),
        })),
        2,
      );
      for (const name of names) held.match(CONNECTION, id(name), `track:${name.n}`, [0.91, 1, 0.95][name.version]!);
      store.run(
        'UPDATE song SET pass = 1 WHERE id IN (SELECT value FROM json_each(?))',
        JSON.stringify(names.filter(({ n, version }) => n % 5 === 0 && version === 1).map(id)),
      );
      held.settle(CONNECTION, 2);
      const asked = [...Array.from({ length: SONGS + 5 }, (_, n) => `track:${n}`), 'track:7'];
      const songs = await held.byUris(CONNECTION, asked);
      const expected = [...songs].flatMap(([uri, { facts }]) => (facts.path === undefined ? [] : [[uri, facts.path]]));
      assert.ok(expected.length > 200 && expected.length < SONGS);
      const paths = await held.paths(CONNECTION, asked);
      assert.deepEqual(new Map(paths), new Map(expected as [string, string][]));
      assert.equal(paths.get('track:5'), 'Ann/"5"/2.mp3');
      assert.equal(paths.get('track:7'), 'Ann/"7"/1.mp3');
      assert.equal((await held.paths('other', asked)).size, 0);
    } finally {
      store.close();
    }
  }));
