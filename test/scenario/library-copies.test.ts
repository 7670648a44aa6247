import assert from 'node:assert/strict';
import { copyFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Library } from '../../src/library/library.ts';
import { restoreBackup } from '../../src/operate/backup/restore.ts';
import { writeBackup } from '../../src/operate/backup/write.ts';
import { train } from '../../src/recommend/train.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { ServerProcess } from '../support/server-process.ts';
import { withTemporary } from '../support/temporary.ts';

const MODEL = 'als';

/** The songs that a server recommends for a song; a rejected request fails the test. */
async function listOf(server: ServerProcess, seed: string): Promise<string> {
  const answer = await server.post('/api/recommendations', { seeds: [{ track: seed }], n: 20, model: MODEL });
  assert.equal(answer?.status, 200);
  return ((await answer!.json()) as { tracks: { uri: string }[] }).tracks.map(({ uri }) => uri).join(' ');
}

test('a server follows a link to copies of a library, from version to version and back, without a dropped request', () =>
  withTemporary(async (folder) => {
    const source = await Library.open(join(folder, 'source'));
    await source.importBatches(demo, 'demo', demoBatches({ tracks: 300, playlists: 100, seed: 1 }));
    await train(source, { models: [MODEL], seed: 1 });
    const seed = (await source.dataset()).tracks.vocabulary.id(3);
    const link = join(folder, 'current');
    /** Follows the guide: backup, copy through the store, restore into a separate folder. */
    const publish = async (version: string): Promise<void> => {
      await writeBackup(source.dir, join(folder, `${version}.zip`));
      copyFileSync(join(folder, `${version}.zip`), join(folder, `${version}-fetched.zip`));
      await restoreBackup(join(folder, `${version}-fetched.zip`), join(folder, version));
    };
    const swap = (version: string): void => {
      symlinkSync(join(folder, version), `${link}.next`);
      renameSync(`${link}.next`, link);
    };
    await publish('v1');
    swap('v1');
    const server = await ServerProcess.start(link);
    try {
      const first = await listOf(server, seed);
      await train(source, { models: [MODEL], seed: 1, set: { [MODEL]: { factors: 16 } } });
      await publish('v2');
      assert.equal(await listOf(server, seed), first, 'nothing changes before the swap');
      swap('v2');
      let list = first;
      for (; list === first; list = await listOf(server, seed)) await sleep(20);
      const second = list;
      swap('v1');
      for (; list === second; list = await listOf(server, seed)) await sleep(20);
      assert.equal(list, first);
      assert.equal(await server.end('SIGTERM'), 0, server.printed);
    } finally {
      await server.end();
    }
  }));
