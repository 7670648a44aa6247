import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { plainApp } from '../../test/support/plain-app.ts';
import { randomDataset } from '../../test/support/small-dataset.ts';
import { Engine } from '../recommend/engine.ts';
import { MemoryLibrary } from '../recommend/memory-library.ts';
import { answerHere } from './answering/question.ts';
import type { App } from './context.ts';
import type { MinuteFigures } from './monitoring/recent-minutes.ts';

let app: App;
let port: number;
let full = false;
/** How long queries that were asked for had waited, in milliseconds, and how many behind them. */
const lines: [waited: number, behind: number][] = [];
/** What reached the app itself. */
const seen: string[] = [];

before(async () => {
  const engine = await Engine.open(new MemoryLibrary(randomDataset(3, 300, 120)));
  app = await plainApp(engine, {
    ...answerHere(engine),
    turnsAway: (waited, behind) => {
      if (waited !== undefined) lines.push([waited, behind!]);
      return full;
    },
  });
  app.addHook('onRequest', async ({ url }) => void seen.push(url));
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
});
after(() => app.close());

/** The first that comes back for these bytes. */
async function raw(request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  const [bytes] = await once(socket, 'data');
  socket.destroy();
  return String(bytes);
}

const query = (path: string, method = 'POST') =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    ...(method === 'POST' && { headers: { 'content-type': 'application/json' }, body: '{}' }),
  });

test('while the queue is full, a query is refused before its body arrives and without running the app', async () => {
  full = true;
  seen.length = 0;
  // The body never comes: whoever waited for it would not answer.
  const answer = await raw('POST /api/recommendations HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n');
  assert.match(answer, /^HTTP\/1\.1 503 .*\r\n(?:.*\r\n)*retry-after: 1\r\n/i);
  assert.equal(JSON.parse(answer.split('\r\n\r\n')[1]!).error.code, 'OVERLOADED');
  assert.deepEqual(seen, []);
});

test('a request has half a minute to arrive, so that slow bodies hold no memory for long', () => {
  assert.equal(app.server.requestTimeout, 30_000);
  assert.ok(app.server.headersTimeout > 0 && app.server.headersTimeout <= 60_000);
});

test('every route that waits for a thread is refused this way; health checks, pages and other routes are not', async () => {
  full = true;
  for (const path of ['recommendations', 'similar', 'path', 'resolve'])
    assert.equal((await query(`/api/${path}`)).status, 503, path);
  for (const path of ['/api/tracks?q=a', '/api/owners?q=a', '/api/library', '/api/genres'])
    assert.equal((await query(path, 'GET')).status, 503, path);
  for (const path of ['/healthz', '/readyz', '/api/openapi.json'])
    assert.equal((await query(path, 'GET')).status, 200, path);
  // Of what was counted, only the document of the API took time to answer.
  const { minutes } = (await (await query('/api/operation', 'GET')).json()) as { minutes: MinuteFigures[] };
  assert.ok(minutes.reduce((sum, { refused }) => sum + refused, 0) >= 6);
  for (const { p50Ms } of minutes) assert.ok(p50Ms === null || p50Ms > 0.25, 'a refusal at once is no latency');
});

test('refusals are counted among the requests, and the next query is answered on the same connection', async () => {
  const counted = async () => {
    const metrics = await (await query('/metrics', 'GET')).text();
    return Number(
      /^http_server_request_duration_seconds_count\{.*"POST".*"\/api\/similar".*"503"\} (\d+)$/m.exec(metrics)?.[1] ??
        0,
    );
  };
  const before = await counted();
  full = true;
  await query('/api/similar');
  full = false;
  assert.equal(await counted(), before + 1);

  full = true;
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /api/similar HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n');
  await once(socket, 'data');
  full = false;
  socket.end(`${' '.repeat(1000)}GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
  assert.match(await text(socket), /^HTTP\/1\.1 200 OK/);
});

test('a query that has waited reports, when it would begin, how long it waited and how many wait behind it', async () => {
  full = false;
  lines.length = 0;
  const paths = ['similar', 'similar', 'jobs', 'similar', 'similar'];
  const sockets = await Promise.all(
    paths.map(async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    }),
  );
  await new Promise(setImmediate);
  const answers = sockets.map((socket) => once(socket, 'data'));
  for (const [i, socket] of sockets.entries())
    socket.write(
      `POST /api/${paths[i]} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}`,
    );
  await Promise.all(answers);
  // Jobs are no queries: they neither ask nor count.
  assert.deepEqual(
    lines.map(([, behind]) => behind),
    [2, 1, 0],
  );
  assert.ok(lines.every(([waited]) => waited > 0));
  for (const socket of sockets) socket.destroy();
});
