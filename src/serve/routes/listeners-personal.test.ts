import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { driftingListener } from '../../../test/support/drifting-listener.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { Explorer } from '../../explore/explorer.ts';
import { Library } from '../../library/library.ts';
import { openHousehold } from '../../listeners/personal/household.ts';
import { Engine } from '../../recommend/engine.ts';
import { MemoryLibrary } from '../../recommend/memory-library.ts';
import { train } from '../../recommend/train.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { openAccess } from '../access.ts';
import { answerHere } from '../answering/question.ts';
import { buildApp } from '../app.ts';
import { Jobs } from '../jobs.ts';

test('personal lists are answered by the threads: the main thread loads no model', async () => {
  await withTemporary(async (dir) => {
    const dataset = demoDataset({ tracks: 400, playlists: 150, seed: 1 });
    const memory = new MemoryLibrary(dataset);
    await train(memory, { models: ['track-neighbours', 'clusters'] });
    const engine = await Engine.open(memory);
    const elsewhere = answerHere(await Engine.open(memory));
    const asked: string[] = [];
    const household = openHousehold(await Library.open(dir), undefined);
    const nothing = async (): Promise<void> => {};
    const app = await buildApp(
      {
        engine,
        answers: {
          ...elsewhere,
          ask: (kind, input) => {
            asked.push(kind);
            return elsewhere.ask(kind, input);
          },
        },
        explorer: new Explorer(engine),
        jobs: new Jobs(nothing, nothing),
        household,
        access: openAccess,
        report: async () => null,
        connected: () => Promise.reject(new Error('no connections here')),
      },
      { webRoot: join(dir, 'no-page') },
    );
    const repository = await household.repository();
    const { id } = await repository.listeners.add({ name: 'Ann' });
    const now = Date.now();
    await repository.plays.add(id, driftingListener(dataset, 1, 20, now));
    const songs = [...dataset.tracksOf(5)].slice(0, 6).map((track) => ({ song: dataset.tracks.vocabulary.id(track) }));
    await repository.lists.save(id, { id: 'mine', name: 'Mine', songs });
    const lists = ['for-you', 'by-cluster', `period?from=0&to=${now}`, 'lists/mine/continue'];
    for (const list of lists) {
      const answer = await app.inject({ url: `/api/listeners/${id}/${list}` });
      assert.equal(answer.statusCode, 200, answer.body);
      assert.ok(answer.json().tracks.length > 0, list);
    }
    assert.deepEqual(
      asked,
      lists.map(() => 'personal'),
    );
    // A longer history has its blend chosen beside the list.
    await repository.plays.add(id, driftingListener(dataset, 2, 60, now - 30 * 86_400_000));
    await app.inject({ url: `/api/listeners/${id}/for-you` });
    const counts = (): Record<string, number> => engine.metrics.snapshot().counts;
    while (!counts()['blends chosen'] && !counts()['blends not chosen'])
      await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(counts()['blends chosen'], 1);
    assert.ok(asked.includes('parts'));
    assert.deepEqual(engine.current.models.loaded, []);
    await app.close();
    await household.close();
  });
});
