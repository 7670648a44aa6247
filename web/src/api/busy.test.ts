import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sendWhenFree } from './busy.ts';

/** Answers with these statuses in turn, the last one for good. */
function server(answers: readonly (readonly [status: number, retryAfter?: string])[]) {
  const bodies: string[] = [];
  const waits: number[] = [];
  return {
    bodies,
    waits,
    means: {
      send: async (request: Request): Promise<Response> => {
        const [status, retryAfter] = answers[Math.min(bodies.length, answers.length - 1)]!;
        bodies.push(await request.text());
        return new Response('{}', { status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } });
      },
      wait: async (ms: number, signal: AbortSignal): Promise<void> => {
        signal.throwIfAborted();
        waits.push(ms);
      },
    },
  };
}

const change = (signal?: AbortSignal): Request =>
  new Request('http://segue.test/api/listeners', { method: 'POST', body: '{"name":"Ada"}', signal: signal ?? null });

test('a refused change is sent again with its body, after the time that the server names', async () => {
  const { bodies, waits, means } = server([[503, '2'], [503, '0'], [503, '600'], [200]]);
  assert.equal((await sendWhenFree(change(), means)).status, 200);
  assert.deepEqual(bodies, Array(4).fill('{"name":"Ada"}'));
  assert.deepEqual(waits, [2_000, 500, 10_000]);
});

test('a 503 that names no time may have done something, and is not repeated; nor is any other answer', async () => {
  for (const answer of [[503], [503, 'soon'], [500, '1'], [429, '1'], [200, '1']] as const) {
    const { bodies, means } = server([answer]);
    assert.equal((await sendWhenFree(change(), means)).status, answer[0]);
    assert.equal(bodies.length, 1);
  }
});

test('a server that stays busy is reported after 30 tries; an aborted request ends at once', async () => {
  const busy = server([[503, '1']]);
  assert.equal((await sendWhenFree(change(), busy.means)).status, 503);
  assert.equal(busy.bodies.length, 30);
  const stop = new AbortController();
  const left = server([[503, '1']]);
  const send = async (request: Request): Promise<Response> => {
    stop.abort();
    return left.means.send(request);
  };
  await assert.rejects(sendWhenFree(change(stop.signal), { ...left.means, send }), { name: 'AbortError' });
  assert.equal(left.bodies.length, 1);
});
