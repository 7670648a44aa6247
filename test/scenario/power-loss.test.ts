import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { encodeDataset } from '../../src/dataset/dataset-file.ts';
import { emptyBatch } from '../../src/dataset/rows.ts';
import { SegueError } from '../../src/errors.ts';
import { Library } from '../../src/library/library.ts';
import { readSettings, writeSettings } from '../../src/library/settings.ts';
import { Rng } from '../../src/math/rng.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { tracks } from '../../src/sources/tracks.ts';
import { readTree, type Tree, treesAfter, withShim, writeTree } from '../support/storage-shim.ts';
import { withTemporary } from '../support/temporary.ts';

const ORIGIN = { id: 'shelf', title: 'A shelf', licence: '', citation: '' };
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const batches = (seed: number) => demoBatches({ tracks: 12, playlists: 4, seed });
const rows = (name: string) => ({ ...emptyBatch(), tracks: [{ uri: `x:${name}`, name, artists: [{ name: 'A' }] }] });
const tuned = (value: number) => ({
  config: { k: value },
  protocol: 'p',
  metric: 'm',
  value,
  defaultValue: 0,
  trials: 1,
});

/** A change of a library, and how to tell whether it has happened. */
interface Change {
  readonly name: string;
  prepare?(library: Library): Promise<unknown>;
  act(library: Library): Promise<unknown>;
  /** An acceptable intermediate state: repeating the change leads to the new state. */
  between?(old: State, done: State): State;
}

/** What people see of a library: its data, a model, the models that have settings, the waiting songs. */
type State = readonly [data: string, model: string | null, settings: readonly string[], waiting: readonly string[]];

/** A folder for a table, outside any library. */
const FOLDER = mkdtempSync(join(tmpdir(), 'segue-table-'));
const TABLE = join(FOLDER, 'songs.csv');
writeFileSync(TABLE, 'uri,name,artists\nx:1,Song,Artist\n');
after(() => rmSync(FOLDER, { recursive: true }));

const fill = (library: Library) => library.importBatches(demo, 'demo', batches(1));

const CHANGES: readonly Change[] = [
  { name: 'the first import', act: fill },
  { name: 'the import of a file', act: (library) => library.importFiles(tracks, [TABLE]) },
  {
    name: 'a further import, merged',
    prepare: fill,
    act: (library) => library.importBatches(ORIGIN, 'more', batches(2)),
  },
  {
    name: 'rows that stand as an increment',
    prepare: fill,
    act: (library) => library.append(rows('new'), ORIGIN, 'new'),
  },
  {
    name: 'compacting',
    prepare: async (library) => {
      await fill(library);
      await library.importBatches(demo, 'demo', batches(3));
    },
    act: (library) => library.compact(),
  },
  {
    name: 'forgetting',
    prepare: async (library) => {
      await fill(library);
      await library.importBatches(ORIGIN, 'more', batches(2));
    },
    act: (library) => library.forget({ source: ORIGIN.id, files: [] }),
  },
  {
    name: 'saving a model over another',
    prepare: async (library) => {
      await fill(library);
      await library.saveModel('m', new Uint8Array(2000).fill(1));
    },
    act: (library) => library.saveModel('m', new Uint8Array(3000).fill(2)),
  },
  {
    name: 'saving settings',
    prepare: async (library) => {
      await fill(library);
      await writeSettings(library.dir, 'a', tuned(1));
    },
    act: (library) => writeSettings(library.dir, 'b', tuned(2)),
  },
  { name: 'songs that wait', prepare: fill, act: (library) => library.addWaiting(rows('waits').tracks) },
  {
    name: 'merging the songs that wait',
    prepare: async (library) => {
      await fill(library);
      await library.addWaiting(rows('waits').tracks);
    },
    act: (library) => library.mergeWaiting(),
    // The songs have been merged but still count as waiting; merging them again changes nothing.
    between: ([, model, settings, waiting], [data]) => [data, model, settings, waiting],
  },
];

async function look(dir: string): Promise<string> {
  const library = await Library.open(dir);
  const data =
    (await library.datasetId()) === null ? 'empty' : digest(Buffer.concat(encodeDataset(await library.dataset())));
  const model = await library.loadModel('m');
  const waiting = (await library.waitingTracks()).map(({ uri }) => uri);
  const state: State = [data, model && digest(model), Object.keys(await readSettings(dir)), waiting];
  return JSON.stringify(state);
}

