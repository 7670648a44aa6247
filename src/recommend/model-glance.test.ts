import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { Library } from '../library/library.ts';
import { decodeArtifact, encodeArtifact } from '../models/artifact.ts';
import { demo, demoBatches } from '../sources/demo/demo.ts';
import { Engine } from './engine.ts';
import { train } from './train.ts';

const IDS = ['popularity', 'playlist-neighbours', 'title', 'balanced'];

test('models are listed by their headers: none is loaded, and what cannot be used says why', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 300, playlists: 60, seed: 1 }));
    await train(library, { models: IDS });
    const file = (id: string): string => join(library.dir, 'models', `${id}.model`);
    const change = async (id: string, to: (bytes: Buffer) => Uint8Array): Promise<void> =>
      writeFile(file(id), to(await readFile(file(id))));
    const artifact = decodeArtifact((await library.loadModel('title'))!, 'title');
    await change('title', () => encodeArtifact({ ...artifact, modelVersion: 99 }));
    await change('balanced', (bytes) => bytes.fill(7, 40, 60));
    // Its arrays are damaged, its header is not.
    await change('popularity', (bytes) => bytes.fill(7, bytes.length - 16));
    const engine = await Engine.open(library);
    const listed = async (): Promise<Record<string, unknown>> =>
      Object.fromEntries(
        (await engine.queries.models()).models
          .filter(({ id }) => IDS.includes(id))
          .map(({ id, trained, outdated }) => [id, trained || outdated?.replace(/ [—.(].*/s, '')]),
      );
    const all = await listed();
    assert.deepEqual(engine.health().models.loaded, []);
    assert.deepEqual([all['playlist-neighbours'], all.popularity], [true, true]);
    assert.match(String(all.title), /was saved in version 99/);
    assert.match(String(all.balanced), /damaged header/);
    await engine.recommend({ model: 'popularity', n: 3 }).catch(() => {});
    assert.match(String((await listed()).popularity), /damaged in the column/);
    assert.equal((await engine.queries.model('playlist-neighbours')).trained, true);
    assert.deepEqual(engine.health().models.loaded, ['playlist-neighbours'], 'one that is asked for is loaded');
  }));
