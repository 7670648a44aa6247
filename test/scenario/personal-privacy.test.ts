import assert from 'node:assert/strict';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { importMine } from '../../src/listeners/import-mine/import-mine.ts';
import { openRepository } from '../../src/listeners/open.ts';
import { Resolver } from '../../src/listeners/resolve/resolver.ts';
import { writeExport, zipExport } from '../support/exports.ts';
import { FIXTURES, SECRETS } from '../support/personal-exports.ts';
import { datasetOf } from '../support/small-dataset.ts';
import { withTemporary } from '../support/temporary.ts';

const dataset = datasetOf([{ uri: 'demo:track:1', name: 'Harbour', artists: [{ name: 'The Lanterns' }] }]);

async function holding(dir: string, secret: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(dir))
    if ((await readFile(join(dir, name))).includes(Buffer.from(secret))) found.push(name);
  return found;
}

test('network addresses, user agents, devices and e-mail addresses from exports reach no file of the library', () =>
  withTemporary(async (dir) => {
    const text = FIXTURES.map(({ content }) => content).join('');
    for (const secret of Object.values(SECRETS)) assert.ok(text.includes(secret), `some export holds ${secret}`);
    const library = join(dir, 'library');
    await mkdir(library);
    const repository = await openRepository(library);
    try {
      const { id } = await repository.listeners.add({ name: 'Ada' });
      const resolver = await Resolver.build(dataset);
      for (const [i, { file, content }] of FIXTURES.entries()) {
        // Once as a file, and once in an archive named after its owner, as services do.
        const path = await writeExport(join(dir, String(i)), { [file]: content });
        await importMine(repository, resolver, [path], id);
        const zip = await zipExport(join(dir, `${i}`, `export of ${SECRETS.mail}.zip`), { [file]: content });
        await importMine(repository, resolver, [zip], id);
      }
      assert.ok((await repository.listeners.counts(id)).plays > 0);
      for (const open of [true, false]) {
        if (!open) await repository.close();
        for (const secret of Object.values(SECRETS)) assert.deepEqual(await holding(library, secret), [], secret);
      }
      assert.ok((await holding(library, 'Harbour')).length > 0, 'the search finds what is there');
    } finally {
      await repository.close();
    }
  }));