/** A library before and after the change. */
async function around(
  change: Change,
  dir: string,
): Promise<{ start: Tree; old: string; done: string; between: string | null }> {
  await mkdir(dir);
  const library = await Library.open(dir);
  await change.prepare?.(library);
  const start = readTree(dir);
  const old = await look(dir);
  await change.act(library);
  const done = await look(dir);
  const between = change.between?.(JSON.parse(old) as State, JSON.parse(done) as State);
  return { start, old, done, between: between ? JSON.stringify(between) : null };
}

const temporaryIn = async (dir: string): Promise<string[]> =>
  (await readdir(dir, { recursive: true })).filter((name) => /(?:^|\/)(?:\.tmp-|lock)/.test(name));

describe('power loss at any moment, with unflushed writes reaching the disk in part and in any order', () => {
  for (const change of CHANGES)
    test(`${change.name}: the library opens in the old state or the new one, and the change can be made again`, () =>
      withTemporary(async (dir) => {
        const { start, old, done, between } = await around(change, join(dir, 'model'));
        const root = join(dir, 'recorded');
        writeTree(root, start);
        const library = await Library.open(root);
        const { calls, outcome } = await withShim(root, () => change.act(library));
        assert.equal(outcome.status, 'fulfilled', String((outcome as PromiseRejectedResult).reason));
        assert.equal(await look(root), done);
        const rng = new Rng(1);
        const seen = new Set<string>();
        for (let k = 0; k <= calls.length; k++)
          for (const tree of treesAfter(start, calls.slice(0, k), rng, 4)) {
            const key = fingerprint(tree);
            // What the change has promised must survive, whatever was not flushed.
            const whole = k === calls.length;
            if (seen.has(`${whole} ${key}`)) continue;
            seen.add(`${whole} ${key}`);
            const crashed = join(dir, 'crashed');
            writeTree(crashed, tree);
            const state = await look(crashed);
            const where = `after ${k} of ${calls.length} calls, the last ${JSON.stringify(calls[k - 1], short)}`;
            const known = state === done || state === between || (state === old && !whole);
            assert.ok(known, `${where}: ${state}\nold ${old}\nnew ${done}`);
            if (state !== done) await change.act(await Library.open(crashed));
            assert.equal(await look(crashed), done, `${where}: made again`);
            // Also the segments, from which a library can be rebuilt.
            const opened = await Library.open(crashed);
            if (whole && (await opened.datasetId()) !== null) await assert.doesNotReject(opened.compact(), where);
            rmSync(crashed, { recursive: true });
          }
        assert.ok(seen.size > 3, `${seen.size} states`);
      }));
});

const short = (key: string, value: unknown): unknown => (key === 'bytes' ? (value as Uint8Array).length : value);

function fingerprint(tree: Tree): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${path}\0`).update(bytes ?? 'folder');
  return hash.digest('hex');
}

describe('any call of the file system fails', () => {
  for (const change of CHANGES)
    test(`${change.name}: a sentence, the old state or the new one, nothing half-written`, () =>
      withTemporary(async (dir) => {
        const { start, old, done, between } = await around(change, join(dir, 'model'));
        const codes = ['EIO', 'ENOSPC', 'EROFS'];
        for (let failAt = 0; ; failAt++) {
          const root = join(dir, `failed-${failAt}`);
          writeTree(root, start);
          const library = await Library.open(root);
          const code = codes[failAt % codes.length]!;
          const recorded = await withShim(root, () => change.act(library), { failAt, code });
          if (recorded.failed === '') {
            assert.ok(failAt > 3, `${failAt} calls`);
            break;
          }
          const where = `${code} in call ${failAt}: ${recorded.failed}`;
          if (recorded.outcome.status === 'rejected') {
            const { reason } = recorded.outcome as PromiseRejectedResult & { reason: unknown };
            assert.ok(reason instanceof SegueError, `${where}: ${String((reason as Error).stack)}`);
            assert.doesNotMatch(reason.message, /made to fail|undefined|\bat \//, where);
          }
          const state = await look(root);
          assert.ok(state === old || state === done || state === between, `${where}: ${state}`);
          if (recorded.outcome.status === 'fulfilled') assert.equal(state, done, `${where}: it said that it was done`);
          if (state !== done) await change.act(await Library.open(root));
          assert.equal(await look(root), done, `${where}: made again`);
          if (!/^rm/.test(recorded.failed)) assert.deepEqual(await temporaryIn(root), [], where);
          rmSync(root, { recursive: true });
        }
      }));
});
