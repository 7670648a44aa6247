import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { StringColumn } from '../../dataset/strings.ts';
import { Library } from '../../library/library.ts';
import { TitleIndex } from '../../models/title/title-index.ts';
import { buildTitleParts, useTitleParts } from '../../models/title/title-parts.ts';
import { demo, demoBatches } from '../../sources/demo/demo.ts';
import { Engine } from '../engine.ts';
import { train } from '../train.ts';
import { titleParts } from './saved-search.ts';

test('a library keeps them: made once, read by the next, and given to every index of its titles', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 200, playlists: 60, seed: 1 }));
    const id = (await library.datasetId())!;
    const dataset = await library.dataset();
    const built = await titleParts(dataset, id, library);
    assert.ok((await readdir(library.dir)).includes(`titles-${id}.bin`));
    const read = await titleParts(dataset, id, {
      loadDerived: (kind, of) => library.loadDerived(kind, of),
      saveDerived: () => assert.fail('it is saved already'),
    });
    assert.deepEqual(read, built);
    assert.ok(read.termIdx.buffer instanceof SharedArrayBuffer);
    // Parts of other titles prove that the given parts are used.
    useTitleParts(dataset.owners.titles, buildTitleParts(StringColumn.from(['polka', 'polka'])));
    assert.equal(new TitleIndex(dataset.owners.titles).neighbours('polka', 1).count, 2);
  }));

test('the first query with a title saves the index; a damaged one is built again, with the same answer', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 200, playlists: 60, seed: 1 }));
    await train(library, { models: ['title'] });
    const title = (await library.dataset()).owners.titles.get(0);
    const ask = async (): Promise<string[]> => {
      const engine = await Engine.open(await Library.open(library.dir));
      const { tracks } = await engine.recommend({ title, model: 'title', n: 10 });
      await engine.close();
      return tracks.map(({ uri }) => uri);
    };
    const made = await ask();
    const file = join(library.dir, `titles-${await library.datasetId()}.bin`);
    const bytes = await readFile(file);
    assert.deepEqual(await ask(), made);
    bytes[bytes.length - 9]! ^= 1;
    await writeFile(file, bytes);
    assert.deepEqual(await ask(), made);
    bytes[bytes.length - 9]! ^= 1;
    assert.deepEqual(await readFile(file), bytes);
  }));
