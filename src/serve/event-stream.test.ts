import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { eventStream } from './event-stream.ts';

/** A stream to a client that reads nothing: what is written stays here. */
function unread(t: TestContext) {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const raw = new ServerResponse(new IncomingMessage(new Socket()));
  const errors: Error[] = [];
  raw.on('error', (error) => errors.push(error));
  const reply = { raw, hijack: () => reply, getHeaders: () => ({}) } as unknown as FastifyReply;
  return { raw, errors, stream: eventStream(reply) };
}

test('a closed stream writes nothing more to a client that has not read the rest, neither events nor keep-alives', async (t) => {
  const { errors, stream } = unread(t);
  void stream.send({ type: 'progress', data: 1 });
  stream.close();
  t.mock.timers.tick(60_000);
  await stream.send({ type: 'progress', data: 2 });
  await setImmediate();
  assert.deepEqual(errors, []);
});

test('the sender waits for a client that does not read, until there is room or the client has left', async (t) => {
  const { raw, stream } = unread(t);
  const big = { type: 'list', data: 'x'.repeat(100_000) };
  let sent = false;
  const first = stream.send(big).then(() => (sent = true));
  await setImmediate();
  assert.equal(sent, false);
  raw.emit('drain');
  await first;
  assert.equal(getEventListeners(stream.signal, 'abort').length, 0, 'nothing of it is left on the signal');
  const second = stream.send(big);
  raw.emit('close');
  await second;
});
