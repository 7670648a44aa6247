import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALIVE_SECONDS, probeAnswer, READY_SECONDS } from './probe-answer.ts';
import { SharedState } from './shared-state.ts';
import { Silence } from './silence.ts';

const ABOUT = { version: '1.2.3', uptimeSeconds: 4 };

test('silence grows by the tick until the next beat, however long a tick has taken', () => {
  const [state, silence] = [new SharedState(), new Silence()];
  const tick = (): number => {
    silence.tick(state.beats);
    return silence.ticks;
  };
  assert.deepEqual([tick(), tick(), tick()], [0, 1, 2]);
  state.beat();
  assert.deepEqual([tick(), tick()], [0, 1]);
});

test('the state of a server arrives through shared memory as it was written', () => {
  const state = new SharedState();
  const nothing = { ready: false, stopping: false, waitingFor: [] };
  assert.deepEqual(state.read(), nothing);
  for (const told of [
    { ready: false, stopping: false, waitingFor: ['library', 'search', 'model'] as const },
    { ready: false, stopping: true, waitingFor: ['model'] as const },
    { ready: true, stopping: false, waitingFor: [] },
  ]) {
    state.write(told);
    assert.deepEqual(new SharedState(state.memory).read(), told);
  }
});

test('a server counts as alive for 30 s of silence, and as ready for 10 s unless it is stopping or starting', () => {
  const ready = { ready: true, stopping: false, waitingFor: [] };
  const status = (path: string, silent: number, state = ready): number | undefined =>
    probeAnswer(path, state, silent, ABOUT)?.status;
  assert.equal(status('/healthz', ALIVE_SECONDS - 1), 200);
  assert.equal(status('/healthz', ALIVE_SECONDS), 503);
  assert.equal(status('/healthz', 0, { ...ready, ready: false, stopping: true }), 200, 'nobody kills what is stopping');
  assert.equal(status('/readyz', READY_SECONDS - 1), 200);
  assert.equal(status('/readyz', READY_SECONDS), 503);
  assert.equal(status('/readyz', 0, { ...ready, stopping: true }), 503);
  assert.equal(status('/readyz', 0, { ...ready, ready: false }), 503);
  for (const path of ['/', '', '/healthz/', '/metrics', '//healthz', 'http://a/healthz', '/HEALTHZ'])
    assert.equal(status(path, 0), undefined, path);
});
