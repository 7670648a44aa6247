import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeListenBrainz, fakeListens, mbidOf } from '../../../test/support/fake-listenbrainz.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import type { ListenerRepository } from '../../listeners/repository.ts';
import { Connections } from '../connections.ts';
import { ConnectionStore } from '../store.ts';

test('killed after any request a sync goes on; known songs get catalogue ids, and what is loved no more is no like', () =>
  withTemporary(async (dir) => {
    const fake = await new FakeListenBrainz().start();
    const store = ConnectionStore.open(dir);
    const target = new RecordingTarget();
    const imported: string[] = [];
    const connections = new Connections({
      store,
      repository: target.target as ListenerRepository,
      matcher: {
        match: async (songs) =>
          songs.map(({ title }) =>
            title === 'Song 2' || title === 'Loved 1'
              ? { uri: `spotify:track:${title.replace(' ', '')}`, confidence: 1 }
              : null,
          ),
      },
      library: {
        importBatches: async (_origin, name) => {
          imported.push(name);
          return null as never;
        },
      },
      wait: async () => {},
    });
    try {
      fake.listens = fakeListens(2500);
      fake.feedback = [1, 2, 3].map((n) => ({
        mbid: mbidOf(n),
        score: n === 3 ? -1 : 1,
        title: `Loved ${n}`,
        artist: 'A',
      }));
      const { id } = await connections.connect('listenbrainz', 'me', { address: fake.address, token: fake.token });
      for (let stop = 1; stop <= 4; stop++) {
        let left = stop;
        fake.fail = () => (left-- > 0 ? undefined : { status: 400, body: {} });
        await connections.sync(id).catch(() => {});
      }
      fake.fail = () => undefined;
      await connections.sync(id);
      assert.equal(target.playsById.size, 2500);
      assert.ok([...target.playsById.values()].some(({ song }) => song === 'spotify:track:Song2'));
      const kinds = (): string[] => [...target.opinionsBySong.values()].map(({ kind }) => kind).sort();
      assert.deepEqual(kinds(), ['dislike', 'like', 'like']);
      assert.equal(target.opinionsBySong.get('spotify:track:Loved1')?.kind, 'like');
      assert.deepEqual(imported, [], 'songs that were only heard are no part of the catalogue');
      fake.feedback.push({ mbid: mbidOf(4), score: 1, title: null, artist: '' });
      fake.feedback[0]!.title = null;
      await connections.sync(id);
      assert.deepEqual(kinds(), ['dislike', 'like', 'like'], 'a song that is not known there any more keeps its like');
      fake.feedback.splice(0, 2);
      await connections.sync(id);
      assert.deepEqual(kinds(), ['dislike']);
      assert.ok(!JSON.stringify(store.hosts()).includes(fake.token));
    } finally {
      store.close();
      await fake.stop();
    }
  }));
