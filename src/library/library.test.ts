import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { withTemporary } from '../../test/support/temporary.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { encodeDataset } from '../dataset/dataset-file.ts';
import { type Batch, emptyBatch } from '../dataset/rows.ts';
import { SegueError } from '../errors.ts';
import type { Progress } from '../math/progress.ts';
import { mpd } from '../sources/mpd.ts';
import { tracks } from '../sources/tracks.ts';
import { Library } from './library.ts';
import { LIBRARY_VERSION } from './manifest.ts';

const failsAs = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;
const bytesOf = (dataset: Dataset): Buffer => Buffer.concat(encodeDataset(dataset));

/** A slice of small playlists over a few songs; `first` is its first playlist. */
function slice(first: number, playlists: number): string {
  const rows = Array.from({ length: playlists }, (_, p) => ({
    name: `list ${first + p}`,
    pid: first + p,
    num_followers: 1,
    tracks: Array.from({ length: 3 + (p % 3) }, (_, i) => ({
      pos: i,
      track_uri: `spotify:track:${(first + p * 7 + i * 3) % 40}`,
      track_name: `Song ${(first + p * 7 + i * 3) % 40}`,
      artist_name: `Artist ${(first + p * 7 + i * 3) % 7}`,
      duration_ms: 200_000,
    })),
  }));
  return JSON.stringify({ info: {}, playlists: rows });
}

const TABLE = 'track_id,energy,tempo\nspotify:track:3,0.5,120\nspotify:track:99,0.7,0\n';

async function files(dir: string): Promise<string[]> {
  const paths: string[] = [];
  for (let k = 0; k < 4; k++) {
    paths.push(join(dir, `mpd.slice.${k * 1000}-${k * 1000 + 999}.json`));
    await writeFile(paths[k]!, slice(k * 1000, 5));
  }
  await writeFile(join(dir, 'features.csv'), TABLE);
  return [...paths, join(dir, 'features.csv')];
}

const importOne = (library: Library, path: string): ReturnType<Library['importFiles']> =>
  library.importFiles(path.endsWith('.csv') ? tracks : mpd, [path]);

test('an import gives a dataset, a report and provenance; an empty library says so', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await assert.rejects(library.dataset(), failsAs('LIBRARY_EMPTY'));
    assert.equal((await library.info()).datasetId, null);
    const paths = await files(dir);
    const report = await library.importFiles(mpd, paths.slice(0, 4));
    assert.deepEqual([report.read, report.already, report.changed, report.taken.owners], [4, 0, true, 20]);
    assert.equal(report.library.entriesWithFeatures, 0);
    const joined = await library.importFiles(tracks, [paths[4]!]);
    assert.equal(joined.library.tracksWithFeatures, 2);
    assert.ok(joined.library.entriesWithFeatures > 0);
    assert.deepEqual(joined.cleaning, { 'tempo missing': 1 });
    const { provenance, counts } = await library.info();
    assert.deepEqual(
      provenance.map(({ source, files }) => [source, files.length]),
      [
        ['mpd', 4],
        ['tracks', 1],
      ],
    );
    assert.equal(counts.owners, 20);
    assert.equal((await library.dataset()).owners.titles.get(0), 'list 0');
  }));

