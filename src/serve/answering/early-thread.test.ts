import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { Library } from '../../library/library.ts';
import { Metrics } from '../../recommend/metrics.ts';
import { demo, demoBatches } from '../../sources/demo/demo.ts';
import { startEarly, takeEarly } from './early-thread.ts';
import { AnsweringPool } from './pool.ts';
import { SharedFiles } from './shared-files.ts';

const options = { threads: 1, waiting: 4, patience: 20_000, engine: {} };

test('a thread started early answers for the first pool; if it has ended, the pool works without it', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 100, playlists: 20, seed: 1 }));
    const answered = async (): Promise<number> => {
      const pool = new AnsweringPool(new SharedFiles(library), library.dir, new Metrics(), options);
      assert.equal(takeEarly(), null, 'it is taken once');
      const { tracks } = await pool.ask('recommend', { n: 3 });
      await pool.close();
      return tracks.length;
    };
    startEarly(library.dir);
    assert.equal(await answered(), 3);
    await startEarly(null).terminate();
    assert.equal(await answered(), 3);
  }));
