import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../support/source-files.ts';
import { withTemporary } from '../support/temporary.ts';

/** Blocks every way out of the process (connections, datagrams and name look-ups), except for this server's requests to itself. */
const GUARD = `
import net from 'node:net'; import dns from 'node:dns'; import dgram from 'node:dgram'; import { syncBuiltinESMExports } from 'node:module';
const own = new Set(); globalThis.allowed = own; globalThis.attempts = [];
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const given = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (!own.has(Number(given?.port))) { globalThis.attempts.push(JSON.stringify({ host: given?.host, port: given?.port, path: given?.path })); throw new Error('blocked'); }
  return connect.apply(this, args);
};
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) { const real = dns[name]; dns[name] = (host, ...rest) => { if (host !== '127.0.0.1') globalThis.attempts.push('dns ' + host); return real(host, ...rest); }; }
dgram.createSocket = () => { globalThis.attempts.push('udp'); throw new Error('blocked'); };
syncBuiltinESMExports();
`;

const RUN = (dir: string): string => `
const { Library } = await import(${JSON.stringify(join(ROOT, 'src/library/library.ts'))});
const { demo, demoBatches } = await import(${JSON.stringify(join(ROOT, 'src/sources/demo/demo.ts'))});
const { train } = await import(${JSON.stringify(join(ROOT, 'src/recommend/train.ts'))});
const { startServer } = await import(${JSON.stringify(join(ROOT, 'src/serve/server.ts'))});
const library = await Library.open(${JSON.stringify(dir)});
await library.importBatches(demo, 'demo', demoBatches({ tracks: 200, playlists: 80, seed: 1 }));
await train(library, { models: ['popularity', 'track-neighbours'] });
const server = await startServer(library, { host: '127.0.0.1', port: 0 });
allowed.add(Number(new URL(server.address).port));
const paths = ['/', '/healthz', '/api/connections', '/api/connections/hosts', '/api/library', '/api/tracks?q=a', '/rest/ping?f=json', '/1/validate-token', '/api/docs/'];
for (const path of paths) { const answer = await fetch(server.address + path); if (answer.status !== 200) throw new Error(path + ' ' + answer.status); await answer.arrayBuffer(); }
const hosts = await (await fetch(server.address + '/api/connections/hosts')).json();
let blocked = false;
try { await fetch('http://127.0.0.1:9/'); } catch { blocked = true; }
const seen = attempts.length;
await fetch('http://127.0.0.1:' + (Number(new URL(server.address).port) === 40001 ? 40002 : 40001)).catch(() => {});
const guarded = attempts.length > seen;
attempts.splice(seen);
await server.close();
console.log(JSON.stringify({ attempts, hosts, blocked, guarded }));
process.exit(0);
`;

test('without a connection nothing leaves the machine: importing, training, serving and every kind of page', () =>
  withTemporary(async (dir) => {
    const guard = `data:text/javascript,${encodeURIComponent(GUARD)}`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--import', guard, '--input-type=module', '-e', RUN(dir)], {
      encoding: 'utf8',
      timeout: 300_000,
    });
    const line = stdout.trim().split('\n').at(-1) ?? '';
    assert.match(line, /^\{/, stderr.slice(-2000));
    const { attempts, hosts, guarded } = JSON.parse(line) as {
      attempts: string[];
      hosts: { hosts: unknown[] };
      guarded: boolean;
    };
    assert.ok(guarded, 'the guard sees a request that is made');
    assert.deepEqual(attempts, []);
    assert.deepEqual(hosts, { hosts: [] });
  }));
