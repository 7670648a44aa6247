import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MODELS } from '../../models/registry.ts';
import { codeVersion, fileOfModel, sourcesOf } from './code-version.ts';

const reached = async (id: string): Promise<string[]> =>
  [...(await sourcesOf([(await fileOfModel(id))!]))].map((url) => url.slice(url.indexOf('/src/') + 5)).sort();

test('every model is found in the registry, and depends on itself but not on its siblings', async () => {
  for (const { id } of MODELS) {
    const { href } = (await fileOfModel(id))!;
    assert.ok(Object.values((await import(href)) as object).some((exported) => exported.id === id));
    const files = await reached(id);
    assert.ok(files.includes('models/model.ts'), id);
    assert.ok(!files.includes('models/registry.ts'), `${id} reaches the registry, and so every model`);
  }
  assert.ok(!(await reached('als')).some((file) => file.startsWith('models/hybrid/')));
});

test('threads and kernels count as sources', async () => {
  const hybrid = await reached('hybrid');
  assert.ok(hybrid.includes('math/pool-worker.ts') || hybrid.includes('models/hybrid/fold-worker.ts'));
  assert.ok(hybrid.includes('models/als/als.ts'), 'the hybrid asks ALS');
  for (const file of ['math/kernels/assembly/index.ts', 'math/kernels/assembly/trees.ts'])
    assert.ok(hybrid.includes(file), file);
});

test('versions are 16 hex digits, stable, and differ between models; a model of no registry has one too', async () => {
  const ids = [...MODELS.map((model) => model.id), 'of no registry'];
  const versions = await Promise.all(ids.map(codeVersion));
  for (const version of versions) assert.match(version, /^[0-9a-f]{16}$/);
  assert.equal(new Set(versions).size, ids.length);
  assert.equal(await codeVersion('als'), versions[ids.indexOf('als')]);
});