test('the same files in the same order give the same bytes, one by one or together; nothing ever changes its number', () =>
  withTemporary(async (dir) => {
    const paths = await files(dir);
    let round = 0;
    const orders = fc.tuple(
      fc.shuffledSubarray(paths, { minLength: paths.length, maxLength: paths.length }),
      fc.array(fc.constantFrom(...paths), { maxLength: 3 }),
    );
    const ids = (dataset: Dataset): string[] =>
      [dataset.tracks, dataset.artists, dataset.owners].flatMap(({ count, vocabulary }) =>
        Array.from({ length: count }, (_, i) => `${i} ${vocabulary.id(i)}`),
      );
    await fc.assert(
      fc.asyncProperty(orders, async ([order, again]) => {
        const library = await Library.open(join(dir, `library-${round++}`));
        let before: string[] = [];
        for (const path of [...order, ...again]) {
          await importOne(library, path);
          // Another process sees what this one does, from the files alone.
          const dataset = await (await Library.open(library.dir)).dataset();
          assert.deepEqual(bytesOf(await library.dataset()), bytesOf(dataset));
          const now = new Set(ids(dataset));
          assert.ok(before.every((id) => now.has(id)));
          before = [...now];
        }
        const other = await Library.open(join(dir, `library-${round++}`));
        for (const path of order) await importOne(other, path);
        assert.deepEqual(bytesOf(await other.dataset()), bytesOf(await library.dataset()));
        assert.equal(await other.datasetId(), await library.datasetId());
        // Renumbering forgets the order of the imports.
        await library.compact();
        const together = await Library.open(join(dir, `library-${round++}`));
        await together.importFiles(mpd, paths.slice(0, 4));
        await together.importFiles(tracks, paths.slice(4));
        assert.deepEqual(bytesOf(await library.dataset()), bytesOf(await together.dataset()));
      }),
      { numRuns: 12 },
    );
  }));

const origin = { id: 'service', title: 'A service', licence: 'own', citation: '' };

test('rows are appended without writing the dataset anew, and merged in the background when they are many', () =>
  withTemporary(async (dir) => {
    const paths = await files(dir);
    const library = await Library.open(join(dir, 'library'));
    await library.importFiles(mpd, paths.slice(0, 4));
    const datasetFiles = async (): Promise<string[]> =>
      (await readdir(library.dir)).filter((name) => name.startsWith('dataset-'));
    const base = await datasetFiles();
    const before = await library.dataset();
    const play = (n: number): Batch => ({
      ...emptyBatch(),
      tracks: [{ uri: 'spotify:track:3' }, { uri: `own:${n}`, name: `Own ${n}` }],
      owners: [{ id: `listener:${n % 5}`, kind: 'person', items: [0, 1] }],
    });
    for (let n = 0; n < 64; n++) {
      const { added, changed, datasetId } = await library.append(play(n), origin, 'plays');
      assert.deepEqual([added.owners, added.entries, changed], [1, 2, true]);
      assert.equal(datasetId, await library.datasetId());
    }
    assert.equal((await library.append(play(3), origin, 'plays')).changed, false, 'the same rows count once');
    await library.settled();
    assert.deepEqual(await datasetFiles(), base);
    const grown = await library.dataset();
    assert.equal(grown.tracks.count, before.tracks.count + 64);
    assert.equal(grown.owners.count, before.owners.count + 5);
    assert.equal(grown.tracks.vocabulary.id(before.tracks.count + 7), 'own:7');
    assert.deepEqual(bytesOf(await (await Library.open(library.dir)).dataset()), bytesOf(grown));
    assert.equal((await library.info()).counts.owners, 25);

    const id = (await library.append(play(64), origin, 'plays')).datasetId;
    await library.settled();
    assert.notDeepEqual(await datasetFiles(), base);
    assert.equal(await library.datasetId(), id, 'merging changes nothing that anybody sees');
    const merged = await (await Library.open(library.dir)).dataset();
    assert.deepEqual(bytesOf(merged), bytesOf(await library.dataset()));
    assert.equal((await library.forget({ files: ['plays'] })).library.owners, 20);
  }));

test('the same file again changes nothing on the disk', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    const [path] = await files(dir);
    await importOne(library, path!);
    const before = await readFile(join(library.dir, 'manifest.json'), 'utf8');
    const report = await importOne(library, path!);
    assert.deepEqual([report.read, report.already, report.changed], [0, 1, false]);
    assert.equal(await readFile(join(library.dir, 'manifest.json'), 'utf8'), before);
    assert.deepEqual(
      (await readdir(library.dir)).filter((name) => name.startsWith('.') || name === 'lock'),
      [],
    );
  }));

test('threads give the same dataset as one thread', () =>
  withTemporary(async (dir) => {
    const paths = (await files(dir)).slice(0, 4);
    const one = await Library.open(join(dir, 'one'));
    const two = await Library.open(join(dir, 'two'));
    await one.importFiles(mpd, paths, { workers: 0 });
    await two.importFiles(mpd, paths, { workers: 2 });
    assert.deepEqual(bytesOf(await two.dataset()), bytesOf(await one.dataset()));
    assert.equal(await two.datasetId(), await one.datasetId());
  }));

