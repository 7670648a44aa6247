import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SegueError } from '../../errors.ts';
import { Rng } from '../../math/rng.ts';
import { Admission, type Ticket } from './admission.ts';

const refused = (error: unknown): boolean => error instanceof SegueError && error.code === 'OVERLOADED';

test('a query beyond the limit is refused at once, and one that waits too long is refused later', async () => {
  let now = 0;
  const admission = new Admission<number>({ threads: 1, waiting: 2, patience: 100 }, () => now);
  const first = admission.enter('a', 'k', 1);
  now = 60;
  const second = admission.enter('b', 'k', 2);
  assert.throws(() => admission.enter('c', 'k', 3), refused);
  now = 120;
  assert.equal(admission.next()?.work, 2, 'the first has waited too long');
  await assert.rejects(first, refused);
  assert.equal(admission.next(), null);
  assert.equal(await Promise.race([second, 'open']), 'open');
});

/** Latencies of a made-up server, in milliseconds, by kind of query: exact service times, a clock that only events move. */
function simulate(
  threads: number,
  arrivals: readonly (readonly [at: number, kind: string])[],
  ms: Record<string, number>,
) {
  let now = 0;
  const admission = new Admission<string>({ threads, waiting: 32 * threads, patience: 2000 }, () => now);
  const running: { readonly ticket: Ticket<string>; readonly until: number }[] = [];
  const latencies: Record<string, number[]> = {};
  const give = (): void => {
    while (running.length < threads) {
      const ticket = admission.next();
      if (!ticket) return;
      running.push({ ticket, until: now + ms[ticket.kind]! });
      running.sort((a, b) => a.until - b.until);
    }
  };
  const finishBefore = (time: number): void => {
    while (running.length > 0 && running[0]!.until <= time) {
      const { ticket, until } = running.shift()!;
      now = until;
      admission.done(ticket, ms[ticket.kind]!);
      (latencies[ticket.kind] ??= []).push(until - ticket.since);
      give();
    }
  };
  arrivals.forEach(([at, kind], i) => {
    finishBefore(at);
    now = at;
    try {
      void admission.enter(`${i}`, kind, kind).catch(() => {});
    } catch {
      // Refused, as `admission.refused` counts.
    }
    give();
  });
  finishBefore(Infinity);
  return { latencies, refused: admission.refused, end: now };
}

/** Random arrivals at a rate per millisecond. */
function poisson(rate: number, until: number, kind: string, rng = new Rng(5)): [at: number, kind: string][] {
  const arrivals: [number, string][] = [];
  for (let at = 0; at < until; at += -Math.log(1 - rng.uniform()) / rate) arrivals.push([at, kind]);
  return arrivals;
}

const at99 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(0.99 * times.length)]!;

test('at twice the capacity, every thread stays busy, and answers take at most twice as long as with four clients per thread', () => {
  for (const ms of [4, 55, 700])
    for (const threads of [1, 2, 8]) {
      const capacity = threads / ms;
      const { latencies, refused, end } = simulate(threads, poisson(2 * capacity, 1000 * ms, 'k'), { k: ms });
      const label = `${ms} ms on ${threads} threads: ${at99(latencies.k!)}`;
      assert.ok(at99(latencies.k!) <= 8 * ms, label);
      assert.ok(latencies.k!.length > 0.97 * capacity * end, label);
      assert.ok(refused > 0.4 * capacity * end, label);
    }
});

test('waits are as short under bursts of overload as under steady overload', () => {
  const arrivals = Array.from({ length: 20 }, (_, s) =>
    Array.from({ length: 100 }, () => [1000 * s, 'k'] as const),
  ).flat();
  // Before the first answer nothing is known, and one may wait as long as patience allows.
  const settled = simulate(2, arrivals, { k: 55 }).latencies.k!.slice(100);
  assert.ok(Math.max(...settled) <= 8 * 55, `${Math.max(...settled)}`);
});

test('six simultaneous requests of a page are served on one busy thread, however long they take', () => {
  for (const ms of [4, 55, 250]) {
    const page = Array.from({ length: 6 }, () => [4000, 'k'] as const);
    const { refused } = simulate(1, [[0, 'k'], [3999, 'k'], ...page], { k: ms });
    assert.equal(refused, 0, `${ms} ms`);
  }
});

test('four clients per thread are all served, and more with cheap queries', () => {
  const together = (count: number) => [[0, 'k'] as const, ...Array.from({ length: count }, () => [9000, 'k'] as const)];
  for (const threads of [1, 2, 8])
    for (const ms of [4, 55, 250]) assert.equal(simulate(threads, together(4 * threads), { k: ms }).refused, 0);
  assert.equal(simulate(2, together(20), { k: 1 }).refused, 0);
});

test('queries delayed by a pause of the threads are refused, oldest first, while more wait than are always allowed', async () => {
  for (const [waiting, late] of [
    [8, 2],
    [6, 0],
  ] as const) {
    let now = 0;
    const admission = new Admission<number>({ threads: 2, waiting: 64, patience: 2000 }, () => now);
    void admission.enter('known', 'k', 0);
    admission.done(admission.next()!, 4);
    const asked = Array.from({ length: waiting }, (_, i) => admission.enter(`${i}`, 'k', i));
    now = 32;
    admission.dropLate();
    assert.equal(admission.refused, 0, 'twice four times 4 ms');
    now = 33;
    assert.equal(admission.next()?.work, late);
    assert.equal(admission.refused, late);
    await Promise.all(asked.slice(0, late).map((answer) => assert.rejects(answer, refused)));
  }
});

