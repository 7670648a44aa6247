import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Library } from '../library/library.ts';
import { demo, demoBatches } from '../sources/demo/demo.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'segue-cli-'));
const dir = join(folder, 'library');
let song = { uri: '', name: '', artist: '' };

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

function launch(...args: string[]): {
  child: ChildProcess;
  ended: Promise<Ran>;
  seen: (text: string) => Promise<string>;
} {
  const child = spawn(process.execPath, [MAIN, '--library', dir, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<Ran>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  /** Waits until standard error holds a text, and returns what it holds then. */
  const seen = async (text: string): Promise<string> => {
    while (!err.includes(text)) {
      const more = new Promise<void>((resolve) => child.stderr.once('data', () => resolve()));
      const over = await Promise.race([more.then(() => false), ended.then(() => true)]);
      assert.ok(!over || err.includes(text), `ended without "${text}": ${err}`);
    }
    return err;
  };
  return { child, ended, seen };
}
const segue = (...args: string[]): Promise<Ran> => launch(...args).ended;

before(async () => {
  const library = await Library.open(dir);
  await library.importBatches(demo, 'demo', demoBatches({ tracks: 400, playlists: 120, seed: 1 }));
  const dataset = await library.dataset();
  const t = 17;
  song = {
    uri: dataset.tracks.vocabulary.id(t),
    name: dataset.tracks.names.get(t),
    artist: dataset.artists.names.get(dataset.mainArtist(t)),
  };
  const { code, err } = await segue('train', 'popularity', 'balanced', '--seed', '3');
  assert.equal(code, 0, err);
});

test('--json prints the documented answer and nothing else', async () => {
  const { code, out } = await segue(
    'recommend',
    '--song',
    `${song.artist} - ${song.name}`,
    '-n',
    '4',
    '--json',
    '--diversity',
    '0.3',
  );
  assert.equal(code, 0);
  const answer = JSON.parse(out) as Record<string, unknown> & { tracks: Record<string, unknown>[] };
  assert.deepEqual(Object.keys(answer), ['model', 'tookMs', 'tracks', 'unknown', 'fallback']);
  assert.equal(answer.tracks.length, 4);
  assert.deepEqual(Object.keys(answer.tracks[0]!), ['uri', 'name', 'artists', 'score', 'because']);
});

test('a table with reasons for people; a list from a file; notes on standard error', async () => {
  const file = join(folder, 'songs.csv');
  writeFileSync(file, `artist,title\n"${song.artist}","${song.name}"\nNobody,Nothing of the sort\n`);
  const { code, out, err } = await segue(
    'recommend',
    '--playlist',
    file,
    '-n',
    '3',
    '--per-artist',
    '1',
    '--order',
    'smooth',
  );
  assert.equal(code, 0, err);
  assert.match(out, /^# {2}song/);
  assert.equal(out.trim().split('\n').length, 6);
  assert.match(err, /1 of 2 songs/);
  assert.match(err, /1 not in the catalogue: Nobody - Nothing/);
});

test('errors are one sentence on standard error with the right exit code, and no stack trace', async () => {
  const binary = join(folder, 'binary.bin');
  writeFileSync(binary, Buffer.from([0, 1, 2, 255, 0]));
  const cases: [string[], number, RegExp][] = [
    [['recommend', '--song', `${song.name.slice(0, 4)} zzzz qqqq xxxx`], 4, /No song in the catalogue matches/],
    [['path', song.uri, song.uri], 2, /Both ends are the same song: .*Expected two different songs/],
    [['recommend', '-n', '501', '--title', 'x'], 2, /-n is 501\. Expected a whole number from 1 to 500/],
    [['recommend', '--model', 'nonsense', '--title', 'x'], 2, /no model "nonsense"/],
    [['recommend', '--model', 'audio', '--title', 'x'], 3, /segue train audio/],
    [['recommend', '--playlist', join(folder, 'missing.txt')], 5, /cannot be read/],
    [['recommend', '--playlist', binary], 5, /is not text/],
    [['recommend', '--year', 'then'], 2, /from-to/],
    [['train', 'balanced', '--set', 'balanced.nonsense=1'], 2, /no setting "nonsense"/],
    [['train', '--set', 'oops'], 2, /model\.setting=value/],
    [['frobnicate'], 2, /Unknown command/],
    [['recommend', '--frobnicate'], 2, /Unknown option/],
    [['serve', '--port', '99999'], 2, /65535/],
  ];
  const results: Ran[] = [];
  // Two at a time: a process each.
  for (let i = 0; i < cases.length; i += 2)
    results.push(...(await Promise.all(cases.slice(i, i + 2).map(([args]) => segue(...args)))));
  cases.forEach(([args, code, message], i) => {
    const ran = results[i]!;
    assert.equal(ran.code, code, `${args.join(' ')}: ${ran.err}`);
    assert.match(ran.err, message);
    assert.equal(ran.out, '');
    assert.ok(!/\n\s+at /.test(ran.err), ran.err);
    assert.ok(ran.err.trim().split('\n').length <= 6);
  });
});

test('train --if-waiting waits for enough tracks, then adds and trains them', async () => {
  const early = await segue('train', 'balanced', '--if-waiting', '1');
  assert.deepEqual([early.code, early.out], [0, '']);
  assert.match(early.err, /0 of 1 tracks are waiting/);
  const library = await Library.open(dir);
  const before = (await library.dataset()).tracks.count;
  await library.addWaiting([
    { uri: 'spotify:track:4uLU6hMCjMI75M1A2tKUQC', name: 'New', artists: [{ name: 'Newcomer' }] },
  ]);
  const due = await segue('train', 'popularity', 'balanced', '--if-waiting', '1');
  assert.equal(due.code, 0, due.err);
  assert.match(due.err, /Added 1 waiting/);
  assert.equal((await library.dataset()).tracks.count, before + 1);
  assert.equal(await library.waitingCount(), 0);
  const answer = await segue('recommend', '--song', 'Newcomer - New', '-n', '2', '--json');
  assert.equal(answer.code, 0, answer.err);
});

test('Ctrl-C during training ends with 130 and leaves nothing half-saved', async () => {
  const models = join(dir, 'models');
  const saved = readdirSync(models).sort();
  const { child, ended, seen } = launch('train', 'als', '--set', 'als.iterations=100', '--set', 'als.factors=256');
  await seen('als');
  child.kill('SIGINT');
  const { code, err } = await ended;
  assert.equal(code, 130, err);
  assert.match(err, /was stopped|cancel/i);
  assert.deepEqual(readdirSync(models).sort(), saved);
});

test('serve answers until it is told to stop, and says when the port is taken', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => blocker.once('listening', resolve));
  const { port } = blocker.address() as { port: number };
  const taken = await segue('serve', '--port', String(port));
  blocker.close();
  assert.equal(taken.code, 2);
  assert.match(taken.err, /Another program is using port.*--port/s);
  const { child, ended, seen } = launch('serve', '--port', '0');
  await seen('ready at http://127.0.0.1:');
  child.kill('SIGTERM');
  const { code, out } = await ended;
  assert.deepEqual([code, out], [0, '']);
});

test('who may come in: everyone on loopback, who has an account with --sign-in and beyond loopback, everyone with --open-without-sign-in', async () => {
  // Only Linux answers on all of 127.0.0.0/8; Segue counts 127.0.0.1 alone as loopback.
  const beyond = process.platform === 'linux' ? ['--host', '127.0.0.2'] : null;
  const cases = [
    { flags: [], required: false },
    { flags: ['--sign-in'], required: true },
    ...(beyond ? [{ flags: beyond, required: true }] : []),
    ...(beyond ? [{ flags: [...beyond, '--open-without-sign-in'], required: false }] : []),
  ];
  for (const { flags, required } of cases) {
    const { child, ended, seen } = launch('serve', '--port', '0', ...flags);
    const said = await seen('ready at http://');
    const address = /ready at (http:\S+)/.exec(said)![1]!;
    const link = /http:\S+\/join\?code=[\w-]{43}/.exec(said)?.[0];
    assert.equal(link?.startsWith(address) ?? false, required, said);
    assert.equal((await fetch(`${address}/api/models`)).status, required ? 401 : 200, said);
    if (link) assert.equal((await fetch(link)).status, 200);
    assert.equal(said.includes('without sign-in: anyone'), flags.includes('--open-without-sign-in'), said);
    child.kill('SIGTERM');
    assert.equal((await ended).code, 0);
  }
});

test('a reader that goes away ends the command quietly', async () => {
  const { child, ended } = launch('models', '--json');
  child.stdout!.destroy();
  const { code, err } = await ended;
  assert.deepEqual([code, err], [0, '']);
});

test('a library that does not exist is named with the remedy', async () => {
  const child = spawn(process.execPath, [MAIN, 'recommend', '--title', 'x'], {
    env: { ...process.env, SEGUE_LIBRARY: join(folder, 'nothing') },
  });
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 3);
  assert.match(err, /There is no library at .*import/s);
});