test('a file that cannot be read fails the import, on threads too, and leaves the library as it was', () =>
  withTemporary(async (dir) => {
    const paths = await files(dir);
    const library = await Library.open(join(dir, 'library'));
    await importOne(library, paths[0]!);
    const before = await library.datasetId();
    const broken = join(dir, 'mpd.slice.9000-9999.json');
    await writeFile(broken, slice(9000, 5).slice(0, 300));
    for (const workers of [0, 2]) {
      await assert.rejects(
        library.importFiles(mpd, [...paths.slice(1, 3), broken], { workers }),
        failsAs('FILE_UNREADABLE'),
      );
      assert.equal(await library.datasetId(), before);
    }
    // What was read before the failure is not read again, and becomes part of the library only now.
    assert.ok((await library.info()).unfinished > 0);
    const report = await library.importFiles(mpd, paths.slice(0, 4));
    assert.deepEqual([report.read, report.already, report.library.owners], [3, 1, 20]);
    assert.equal((await library.info()).unfinished, 0);
  }));

test('progress rises from 0 to 1 over reading, merging and writing', () =>
  withTemporary(async (dir) => {
    const paths = await files(dir);
    for (const workers of [0, 2]) {
      const library = await Library.open(join(dir, `library-${workers}`));
      const steps: Progress[] = [];
      await library.importFiles(mpd, paths.slice(0, 4), { workers, onProgress: (step) => steps.push(step) });
      const fractions = steps.map(({ fraction }) => fraction);
      assert.deepEqual(
        fractions,
        fractions.toSorted((a, b) => a - b),
      );
      assert.deepEqual([fractions[0], fractions.at(-1)], [0, 1]);
      const firsts = ['reading', 'merging', 'writing'].map((stage) =>
        steps.findIndex(({ note }) => note.startsWith(stage)),
      );
      assert.ok(firsts[0] === 0 && firsts[1]! > 0 && firsts[2]! > firsts[1]!, `${firsts}`);
      const readAt = steps[firsts[1]! - 1]!.fraction;
      assert.equal(readAt, 0.8);
    }
  }));

test('stopping an import leaves the library as it was; the same call goes on', () =>
  withTemporary(async (dir) => {
    const paths = await files(dir);
    for (const workers of [0, 2]) {
      const library = await Library.open(join(dir, `library-${workers}`));
      const abort = new AbortController();
      const stopped = library.importFiles(mpd, paths.slice(0, 4), {
        workers,
        signal: abort.signal,
        onProgress: ({ note }) => note.startsWith('merging') && abort.abort(),
      });
      await assert.rejects(stopped, failsAs('CANCELLED'));
      assert.equal(await library.datasetId(), null);
      assert.deepEqual((await readdir(library.dir)).sort(), ['segments']);
      assert.equal((await library.importFiles(mpd, paths.slice(0, 4))).library.owners, 20);
    }
  }));

test('in a folder a table of other columns is skipped and named; alone it is refused', () =>
  withTemporary(async (dir) => {
    const folder = join(dir, 'tables');
    await mkdir(folder);
    await writeFile(join(folder, 'a.csv'), TABLE);
    await writeFile(join(folder, 'b.csv'), 'year,energy\n1999,0.4\n');
    const library = await Library.open(join(dir, 'library'));
    const report = await library.importFiles(tracks, [folder]);
    assert.deepEqual(
      report.skipped.map(({ file }) => file),
      ['b.csv'],
    );
    await assert.rejects(library.importFiles(tracks, [join(folder, 'b.csv')]), failsAs('COLUMNS_MISSING'));
  }));

