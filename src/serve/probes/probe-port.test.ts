import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProbePort } from './probe-port.ts';
import type { ServerState } from './shared-state.ts';

const READY: ServerState = { ready: true, stopping: false, waitingFor: [] };
/** A second of silence is 10 ms: half a minute passes while a process starts. */
const FAST = { beatEvery: 10, second: 10, again: 10 };

async function withPort(
  work: (port: ProbePort, failed: () => number) => Promise<void>,
  { state = () => READY, times = { beatEvery: 20, second: 1000, again: 10 }, allowedHosts = [] as string[] } = {},
): Promise<void> {
  let failed = 0;
  const where = { host: '127.0.0.1', port: 0, allowedHosts };
  const port = await ProbePort.open(where, state, () => void failed++, times);
  try {
    await work(port, () => failed);
  } finally {
    await port.close();
  }
}

const numberOf = ({ address }: ProbePort): number => Number(new URL(address).port);

/** However it comes to its end. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => socket.on('error', () => {}).once('close', () => resolve()));

/** Sends bytes, and reads until the other side closes. */
async function raw(port: ProbePort, text: string): Promise<string> {
  const socket = connect(numberOf(port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.write(text);
  await closed(socket);
  return answer;
}

const get = (path: string, host = '127.0.0.1', method = 'GET'): string =>
  `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

/** Statuses of the paths, asked by another process while this one does nothing but wait for it. */
const askedWhileBlocked = (address: string, paths: readonly string[], after: number): number[] =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '-e',
        `setTimeout(async () => console.log(JSON.stringify(await Promise.all(process.argv.slice(1).map(
          async (url) => (await fetch(url)).status)))), ${after})`,
        ...paths.map((path) => address + path),
      ],
      { encoding: 'utf8' },
    ),
  ) as number[];

test('probes are answered while the main thread is busy, and report when it is busy for too long', () =>
  withPort(async ({ address }) => {
    const paths = ['/healthz', '/readyz'];
    assert.deepEqual(askedWhileBlocked(address, paths, 0), [200, 200]);
  }));

test('a main thread that is silent for too long counts as hung, until it runs again', () =>
  withPort(
    async ({ address }) => {
      assert.deepEqual(askedWhileBlocked(address, ['/healthz', '/readyz'], 500), [503, 503]);
      await sleep(100);
      const health = await fetch(`${address}/healthz`);
      assert.equal(health.status, 200);
      assert.equal(((await health.json()) as { ok: boolean }).ok, true);
    },
    { times: FAST },
  ));

test('waiting, readiness and stopping are reported at once', async () => {
  let state: ServerState = { ready: false, stopping: false, waitingFor: ['library', 'model'] };
  await withPort(
    async (port) => {
      const asked = async () => {
        const answer = await fetch(`${port.address}/readyz`);
        const { ready, waitingFor, stopping } = (await answer.json()) as ServerState;
        return { status: answer.status, ready, waitingFor, stopping };
      };
      assert.deepEqual(await asked(), {
        status: 503,
        ...{ ready: false, waitingFor: ['library', 'model'], stopping: false },
      });
      state = READY;
      port.tell();
      assert.deepEqual(await asked(), { status: 200, ...READY });
      state = { ...READY, stopping: true };
      port.tell();
      assert.deepEqual(await asked(), { status: 503, ready: false, waitingFor: [], stopping: true });
      assert.equal((await fetch(`${port.address}/healthz`)).status, 200);
    },
    // Only what is told at once gets through.
    { state: () => state, times: { beatEvery: 60_000, second: 1000, again: 10 } },
  );
});

test('only two paths are answered, by GET and HEAD, under allowed host names, without naming the software', () =>
  withPort(
    async (port) => {
      const health = await raw(port, get('/healthz'));
      assert.equal(statusOf(health), 200);
      assert.match(health, /^cache-control: no-store\r$/m);
      assert.match(health, /^connection: close\r$/m);
      assert.doesNotMatch(health, /^(?:server|x-powered-by|access-control)/im);
      const head = await raw(port, get('/healthz', '127.0.0.1', 'HEAD'));
      assert.equal(statusOf(head), 200);
      assert.ok(head.endsWith('\r\n\r\n'), 'no body');
      assert.equal(statusOf(await raw(port, get('/readyz?verbose'))), 200);
      for (const path of ['/', '/metrics', '/api/models', '/healthz/../api', '/%68ealthz', 'http://127.0.0.1/healthz'])
        assert.equal(statusOf(await raw(port, get(path))), 404, path);
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
        const refused = await raw(port, get('/healthz', '127.0.0.1', method));
        assert.equal(statusOf(refused), 405, method);
        assert.match(refused, /^allow: GET, HEAD\r$/m);
      }
      assert.equal(statusOf(await raw(port, get('/healthz', 'probe.example:8788'))), 200, 'an allowed name');
      assert.equal(statusOf(await raw(port, 'GET /healthz HTTP/1.0\r\n\r\n')), 200, 'HTTP/1.0 without a name');
      for (const host of ['evil.example', '10.0.0.1', 'localhost.evil.example'])
        assert.equal(statusOf(await raw(port, get('/healthz', host))), 400, host);
      const two = 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n';
      assert.equal(statusOf(await raw(port, two)), 400);
    },
    { allowedHosts: ['probe.example'] },
  ));

test('bad input is refused without ending the thread: other protocols, endless heads, bodies, truncated requests', () =>
  withPort(async (port, failed) => {
    for (const text of ['\0\0\0\0', 'SSH-2.0-x\r\n', 'GET\r\n\r\n', 'GET /healthz HTTP/9.9\r\n\r\n', '\x16\x03\x01'])
      assert.ok(!/^HTTP\/1\.1 2/.test(await raw(port, text)), JSON.stringify(text));
    assert.equal(statusOf(await raw(port, `GET /healthz HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(1e5)}\r\n\r\n`)), 431);
    const body = 'POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n';
    assert.equal(statusOf(await raw(port, `${body}${'x'.repeat(1000)}`)), 405, 'answered before the body has come');
    await raw(port, 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n');
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    await raw(port, `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n${upgrade}`);
    const cut = connect(numberOf(port), '127.0.0.1');
    await once(
      cut.on('error', () => {}),
      'connect',
    );
    cut.write('GET /hea');
    cut.resetAndDestroy();
    assert.equal((await fetch(`${port.address}/healthz`)).status, 200);
    assert.equal(failed(), 0);
  }));

test('silent clients make way for probes, however many there are, and are cut after some seconds', () =>
  withPort(async (port, failed) => {
    const idle: Socket[] = [];
    const ended: Promise<unknown>[] = [];
    for (let i = 0; i < 600; i++) {
      const socket = connect(numberOf(port), '127.0.0.1');
      ended.push(closed(socket.resume()));
      idle.push(socket);
      if (i % 50 === 0) assert.equal((await fetch(`${port.address}/healthz`)).status, 200, `${i} idle`);
    }
    idle[599]!.write('GET /healthz HTTP/1.1\r\nHost: ');
    await Promise.all(ended);
    assert.equal(failed(), 0);
  }));

test('a thread that ends by itself is restarted on the same port', () =>
  withPort(async (port, failed) => {
    const { address } = port;
    // As running out of memory would.
    await (port as unknown as { worker: { terminate(): Promise<number> } }).worker.terminate();
    while (!(await fetch(`${address}/healthz`).catch(() => null))?.ok) await sleep(10);
    assert.equal(failed(), 1);
    assert.equal(port.address, address);
  }));

test('a port in use is reported like the server’s own port', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const where = { host: '127.0.0.1', port, allowedHosts: [] };
  await assert.rejects(
    ProbePort.open(where, () => READY, assert.fail),
    { code: 'USAGE', got: `Another program is using port ${port}`, remedy: /--health-port/ },
  );
  taken.close();
});
