import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Latencies } from './latencies.ts';
import { MINUTES, RecentMinutes } from './recent-minutes.ts';

const MINUTE = 60_000;

test('percentiles are by nearest rank, and at most 19 % too high', () => {
  const durations = Array.from({ length: 200 }, (_, i) => 0.3 * 1.06 ** ((i * 73) % 200));
  const latencies = new Latencies();
  for (const ms of durations) latencies.add(ms);
  const sorted = durations.toSorted((a, b) => a - b);
  for (const share of [0.01, 0.5, 0.95, 0.995, 1]) {
    const exact = sorted[Math.ceil(share * 200) - 1]!;
    const told = latencies.percentile(share)!;
    assert.ok(told >= exact && told <= exact * 2 ** 0.25 * (1 + 1e-9), `${share}: ${told} for ${exact}`);
  }
  assert.equal(new Latencies().percentile(0.5), null);
});

test('the smallest and the largest durations have a bucket', () => {
  const latencies = new Latencies();
  for (const ms of [0, 1e9]) latencies.add(ms);
  assert.equal(latencies.percentile(0.5), 0.25);
  assert.equal(latencies.maxMs, 1e9);
  assert.ok(latencies.percentile(1)! > 100_000);
});

test('requests are reported by minute: failures, refusals, samples; including minutes without requests', () => {
  let now = 1000 * MINUTE + 5;
  const recent = new RecentMinutes(() => now);
  recent.request(200, 8);
  recent.request(500, 8);
  recent.request(503, 8);
  for (let i = 0; i < 10; i++) recent.refusedAtOnce();
  recent.sample(4, 1, 500);
  recent.sample(2, 0.5, 700);
  now += 2 * MINUTE;
  recent.request(404, 16);
  const [first, second, third, ...more] = recent.minutes();
  assert.deepEqual(first, {
    at: 1000 * MINUTE,
    requests: 13,
    failed: 1,
    refused: 11,
    p50Ms: 8,
    p95Ms: 8,
    waiting: 4,
    processor: 0.75,
    memoryBytes: 700,
  });
  assert.deepEqual([second!.requests, second!.p50Ms, second!.processor], [0, null, null]);
  assert.deepEqual([third!.requests, third!.failed, third!.p95Ms], [1, 0, 16]);
  assert.deepEqual(more, []);
});

test('the ring keeps three hours: later minutes replace earlier ones completely', () => {
  let now = 0;
  const recent = new RecentMinutes(() => now);
  for (let minute = 0; minute < MINUTES + 10; minute++) {
    now = minute * MINUTE;
    for (let i = 0; i <= minute; i++) recent.request(200, 1);
  }
  const minutes = recent.minutes();
  assert.equal(minutes.length, MINUTES);
  assert.deepEqual(
    minutes.map(({ at, requests }) => [at / MINUTE, requests]),
    Array.from({ length: MINUTES }, (_, i) => [i + 10, i + 11]),
  );
  now = 10 * MINUTES * MINUTE;
  assert.equal(
    recent.minutes().reduce((sum, { requests }) => sum + requests, 0),
    0,
    'what is older is not told again',
  );
});

test('a clock that is set back loses nothing', () => {
  let now = 50 * MINUTE;
  const recent = new RecentMinutes(() => now);
  now = 60 * MINUTE;
  recent.request(200, 1);
  now = 20 * MINUTE;
  recent.request(200, 1);
  const minutes = recent.minutes();
  assert.equal(minutes.length, 11);
  assert.equal(minutes.at(-1)!.requests, 2);
});

test('steps cover the last hour, by model, most time first; the number of names is limited', () => {
  let now = 500 * MINUTE;
  const recent = new RecentMinutes(() => now);
  recent.step('candidates ease', 4);
  now += 30 * MINUTE;
  for (let i = 0; i < 3; i++) recent.step('query', 1);
  recent.step('candidates ease', 64);
  recent.step('candidates ease', 64);
  assert.deepEqual(recent.steps(), [
    { step: 'candidates', model: 'ease', count: 3, p50Ms: 64, p95Ms: 64, maxMs: 64 },
    { step: 'query', model: null, count: 3, p50Ms: 1, p95Ms: 1, maxMs: 1 },
  ]);
  now += 30 * MINUTE;
  assert.deepEqual(
    recent.steps().map(({ step, count }) => [step, count]),
    [
      ['candidates', 2],
      ['query', 3],
    ],
  );
  for (let i = 0; i < 1000; i++) recent.step(`candidates m${i}`, 1);
  assert.equal(recent.steps().length, 102);
});
