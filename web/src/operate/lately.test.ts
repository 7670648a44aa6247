import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byTopic, figure, lately, milliseconds } from './lately.ts';

const minute = (requests: number, more: object = {}) => ({
  at: 0,
  requests,
  failed: 0,
  refused: 0,
  p50Ms: null,
  p95Ms: null,
  waiting: 0,
  processor: null,
  memoryBytes: null,
  ...more,
});

test('the rate is of five whole minutes, without the one that has just begun', () => {
  const minutes = [900, 10, 20, 30, 40, 50, 900].map((requests) => minute(requests));
  assert.equal(lately(minutes).perMinute, 30);
  assert.equal(lately([minute(7)]).perMinute, 7, 'right after a start there is no other');
  assert.equal(lately([]).perMinute, 0);
});

test('failures are summed, the slowest minute counts, and the newest sample', () => {
  const now = lately([
    minute(9, { failed: 50, p95Ms: 9999 }),
    ...[1, 2, 3, 4, 5].map((n) => minute(n, { failed: 1, refused: 2, p95Ms: 10 * n, processor: n, memoryBytes: n })),
    minute(1, { p95Ms: 7 }),
  ]);
  assert.deepEqual(now, { perMinute: 3, failed: 5, refused: 10, p95Ms: 50, processor: 5, memoryBytes: 5 });
  assert.equal(lately([minute(0)]).p95Ms, null);
});

test('figures as people read them', () => {
  assert.deepEqual([null, 0.002, 0.25, 12.4, 1400].map(milliseconds), ['–', '< 0.01 ms', '0.25 ms', '12 ms', '1.4 s']);
  assert.deepEqual([null, 0, 51.26, 1234.5].map(figure), ['–', '0', '51.3', '1,235']);
});

test('the lag is summed by group and topic, with the partition that has most and the oldest measurement', () => {
  const lag = (group: string, topic: string, partition: number, messages: number, at: number) => ({
    group,
    topic,
    partition,
    lag: messages,
    at,
  });
  const lags = [lag('g', 'a', 0, 3, 50), lag('g', 'a', 1, 4, 20), lag('g', 'b', 0, 0, 60), lag('h', 'a', 0, 9, 70)];
  assert.deepEqual(byTopic(lags), [
    { group: 'g', topic: 'a', partitions: 2, lag: 7, most: 4, at: 20 },
    { group: 'g', topic: 'b', partitions: 1, lag: 0, most: 0, at: 60 },
    { group: 'h', topic: 'a', partitions: 1, lag: 9, most: 9, at: 70 },
  ]);
});
