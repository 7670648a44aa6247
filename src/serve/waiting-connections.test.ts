import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { plainApp } from '../../test/support/plain-app.ts';
import { randomDataset } from '../../test/support/small-dataset.ts';
import { Engine } from '../recommend/engine.ts';
import { MemoryLibrary } from '../recommend/memory-library.ts';

const ask = (socket: Socket): void => void socket.write('GET /api/genres HTTP/1.1\r\nhost: localhost\r\n\r\n');

test('a stopping server answers every request on connections made before', async () => {
  const engine = await Engine.open(new MemoryLibrary(randomDataset(3, 60, 20)));
  const app = await plainApp(engine);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const sockets = Array.from({ length: 40 }, () => connect(port, '127.0.0.1'));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  // The server has taken in one or two of them; the others wait in its backlog.
  const closed = app.close();
  for (const socket of sockets) ask(socket);
  const answers = await Promise.all(sockets.map((socket) => text(socket)));
  for (const answer of answers) {
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.match(answer, /^connection: close\r$/im);
  }
  await closed;
});
