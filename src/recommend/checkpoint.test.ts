import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { Library } from '../library/library.ts';
import { demo, demoBatches } from '../sources/demo/demo.ts';
import { Engine } from './engine.ts';
import { train } from './train.ts';

/** Counts the checkpoints of some work, then stops it at each of them in turn: nothing may follow. */
async function endedAnywhere(work: (checkpoint: () => void) => Promise<unknown>): Promise<number> {
  let all = 0;
  await work(() => void all++);
  for (const end of [1, Math.ceil(all / 2), all]) {
    let passed = 0;
    const stopped = new Error('stopped');
    const checkpoint = (): void => {
      if (++passed >= end) throw stopped;
    };
    await assert.rejects(work(checkpoint), stopped);
    assert.equal(passed, end, 'nothing goes on behind the checkpoint that ended it');
  }
  return all;
}

test('long work passes a checkpoint for each step, song and line, and ends at whichever throws', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(dir);
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 300, playlists: 100, seed: 1 }));
    await train(library, { models: ['playlist-neighbours'] });
    const engine = await Engine.open(library);
    const { vocabulary } = (await library.dataset()).tracks;
    const [first, second] = [vocabulary.id(0), vocabulary.id(9)];
    const request = { seeds: [{ track: first }], n: 20 };
    assert.ok((await endedAnywhere((checkpoint) => engine.recommend(request, { checkpoint }))) >= 22);
    assert.ok((await endedAnywhere((checkpoint) => engine.similar({ track: first, n: 20 }, checkpoint))) >= 20);
    const lines = Array.from({ length: 50 }, (_, i) => `Nobody ${i} - Nothing ${i}`).join('\n');
    assert.equal(await endedAnywhere((checkpoint) => engine.queries.resolve(lines, 3, checkpoint)), 50);
    assert.equal((await engine.path({ from: first, to: second })).tracks.length > 1, true);
    await engine.close();
  }));
