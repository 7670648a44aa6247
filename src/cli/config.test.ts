import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withTemporary } from '../../test/support/temporary.ts';
import { SETTINGS } from '../configuration/settings.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

test('segue config prints what is in effect and where it came from, and no secret', () =>
  withTemporary(async (dir) => {
    await writeFile(join(dir, 'token'), 'hush-hush-hush-hush\n');
    await writeFile(join(dir, 'c.json'), '{"host":"0.0.0.0","logLevel":"info"}');
    const env = {
      ...process.env,
      SEGUE_PORT: '9000',
      SEGUE_DATABASE_URL: 'postgres://u:hush@db/segue',
      SEGUE_METRICS_TOKEN_FILE: join(dir, 'token'),
    };
    const run = (...args: string[]) =>
      promisify(execFile)(process.execPath, [MAIN, '-l', dir, '--config', join(dir, 'c.json'), 'config', ...args], {
        env,
      });
    const { stdout } = await run('--host', '::1', '--health-port', '9001');
    const flags = (await run('--sign-in', '--open-without-sign-in', '--keep-unknown')).stdout;
    for (const name of ['signIn', 'openWithoutSignIn', 'keepUnknown'])
      assert.match(flags, new RegExp(`^${name} +true +flag --`, 'm'));
    assert.match(stdout, /^host +::1 +flag --host$/m);
    assert.match(stdout, /^healthPort +9001 +flag --health-port$/m);
    assert.match(stdout, /^port +9000 +environment SEGUE_PORT$/m);
    assert.match(stdout, /^logLevel +info +file .*c\.json$/m);
    assert.match(stdout, /^metricsToken +\(secret\) +file .*token \(SEGUE_METRICS_TOKEN_FILE\)$/m);
    const json = (await run('--json')).stdout;
    assert.equal(JSON.parse(json).length, Object.keys(SETTINGS).length);
    assert.doesNotMatch(stdout + json, /hush/);
  }));
