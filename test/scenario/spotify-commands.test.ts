import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { FactKind } from '../../src/connect/facts/facts.ts';
import { Library } from '../../src/library/library.ts';
import { demo } from '../../src/sources/demo/demo.ts';
import { CLIENT_ID, FakeSpotify, fakeTrack } from '../support/fake-spotify.ts';
import { ROOT } from '../support/source-files.ts';

const SONGS = 120;
const SEED = 'spotify:track:track00000000000000003';
const PRELOADED = `--import=${ROOT}test/support/spotify-elsewhere.ts`;

let dir: string;
let fake: FakeSpotify;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a `segue` command on the library. */
async function segue(args: readonly string[], watch?: (child: ChildProcess, said: string) => void): Promise<Ended> {
  const child = spawn(
    process.execPath,
    [PRELOADED, `${ROOT}src/cli/main.ts`, '--library', join(dir, 'library'), ...args],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, SEGUE_TEST_SPOTIFY: fake.origin },
    },
  );
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk;
    watch?.(child, said.err);
  });
  watch?.(child, '');
  const { promise, resolve } = Promise.withResolvers<Ended>();
  child.on('close', (code, signal) => resolve({ code, signal, ...said }));
  return promise;
}

async function done(...args: string[]): Promise<string> {
  const { code, out, err } = await segue(args);
  assert.equal(code, 0, err);
  return out;
}

const signIn = async (): Promise<void> => {
  let agreed = false;
  const ended = await segue(
    ['connect', 'spotify', '--listener', 'Alice', '--set', `clientId=${CLIENT_ID}`],
    (child, said) => {
      const page = /https:\/\/accounts\.spotify\.com\/\S+/.exec(said)?.[0];
      if (agreed || !page) return;
      agreed = true;
      child.stdin?.write(`http://127.0.0.1/?${fake.agree(page)}\n`);
    },
  );
  assert.equal(ended.code, 0, ended.err);
  assert.match(ended.out, /^Connected: Alice at Spotify/);
  fake.requests = [];
};

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'segue-test-'));
  fake = await FakeSpotify.start();
  fake.catalogue = Array.from({ length: SONGS }, (_, n) => fakeTrack(n));
  const library = await Library.open(join(dir, 'library'));
  const tracks = fake.catalogue.map((track) => ({
    uri: String(track!.uri),
    name: String(track!.name),
    artists: [{ name: 'A' }],
  }));
  await library.importBatches(demo, 'songs', [{ tracks, artists: [], owners: [], rejections: [] }]);
  await done('listeners', 'add', 'Alice');
});
after(async () => {
  await fake.stop();
  await rm(dir, { recursive: true, force: true, maxRetries: 10 });
});

const SENTENCE = /^Spotify does not offer this to applications created after November 2024[^\n]*\n$/;

test('without an account, a sentence says how to get one', async () => {
  const { code, err, out } = await segue(['recommend', '--model', 'spotify', '--song', SEED]);
  assert.deepEqual([code, out], [4, '']);
  assert.match(err, /^There is no connected account for spotify\. Sign in with `segue connect spotify`\.\n$/);
});

test('an application with access: recommendations, and tables that survive a kill without gaps or duplicates', async () => {
  fake.age = 'old';
  await signIn();
  assert.match(
    await done('recommend', '--model', 'spotify', '--song', SEED, '-n', '5'),
    /Song 0(?:.|\n)*Song 4(?:.|\n)*Spotify's own recommendations\n$/,
  );

  const artists = join(dir, 'artists.txt');
  writeFileSync(
    artists,
    fake.catalogue.map((track) => `https://open.spotify.com/artist/${String(track!.id)}`).join('\n'),
  );
  for (const [kind, batches, killed, list] of [
    ['features', 2, { at: 1, answered: true }, []],
    ['tracks', 3, { at: 3, answered: false }, []],
    ['artists', 3, { at: 2, answered: true }, ['--list', artists]],
  ] as [FactKind, number, { at: number; answered: boolean }, string[]][]) {
    const out = join(dir, `${kind}.csv`);
    const command = ['fetch', kind, '--out', out, ...list];
    fake.requests = [];
    const { signal, err } = await segue(command, (child, said) => {
      if (said !== '') return;
      let left = killed.at;
      // Before the response, or as soon as it has been sent.
      fake.before = (_name, response) => {
        if (--left > 0) return false;
        if (killed.answered) response.on('finish', () => child.kill('SIGKILL'));
        else child.kill('SIGKILL');
        if (!killed.answered) response.destroy();
        return !killed.answered;
      };
    });
    assert.equal(signal, 'SIGKILL', err);
    fake.before = null;
    assert.match(
      await done(...command),
      new RegExp(`${kind}\\.csv: ${SONGS} rows, \\d+ of them new; 0 ids unknown there`),
    );
    const rows = parse(readFileSync(out), { columns: true }) as { id: string; name?: string; tempo?: string }[];
    assert.deepEqual(rows.map(({ id }) => id).sort(), fake.catalogue.map((track) => String(track!.id)).sort());
    assert.ok(rows.every(({ name, tempo }) => (kind === 'features' ? tempo === '120.5' : name !== '')));
    assert.ok(
      fake.requests.length <= batches + 1,
      `${fake.requests.length} requests for ${batches} batches and a kill`,
    );
  }
  const table = readFileSync(join(dir, 'tracks.csv'));
  fake.requests = [];
  await done('fetch', 'tracks', '--out', join(dir, 'tracks.csv'));
  assert.ok(readFileSync(join(dir, 'tracks.csv')).equals(table));
  assert.deepEqual(fake.requests, []);
  assert.deepEqual(fake.broken, []);
});

test('a new application: one plain sentence, asked for once; songs come one by one', async () => {
  fake.age = 'new';
  await signIn();
  for (const command of [
    ['recommend', '--model', 'spotify', '--song', SEED],
    ['fetch', 'features', '--out', join(dir, 'none.csv')],
  ])
    for (const time of ['asked', 'known']) {
      fake.requests = [];
      const { code, out, err } = await segue(command);
      assert.deepEqual([code, out], [3, ''], err);
      assert.match(err, SENTENCE);
      assert.equal(fake.requests.length, time === 'asked' ? 1 : 0, command.join(' '));
    }
  const list = join(dir, 'songs.txt');
  writeFileSync(
    list,
    `${fake.catalogue
      .slice(0, 3)
      .map((track) => String(track!.uri))
      .join('\n')}\nspotify:track:unknown000000000000000\n`,
  );
  const out = join(dir, 'few.csv');
  assert.match(
    await done('fetch', 'tracks', '--list', list, '--out', out),
    /3 rows, 3 of them new; 1 ids unknown there/,
  );
  assert.deepEqual(
    (parse(readFileSync(out), { columns: true }) as { name: string }[]).map(({ name }) => name),
    ['Song 0', 'Song 1', 'Song 2'],
  );
  assert.match(readFileSync(`${out}.errors.csv`, 'utf8'), /unknown0+,unknown there/);
});