test('a library of a newer format, a damaged manifest and an unknown option are refused', () =>
  withTemporary(async (dir) => {
    const [path] = await files(dir);
    await writeFile(join(dir, 'manifest.json'), JSON.stringify({ version: LIBRARY_VERSION + 1, other: true }));
    await assert.rejects(Library.open(dir), failsAs('FORMAT_NEWER'));
    await writeFile(join(dir, 'manifest.json'), '{"version": 1, "seg');
    await assert.rejects(Library.open(dir), failsAs('FILE_UNREADABLE'));
    await writeFile(join(dir, 'manifest.json'), '{"version": 1, "dataset": "../../etc", "segments": []}');
    await assert.rejects(Library.open(dir), failsAs('FILE_UNREADABLE'));
    const library = await Library.open(join(dir, 'library'));
    await assert.rejects(library.importFiles(mpd, [path!], { options: { colour: 'red' } }), failsAs('USAGE'));
    await assert.rejects(Library.open(path!), failsAs('FILE_UNREADABLE'));
  }));

test('a damaged segment is named when it is merged, and a segment without its end is read again', () =>
  withTemporary(async (dir) => {
    const paths = await files(dir);
    const library = await Library.open(join(dir, 'library'));
    await importOne(library, paths[0]!);
    const segments = join(library.dir, 'segments');
    const [name] = await readdir(segments);
    const whole = await readFile(join(segments, name!));
    const damaged = Buffer.from(whole);
    damaged[2000]! ^= 1;
    await writeFile(join(segments, name!), damaged);
    await assert.rejects(library.compact(), failsAs('FILE_UNREADABLE'));
    await writeFile(join(segments, name!), whole.subarray(0, whole.length / 2));
    const report = await library.importFiles(mpd, paths.slice(0, 2));
    assert.equal(report.library.owners, 10);
  }));

test('batches that come from no file are a named part: the same name again replaces it', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    const part = (uri: string) => [
      { ...emptyBatch(), tracks: [{ uri }], owners: [{ id: 'o', kind: 'person' as const, items: [0] }] },
    ];
    await library.importBatches(origin, 'likes', part('old'));
    await library.importBatches(origin, 'plays', part('kept'));
    await library.importBatches(origin, 'likes', part('new'));
    const dataset = await library.dataset();
    const uris = (of: Dataset): string[] =>
      Array.from({ length: of.tracks.count }, (_, t) => of.tracks.vocabulary.id(t));
    assert.deepEqual(uris(dataset), ['old', 'kept', 'new'], 'every song keeps its number');
    assert.deepEqual([...dataset.tracksOf(0)], [1, 2], 'what was replaced is no entry any more');
    assert.equal((await library.compact()).library.tracks, 2);
    assert.deepEqual(uris(await library.dataset()), ['new', 'kept']);
    assert.equal((await readdir(join(library.dir, 'segments'))).length, 2);
  }));

test('waiting tracks are kept once, shown, and merged into the catalogue on demand', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    const song = { uri: 'query:x', name: 'New', artists: [{ name: 'Someone' }] };
    assert.equal(await library.addWaiting([song, song]), 1);
    assert.equal(await library.addWaiting([song]), 1);
    assert.equal(await library.addWaiting([{ uri: 'query:x', features: { energy: 0.4 } }, { uri: 'query:y' }]), 2);
    assert.equal((await library.info()).waiting, 2);
    assert.equal(await library.mergeWaiting(), 2);
    assert.equal(await library.waitingCount(), 0);
    const dataset = await library.dataset();
    assert.equal(dataset.tracks.count, 2);
    assert.equal(dataset.tracks.names.get(0), 'New');
    assert.ok(Math.abs(dataset.feature(0, 1) - 0.4) < 1e-6);
    assert.equal(await library.mergeWaiting(), 0);
  }));

test('models are saved whole under their id', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    assert.equal(await library.loadModel('als'), null);
    await library.saveModel('als', Uint8Array.of(1, 2, 3));
    await library.saveModel('als', Uint8Array.of(4));
    assert.deepEqual([...(await library.loadModel('als'))!], [4]);
    assert.deepEqual(
      (await library.listModels()).map(({ id, bytes }) => [id, bytes]),
      [['als', 1]],
    );
    await library.removeModel('als');
    assert.deepEqual(await library.listModels(), []);
    await assert.rejects(library.saveModel('../als', Uint8Array.of(1)), failsAs('USAGE'));
  }));
