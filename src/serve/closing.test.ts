import assert from 'node:assert/strict';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import fastify from 'fastify';
import { closeGently } from './closing.ts';
import type { App } from './context.ts';

test('a stopping server cuts streams, but no answer still being computed, even after the grace period', async () => {
  const app = fastify({ forceCloseConnections: 'idle', return503OnClosing: false }) as unknown as App;
  const answer = Promise.withResolvers<string>();
  const asked = Promise.withResolvers<void>();
  app.get('/answer', async () => {
    asked.resolve();
    return answer.promise;
  });
  app.get('/stream', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200).write('begun');
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const open = (path: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => get({ port, host: '127.0.0.1', path }, resolve).on('error', reject));
  const stream = await open('/stream');
  const cut = new Promise<void>((resolve) => stream.on('close', resolve).on('error', () => {}));
  stream.resume();
  const answered = open('/answer').then(text);
  await asked.promise;
  const graceOver = Promise.withResolvers<void>();
  const idle = Promise.withResolvers<void>();
  const answers = {
    whenIdle: () => {
      graceOver.resolve();
      return idle.promise;
    },
    close: async () => {},
  };
  const closed = closeGently(app, answers, { grace: 1, longest: 60_000, flush: 100 });
  await graceOver.promise;
  answer.resolve('whole');
  idle.resolve();
  assert.equal(await answered, 'whole');
  await cut;
  await closed;
});

test('requests that never end are cut at the limit', async () => {
  const app = fastify() as unknown as App;
  app.get('/never', () => new Promise(() => {}));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const asked = new Promise<void>((resolve) => app.server.on('request', () => resolve()));
  const cut = new Promise<void>((resolve) =>
    get({ port, host: '127.0.0.1', path: '/never' }).on('error', () => resolve()),
  );
  await asked;
  const answers = { whenIdle: () => new Promise<void>(() => {}), close: async () => {} };
  await Promise.all([closeGently(app, answers, { grace: 1, longest: 20, flush: 1 }), cut]);
});
