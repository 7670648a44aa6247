import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { SegueError } from '../errors.ts';
import { loadConfiguration } from './load.ts';

const refusal = (work: () => unknown): SegueError => {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof SegueError, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'it was not refused' });
};

test('without anything set, the defaults hold', () => {
  const { values, origins } = loadConfiguration({}, {});
  assert.deepEqual(values, {
    library: './library',
    host: '127.0.0.1',
    port: 8787,
    allowedHosts: [],
    trustedProxies: [],
    signIn: false,
    openWithoutSignIn: false,
    oidcName: 'your organisation',
    oidcDomains: [],
    keepUnknown: false,
    longestWait: 2,
    logLevel: 'warn',
  });
  assert.equal(origins.port, 'default');
  assert.equal(origins.databaseUrl, 'not set');
});

test('flags come before the environment, the environment before the file, the file before the default', () =>
  withTemporary(async (dir) => {
    await writeFile(join(dir, 'segue.config.json'), '{"host":"a","port":1,"logLevel":"info"}');
    const { values, origins } = loadConfiguration(
      { library: dir, host: 'c' },
      { SEGUE_HOST: 'b', SEGUE_PORT: '2', SEGUE_LIBRARY: '/nowhere' },
    );
    assert.equal(values.library, dir);
    assert.equal(values.host, 'c');
    assert.equal(values.port, 2);
    assert.equal(values.logLevel, 'info');
    assert.equal(origins.host, 'flag --host');
    assert.equal(origins.port, 'environment SEGUE_PORT');
    assert.equal(origins.logLevel, `file ${join(dir, 'segue.config.json')}`);
  }));

test('a named file takes the place of the one in the library, and may name the library', () =>
  withTemporary(async (dir) => {
    const library = join(dir, 'library');
    await mkdir(library);
    await writeFile(join(library, 'segue.config.json'), '{"port":1}');
    const file = join(dir, 'other.json');
    await writeFile(file, JSON.stringify({ library, allowedHosts: ['music.example'] }));
    const { values } = loadConfiguration({}, {}, file);
    assert.equal(values.library, library);
    assert.equal(values.port, 8787);
    assert.deepEqual(values.allowedHosts, ['music.example']);
  }));

test('variables are read as the type of their setting; an empty one is not set', () => {
  const { values } = loadConfiguration(
    {},
    { SEGUE_ALLOWED_HOSTS: 'a, b,', SEGUE_KEEP_UNKNOWN: '1', SEGUE_PORT: '', SEGUE_DATABASE_URL: '' },
  );
  assert.deepEqual(values.allowedHosts, ['a', 'b']);
  assert.equal(values.keepUnknown, true);
  assert.equal(values.port, 8787);
  assert.equal(values.databaseUrl, undefined);
});

test('secrets come from the environment or from a file, without the line end, never from both', () =>
  withTemporary(async (dir) => {
    const file = join(dir, 'url');
    await writeFile(file, 'postgres://u:hush@db/segue\n');
    assert.equal(
      loadConfiguration({}, { SEGUE_DATABASE_URL_FILE: file }).values.databaseUrl,
      'postgres://u:hush@db/segue',
    );
    const both = refusal(() => loadConfiguration({}, { SEGUE_DATABASE_URL: 'x', SEGUE_DATABASE_URL_FILE: file }));
    assert.match(both.message, /both set/);
    assert.equal(
      refusal(() => loadConfiguration({}, { SEGUE_DATABASE_URL_FILE: join(dir, 'none') })).code,
      'FILE_UNREADABLE',
    );
  }));

test('wrong values are refused with their name and origin; a secret is never quoted', () =>
  withTemporary(async (dir) => {
    assert.equal(refusal(() => loadConfiguration({}, { SEGUE_PORT: '70000' })).code, 'OUT_OF_RANGE');
    assert.match(refusal(() => loadConfiguration({}, { SEGUE_PORT: 'x' })).message, /port \(environment SEGUE_PORT\)/);
    assert.equal(refusal(() => loadConfiguration({}, { SEGUE_KEEP_UNKNOWN: 'yes' })).code, 'USAGE');
    assert.equal(refusal(() => loadConfiguration({}, { SEGUE_LOG_LEVEL: 'loud' })).code, 'USAGE');
    assert.doesNotMatch(refusal(() => loadConfiguration({}, { SEGUE_METRICS_TOKEN: 'hush' })).message, /hush/);
    const cases: [string, string, RegExp][] = [
      ['{"databaseUrl":"postgres://hush"}', 'USAGE', /SEGUE_DATABASE_URL_FILE/],
      ['{"databaseUrl":"postgres://hush"', 'FILE_UNREADABLE', /not JSON/],
      ['[]', 'FILE_UNREADABLE', /not a JSON object/],
      ['{"prot":1}', 'USAGE', /unknown setting "prot"/],
      ['{"__proto__":1}', 'USAGE', /unknown setting/],
      ['{"port":"1"}', 'USAGE', /port/],
    ];
    for (const [text, code, message] of cases) {
      const file = join(dir, 'c.json');
      await writeFile(file, text);
      const error = refusal(() => loadConfiguration({}, {}, file));
      assert.equal(error.code, code, text);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /hush/);
    }
  }));