test('a query of unknown service time is not late before the longest wait', () => {
  let now = 0;
  const admission = new Admission<number>({ threads: 2, waiting: 64, patience: 2000 }, () => now);
  for (let i = 0; i < 20; i++) void admission.enter(`${i}`, 'k', i).catch(() => {});
  now = 2000;
  assert.equal(admission.next()?.work, 0);
});

test('identical queries are answered once, until the answer is there', async () => {
  const admission = new Admission<number>({ threads: 1, waiting: 1, patience: 100 }, () => 0);
  const asked = [admission.enter('a', 'k', 1), admission.enter('a', 'k', 1)];
  const ticket = admission.next()!;
  asked.push(admission.enter('a', 'k', 1));
  assert.equal(admission.next(), null, 'a question that runs is not asked again');
  admission.done(ticket);
  ticket.resolve('answer');
  assert.deepEqual(await Promise.all(asked), ['answer', 'answer', 'answer']);
  void admission.enter('a', 'k', 1);
  assert.equal(admission.waiting, 1);
});

test('a running query is aborted when its last client leaves; sent again, it is a new one', () => {
  const admission = new Admission<number>({ threads: 1, waiting: 2, patience: 100 }, () => 0);
  const clients = [new AbortController(), new AbortController()];
  for (const { signal } of clients) void admission.enter('a', 'k', 1, signal).catch(() => {});
  const running = admission.next()!;
  let abandoned = 0;
  running.abandon = () => abandoned++;
  clients[0]!.abort();
  assert.equal(abandoned, 0);
  clients[1]!.abort();
  assert.equal(abandoned, 1);
  void admission.enter('a', 'k', 1);
  const again = admission.next()!;
  assert.notEqual(again, running);
  admission.done(running);
  void admission.enter('a', 'k', 1);
  assert.equal(admission.waiting, 0, 'the end of the abandoned one does not end the other');
});

test('a query leaves the queue when its last client leaves, and counts as cancelled, not refused', async () => {
  const admission = new Admission<number>({ threads: 1, waiting: 2, patience: 100 }, () => 0);
  const clients = [new AbortController(), new AbortController()];
  const [asked] = clients.map(({ signal }) => admission.enter('a', 'k', 1, signal));
  clients[0]!.abort();
  assert.equal(admission.waiting, 1);
  clients[1]!.abort();
  assert.equal(admission.waiting, 0);
  await assert.rejects(asked!, { code: 'CANCELLED' });
  assert.equal(admission.refused, 0);
});

test('queries that left the queue, abandoned or too late, no longer count towards the wait of others', async () => {
  let now = 0;
  const admission = new Admission<string>({ threads: 1, waiting: 100, patience: 10_000 }, () => now);
  const enter = (key: string, kind: string, gone?: AbortSignal): void => {
    admission.enter(key, kind, key, gone).catch(() => {});
  };
  for (const [kind, ms] of [
    ['slow', 1000],
    ['quick', 1],
  ] as const) {
    enter(kind, kind);
    admission.done(admission.next()!, ms);
  }
  const clients = new AbortController();
  for (let i = 0; i < 6; i++) enter(`slow ${i}`, 'slow', clients.signal);
  assert.throws(() => enter('one more', 'slow'), refused);
  clients.abort();
  for (let i = 0; i < 7; i++) enter(`quick ${i}`, 'quick');
  while (admission.next());
  for (let i = 0; i < 6; i++) enter(`late ${i}`, 'slow');
  now = 10_001;
  for (let i = 0; i < 7; i++) enter(`quick again ${i}`, 'quick');
  assert.equal(admission.waiting, 7);
});

test('a query that waited too long before it reached the queue is refused while more are there than are always allowed', () => {
  const admission = new Admission<number>({ threads: 2, waiting: 64, patience: 2000 }, () => 0);
  assert.ok(!admission.turnsAway(1000, 20), 'nothing is known of what runs');
  void admission.enter('known', 'k', 0);
  admission.done(admission.next()!, 6);
  assert.ok(!admission.turnsAway(1000, 20), 'nothing runs');
  for (const key of ['a', 'b', 'c']) void admission.enter(key, 'k', 0);
  admission.next();
  const second = admission.next()!;
  assert.ok(!admission.turnsAway(48, 20), 'twice four times 6 ms');
  assert.ok(admission.turnsAway(49, 7));
  assert.ok(!admission.turnsAway(49, 6), 'eight in all: four clients a thread');
  assert.equal(admission.refused, 1);
  admission.done(second, 6);
  admission.next();
  assert.ok(admission.turnsAway(49, 8));
  for (const key of ['d', 'e']) void admission.enter(key, 'slow', 0);
  assert.ok(admission.turnsAway(49, 8), 'what the slow ones take is not known');
});