test('an import takes the models along that allow it, names those that need training, and forget takes it back', async () => {
  const library = await Library.open(join(folder, 'growing'));
  await library.importBatches(demo, 'demo', demoBatches({ tracks: 200, playlists: 60, seed: 1 }));
  const there = ['--library', library.dir];
  const trained = await segue(
    'train',
    'popularity',
    'als',
    '--set',
    'als.iterations=1',
    '--set',
    'als.factors=8',
    ...there,
  );
  assert.equal(trained.code, 0, trained.err);
  const slice = join(folder, 'mpd.slice.0-999.json');
  const tracks = [{ track_uri: 'spotify:track:new', track_name: 'New', artist_name: 'Somebody' }];
  writeFileSync(slice, JSON.stringify({ playlists: [{ pid: 1, name: 'p', tracks }] }));
  const imported = await segue('import', 'mpd', slice, ...there);
  assert.equal(imported.code, 0);
  assert.match(imported.err, /popularity: up to date/);
  assert.match(imported.err, /als: still works, but on the data it was trained on.*segue train als/);
  const known = JSON.parse((await segue('info', '--json', ...there)).out);
  const als = known.models.find((model: { id: string }) => model.id === 'als');
  assert.deepEqual([als.usable, als.info.newerTracks], [true, 1]);
  const before = await segue('recommend', '--song', 'Somebody - New', '--model', 'als', ...there);
  assert.equal(before.code, 0, before.err);
  const { code, out, err } = await segue('recommend', '--song', 'Somebody - New', '--model', 'popularity', ...there);
  assert.equal(code, 0, err);
  assert.match(out, /popularity/);
  await segue('train', 'als', '--set', 'als.iterations=1', '--set', 'als.factors=8', ...there);
  const without = await segue('forget', slice, ...there);
  assert.match(without.err, /must be trained again before they can be used: als\. Run `segue train als`/);
  const compacted = await segue('compact', '--train', ...there);
  assert.match(compacted.out, /already compact/);
  assert.match(compacted.err, /Retrained: als\./);
  assert.equal((await segue('import', 'mpd', slice, '--no-update', ...there)).code, 0);
  const forgotten = await segue('forget', slice, '--no-update', ...there);
  assert.equal(forgotten.code, 0);
  assert.match(forgotten.out, /Removed: 1 file\.\n {2}mpd: mpd\.slice\.0-999\.json/);
  assert.match(forgotten.err, /segue update/);
});

test('an experiment takes models only: the saved map is none', async () => {
  const library = await Library.open(dir);
  await library.saveModel('map', new Uint8Array(8));
  await library.saveModel('popularity', new Uint8Array(8));
  const { code, err } = await segue('experiment', 'start', 'map', 'popularity');
  assert.equal(code, 2, err);
  assert.match(err, /"map" is not trained/);
  assert.doesNotMatch(err, /Expected[^.]*\bmap\b/);
});
