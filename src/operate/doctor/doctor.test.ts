import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { loadConfiguration } from '../../configuration/load.ts';
import { Library } from '../../library/library.ts';
import { openRepository } from '../../listeners/open.ts';
import { train } from '../../recommend/train.ts';
import { demo, demoBatches } from '../../sources/demo/demo.ts';
import { CHECKS, examine, installation } from './examine.ts';
import type { Finding, Installation } from './finding.ts';

const subject = (dir: string, change: Partial<Installation> = {}, env: NodeJS.ProcessEnv = {}): Installation => ({
  ...installation(loadConfiguration({ library: dir, port: 0 }, env).values, env),
  ...change,
});

async function found(of: Installation, check: string): Promise<Finding> {
  const finding = (await examine(of)).find((one) => one.check === check);
  assert.ok(finding, check);
  return finding;
}

async function makeLibrary(dir: string): Promise<Library> {
  const library = await Library.open(dir);
  await library.importBatches(demo, 'demo', demoBatches({ tracks: 60, playlists: 10, seed: 1 }));
  return library;
}

test('a good installation has no findings', () =>
  withTemporary(async (dir) => {
    await train(await makeLibrary(dir), { models: ['popularity'] });
    await (await openRepository(dir)).close();
    const findings = await examine(subject(dir, { freeBytes: async () => 1e12 }));
    assert.equal(findings.length, CHECKS.length);
    assert.deepEqual(
      findings.filter(({ state }) => state !== 'ok'),
      [],
    );
  }));

test('each finding has a state and says what to do', () =>
  withTemporary(async (dir) => {
    const cases: [string, Finding['state'], RegExp, Installation][] = [];
    const none = join(dir, 'none');
    const expect = (check: string, state: Finding['state'], remedy: RegExp, of: Installation) =>
      cases.push([check, state, remedy, of]);
    expect('node', 'problem', /npm ci/, subject(none, { nodeVersion: '20.1.0' }));
    const broken = (): void => {
      throw new Error('no SIMD');
    };
    expect('kernels', 'problem', /npm run build/, subject(none, { loadKernels: broken }));
    expect('library', 'warning', /segue import demo/, subject(none));
    expect('disk', 'warning', /space/, subject(none, { freeBytes: async () => 1e6 }));
    const torn = join(dir, 'torn');
    await mkdir(torn);
    await writeFile(join(torn, 'manifest.json'), '{');
    expect('library', 'problem', /segue restore/, subject(torn));
    const held = join(dir, 'held');
    await mkdir(held);
    await writeFile(join(held, 'lock'), JSON.stringify({ pid: 1, host: 'another-host', started: '' }));
    expect('lock', 'warning', /delete/, subject(held));
    const left = join(dir, 'left');
    await mkdir(left);
    await writeFile(join(left, 'lock'), 'torn');
    expect('lock', 'warning', /replaces it/, subject(left));
    const invalid = join(dir, 'invalid');
    await mkdir(invalid);
    await writeFile(join(invalid, 'lock'), '{"pid":}');
    expect('lock', 'warning', /replaces it/, subject(invalid));
    const reused = join(dir, 'reused');
    await mkdir(reused);
    await writeFile(join(reused, 'lock'), JSON.stringify({ pid: process.ppid, host: hostname(), started: '1' }));
    if (process.platform === 'linux') expect('lock', 'warning', /replaces it/, subject(reused));
    const other = join(dir, 'other');
    await makeLibrary(other);
    expect('models', 'warning', /segue train/, subject(other));
    const unfit = join(dir, 'unfit');
    const second = await makeLibrary(unfit);
    await train(second, { models: ['popularity'] });
    const model = (await second.loadModel('popularity'))!;
    await second.saveModel('popularity', model.subarray(0, model.length - 8));
    expect('models', 'problem', /segue train popularity/, subject(unfit));
    await writeFile(join(unfit, 'listeners.db'), 'no database at all '.repeat(100));
    expect('listeners', 'problem', /segue restore/, subject(unfit));
    expect(
      'listeners',
      'problem',
      /SEGUE_DATABASE_URL/,
      subject(none, {}, { SEGUE_DATABASE_URL: 'postgres://u:hush@127.0.0.1:1/x' }),
    );
    await writeFile(join(held, 'connections.key'), 'x');
    await chmod(join(held, 'connections.key'), 0o644);
    expect('permissions', 'problem', /chmod 600/, subject(held));
    expect('spark', 'warning', /spark\/README/, subject(none, {}, { SEGUE_SPARK_PYTHON: join(dir, 'no-python') }));
    for (const [check, state, remedy, of] of cases) {
      const finding = await found(of, check);
      assert.equal(finding.state, state, `${check}: ${finding.found}`);
      assert.match(finding.remedy ?? '', remedy, check);
      assert.match(finding.found, /\.$/);
      assert.match(finding.remedy ?? '', /\.$/);
      assert.doesNotMatch(JSON.stringify(finding), /hush/);
    }
  }));

test('a port in use is a warning, an address of another machine a problem', () =>
  withTemporary(async (dir) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const at = (host: string, number: number): Installation =>
      subject(dir, { settings: loadConfiguration({ library: dir, host, port: number }, {}).values });
    assert.equal((await found(at('127.0.0.1', port), 'port')).state, 'warning');
    const probed = (number: number, healthPort: number): Promise<Finding> =>
      found(
        subject(dir, { settings: loadConfiguration({ library: dir, port: number, healthPort }, {}).values }),
        'health port',
      );
    assert.equal((await probed(0, port)).state, 'warning');
    assert.equal((await probed(port, port)).state, 'problem');
    assert.equal((await probed(0, 0)).state, 'ok');
    server.close();
    assert.equal((await found(at('192.0.2.1', 0), 'port')).state, 'problem');
  }));
