import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { beginOneATurn, type Refuses } from './one-a-turn.ts';

const HELD = 5;

/** Nothing else of the process goes on meanwhile. */
const hold = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HELD);

/** A server that holds its thread for each request, and the paths of those that it has begun. */
async function holding(
  refuses?: Refuses,
): Promise<{ server: Server; begun: string[]; sockets(n: number): Promise<Socket[]> }> {
  const begun: string[] = [];
  const server = createServer((request, response) => {
    begun.push(request.url!);
    if (request.url !== '/healthz') hold();
    response.end(request.url);
  });
  beginOneATurn(server, new Set(['/healthz']), refuses);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    server,
    begun,
    sockets: (n) =>
      Promise.all(
        Array.from({ length: n }, async () => {
          const socket = connect(port, '127.0.0.1');
          await once(socket, 'connect');
          return socket;
        }),
      ),
  };
}

const ask = (socket: Socket, path: string): void => void socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
const answered = async (socket: Socket): Promise<string> => String(await once(socket, 'data')).split('\r\n\r\n')[1]!;

test('however many requests arrive at once, a probe and its connection wait for only a few, and all are answered in order', async () => {
  const { server, begun, sockets } = await holding();
  const all = await sockets(21);
  const probe = all.pop()!;
  await turn();
  const answers = all.map(answered);
  for (const [i, socket] of all.entries()) ask(socket, `/${i}`);
  ask(probe, '/healthz');
  await answered(probe);
  const before = begun.indexOf('/healthz');
  assert.ok(before <= 4, `${before} requests began before the probe`);
  await Promise.all(answers);
  assert.deepEqual(
    begun.filter((path) => path !== '/healthz'),
    all.map((_, i) => `/${i}`),
  );
  for (const socket of [...all, probe]) socket.destroy();
  server.close();
});

test('requests whose clients left while they waited are skipped, and those behind them begin', async () => {
  const { server, begun, sockets } = await holding();
  const [first, gone, last] = (await sockets(3)) as [Socket, Socket, Socket];
  await turn();
  const answers = [first, last].map(answered);
  const leaving = once(server, 'request').then(() => gone.resetAndDestroy());
  for (const [socket, path] of [
    [first, '/first'],
    [gone, '/gone'],
    [last, '/last'],
  ] as const)
    ask(socket, path);
  await leaving;
  await Promise.all(answers);
  assert.ok(begun.includes('/first') && begun.includes('/last'));
  assert.equal((await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`)).status, 200);
  for (const socket of [first, last]) socket.destroy();
  server.closeAllConnections();
  server.close();
});

test('a request that arrived while there was room is checked again when it would begin: many are refused in one turn, and the next with room begins', async () => {
  const room = 3;
  const lines: (number | null)[] = [];
  const { server, begun, sockets } = await holding((request, response, line) => {
    if (request.url === '/page') return false;
    lines.push(line ? line.behind.length : null);
    if (line) assert.ok(line.waited > 0);
    if (begun.length < room) return false;
    response.writeHead(503, { 'content-length': 7 }).end('refused');
    return true;
  });
  const all = await sockets(20);
  await turn();
  const answers = all.map(answered);
  for (const [i, socket] of all.entries()) ask(socket, i === 19 ? '/page' : `/${i}`);
  const told = await Promise.all(answers);
  for (const socket of all) socket.destroy();
  server.close();
  assert.deepEqual(told, [...['/0', '/1', '/2'], ...Array.from({ length: 16 }, () => 'refused'), '/page']);
  assert.deepEqual(begun, ['/0', '/1', '/2', '/page']);
  assert.ok(lines.length > 19, 'some were asked when they came and when they would have begun');
  assert.ok(lines.includes(null) && lines.some((behind) => behind !== null && behind > 0));
});
