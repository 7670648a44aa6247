import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Library } from '../../src/library/library.ts';
import { openHousehold } from '../../src/listeners/personal/household.ts';
import { train } from '../../src/recommend/train.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { ROOT } from '../support/source-files.ts';
import { withTemporary } from '../support/temporary.ts';

const CHROMIUM = process.env.SEGUE_CHROMIUM ?? '/usr/bin/chromium';
const WALK = join(ROOT, 'test/support/blocked-walk.ts');
const GUARD = join(ROOT, 'test/support/network-guard.ts');

/** Arguments for unshare that give a separate network with loopback only; null where this account may not use it. */
function isolation(): string[] | null {
  for (const flags of ['-n', '-rn']) {
    const tried = spawnSync('unshare', [flags, 'sh', '-c', 'ip link set lo up']);
    if (tried.status === 0) return [flags, 'sh', '-c', 'ip link set lo up && exec "$0" "$@"'];
  }
  return null;
}
const isolated = isolation();
const skip = isolated === null && 'network namespaces (unshare and ip) are not permitted here';

interface Walk {
  readonly statuses: Readonly<Record<string, number>>;
  readonly routes: { readonly unroutable: number; readonly attempts: readonly string[] };
  readonly pages: number;
  readonly foreign: readonly string[];
  readonly viewed: readonly string[];
  readonly control: { readonly status: number; readonly unroutable: number; readonly attempts: readonly string[] };
}

test(
  'without a connection, the real server makes no network request: every route, a job, every view',
  {
    skip,
    timeout: 300_000,
  },
  (context) =>
    withTemporary(async (parent) => {
      const dir = join(parent, 'library');
      const library = await Library.open(dir);
      await library.importBatches(demo, 'demo', demoBatches({ tracks: 200, playlists: 80, seed: 1 }));
      await train(library, { models: ['popularity', 'track-neighbours'] });
      const household = openHousehold(library, undefined);
      const repository = await household.repository();
      await repository.listeners.add({ name: 'Alice', id: 'alice' });
      const { vocabulary } = (await library.dataset()).tracks;
      await repository.opinions.set(
        'alice',
        Array.from({ length: 20 }, (_, t) => ({
          song: vocabulary.id(t),
          kind: 'like' as const,
          at: 1_700_000_000_000,
        })),
      );
      await repository.lists.save('alice', { id: 'mine', name: 'Mine', songs: [{ song: vocabulary.id(1) }] });
      await household.close();

      const attempts = join(parent, 'attempts');
      const browser = existsSync(CHROMIUM) ? CHROMIUM : '';
      if (browser === '') context.diagnostic(`there is no Chromium at ${CHROMIUM}: the views were not opened`);
      const { stdout, stderr } = spawnSync('unshare', [...isolated!, process.execPath, WALK, dir, attempts, browser], {
        encoding: 'utf8',
        timeout: 280_000,
      });
      assert.match(stdout, /^\{/, stderr.slice(-3000));
      const walk = JSON.parse(stdout) as Walk;
      const answered = Object.values(walk.statuses);
      context.diagnostic(
        `${answered.length} requests, ${answered.filter((status) => status < 400).length} of them carried out; ${walk.pages} views`,
      );
      assert.ok(answered.length > 90, `${answered.length} routes were asked`);
      assert.ok(answered.filter((status) => status < 400).length > 50, JSON.stringify(walk.statuses));
      assert.ok(
        answered.every((status) => status < 500 || status === 503),
        JSON.stringify(walk.statuses),
      );
      assert.deepEqual(walk.routes, { unroutable: 0, attempts: [] });
      assert.deepEqual([walk.foreign, walk.viewed], [[], []]);

      // The guard and the kernel's count both see connection attempts; the guard also sees those of workers.
      assert.equal(walk.control.status, 503, 'the server could not reach the service');
      assert.ok(walk.control.unroutable > 0, 'the kernel counts an attempt');
      assert.match(walk.control.attempts.join('\n'), /connect 192\.0\.2\.1:4533 \(main thread/);
      const attempt = `import net from 'node:net'; net.connect(9, '192.0.2.1').on('error', () => {});`;
      const script = join(parent, 'attempt.mjs');
      writeFileSync(script, attempt);
      const worker = `new (require('node:worker_threads').Worker)(${JSON.stringify(script)})`;
      const seen = join(parent, 'seen');
      spawnSync('unshare', [...isolated!, process.execPath, '-e', worker], {
        env: { ...process.env, NODE_OPTIONS: `--import=${GUARD}`, SEGUE_ATTEMPTS: seen },
        timeout: 60_000,
      });
      assert.match(readFileSync(seen, 'utf8'), /connect .*\(worker/);
    }),
);
