import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { Library } from '../../library/library.ts';
import { demo, demoBatches } from '../../sources/demo/demo.ts';
import { Engine } from '../engine.ts';
import { saveSearch, searchParts } from './saved-search.ts';
import { encodeSearch, SEARCH_VERSION, viewSearch } from './search-file.ts';
import { type SearchParts, TrackSearch } from './track-search.ts';

const TEXTS = ['silver', 'silvr mornig', 'the lan', 'love', 'summer', 'chill', 'night drive', 'xqzvb'];

async function demoLibrary(dir: string, seed = 1): Promise<Library> {
  const library = await Library.open(join(dir, 'library'));
  await library.importBatches(demo, 'demo', demoBatches({ tracks: 400, playlists: 90, seed }));
  return library;
}

const saved = async ({ dir }: Library): Promise<string[]> =>
  (await readdir(dir)).filter((name) => name.startsWith('search-'));

async function answers(library: Library): Promise<string> {
  const { queries } = await Engine.open(library);
  const found = [];
  for (const text of TEXTS) found.push({ ...(await queries.search(text, 10)), tookMs: 0 });
  return JSON.stringify(found);
}

/** Runs work and returns the process's warnings meanwhile. */
async function warned<T>(work: () => Promise<T>): Promise<{ value: T; warnings: string[] }> {
  const warnings: string[] = [];
  const hear = ({ message }: Error): void => void warnings.push(message);
  process.on('warning', hear);
  const value = await work();
  await new Promise(setImmediate);
  process.off('warning', hear);
  return { value, warnings };
}

test('the first search saves its index; the next one reads it, as views of shared memory, and finds the same', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    const built = await answers(library);
    const id = (await library.datasetId())!;
    assert.deepEqual(await saved(library), [`search-${id}.bin`]);
    const dataset = await library.dataset();
    const read = await searchParts(dataset, id, {
      loadDerived: (kind, of) => library.loadDerived(kind, of),
      saveDerived: () => assert.fail('it is saved already'),
    });
    assert.deepEqual(read, (await TrackSearch.build(dataset)).parts);
    assert.ok(read.index.idx.buffer instanceof SharedArrayBuffer && read.prior.buffer === read.index.idx.buffer);
    assert.equal(await answers(await Library.open(library.dir)), built);
  }));

test('each flipped byte and each cut is told from the index, which is built and saved anew with a warning', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    await saveSearch(library);
    const path = join(library.dir, (await saved(library))[0]!);
    const whole = await readFile(path);
    const id = (await library.datasetId())!;
    const dataset = await library.dataset();
    for (let i = 0; i < 60; i++) {
      const at = Math.floor((i / 60) * whole.length);
      const twin = i % 5 === 0 ? whole.subarray(0, at) : Buffer.from(whole);
      if (i % 5 !== 0) twin[at]! ^= 1 << (i % 8);
      assert.throws(() => viewSearch(Uint8Array.from(twin), dataset, id), /./, `byte ${at}`);
    }
    const twin = Buffer.from(whole);
    twin[whole.length >> 1]! ^= 1;
    await writeFile(path, twin);
    const { value, warnings } = await warned(() => searchParts(dataset, id, library));
    assert.match(warnings.join('\n'), /search index is damaged in the column .* It is built again/);
    assert.deepEqual(value, (await TrackSearch.build(dataset)).parts);
    assert.deepEqual(await readFile(path), whole);
  }));

test('an index of another dataset or version is not taken, nor one whose numbers point elsewhere', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    const id = (await library.datasetId())!;
    const dataset = await library.dataset();
    const { parts } = await TrackSearch.build(dataset);
    const bytes = (of: SearchParts, name = id): Uint8Array => Uint8Array.from(Buffer.concat(encodeSearch(of, name)));
    assert.equal(viewSearch(bytes(parts, 'abc'), dataset, id), null);
    const other = Buffer.from(bytes(parts)).toString('latin1').replace(`"version":${SEARCH_VERSION}`, '"version":9');
    assert.throws(() => viewSearch(Uint8Array.from(Buffer.from(other, 'latin1')), dataset, id), {
      code: 'FILE_UNREADABLE',
    });
    const outside = parts.index.idx.slice();
    outside[5] = dataset.tracks.count;
    const uneven = new Int32Array(parts.titles.heads.length - 1).fill(-1);
    for (const wrong of [
      { ...parts, index: { ...parts.index, idx: outside } },
      { ...parts, titles: { ...parts.titles, heads: uneven } },
      { ...parts, prior: parts.prior.slice(1) },
      { ...parts, moods: { ...parts.moods, counts: parts.moods.counts.slice(1) } },
    ])
      assert.throws(() => viewSearch(bytes(wrong), dataset, id), { code: 'FILE_UNREADABLE' });
  }));

test('what is saved goes with its state: one with increments has its own, and one that was replaced gets none', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    await saveSearch(library);
    const before = (await library.datasetId())!;
    const origin = { id: 'mine', title: 'Mine', licence: '', citation: '' };
    const tracks = [{ uri: 'x:1', name: 'Glass Bell', artists: [{ name: 'Nobody' }] }];
    await library.append({ tracks, artists: [], owners: [], rejections: [] }, origin, 'one');
    assert.deepEqual(await saved(library), [`search-${before}.bin`], 'the merged dataset is the same');
    const { queries } = await Engine.open(library);
    assert.equal((await queries.search('glass bell', 3)).tracks[0]?.uri, 'x:1');
    const grown = (await library.datasetId())!;
    assert.deepEqual(await saved(library), [`search-${grown}.bin`], 'of the increments, in place of the former');
    const again = await Library.open(library.dir);
    await searchParts(await again.dataset(), grown, {
      loadDerived: (kind, of) => again.loadDerived(kind, of),
      saveDerived: () => assert.fail('the next start reads it'),
    });
    assert.equal(await library.saveDerived('search', before, () => []), false);
    assert.deepEqual(await saved(library), [`search-${grown}.bin`], 'a former state displaces nothing');
    await library.compact();
    assert.equal(await library.datasetId(), grown, 'the same songs in the same order');
    const { parts } = await TrackSearch.build(await library.dataset());
    const bytes = await library.loadDerived('search', grown);
    assert.deepEqual(viewSearch(bytes!, await library.dataset(), grown), parts);
    await library.forget({ files: ['one'] });
    assert.deepEqual(await saved(library), [], 'names that were forgotten are in no index');
  }));

test('a library that cannot be written to is searched all the same', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    const dataset = await library.dataset();
    const parts = await searchParts(dataset, (await library.datasetId())!, {
      loadDerived: async () => null,
      saveDerived: () => Promise.reject(new Error('no space')),
    });
    assert.deepEqual(parts, (await TrackSearch.build(dataset)).parts);
  }));

test('the index of a given world stays as it is: where it changes, SEARCH_VERSION must be raised', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    const { parts } = await TrackSearch.build(await library.dataset());
    const hash = createHash('sha256').update(Buffer.concat(encodeSearch(parts, 'golden')));
    assert.deepEqual([SEARCH_VERSION, hash.digest('hex').slice(0, 16)], [1, '422d814cce87fa5c']);
  }));
