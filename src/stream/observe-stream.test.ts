import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from 'prom-client';
import { observeStream } from './observe-stream.ts';
import { StreamMetrics } from './stream-metrics.ts';

test('messages, dead letters, retries, reconnects and lag by topic; a second reading adds nothing', async () => {
  const metrics = new StreamMetrics();
  const registry = new Registry();
  observeStream(metrics, registry);
  metrics.processed('events', 10, 2);
  metrics.processed('events', 5, 0);
  metrics.processed('requests', 1, 0);
  metrics.retried('events');
  metrics.failed('requests');
  metrics.waiting('events', 7);
  await registry.metrics();
  const text = await registry.metrics();
  for (const line of [
    'segue_stream_messages_total{topic="events"} 15',
    'segue_stream_messages_total{topic="requests"} 1',
    'segue_stream_dead_letters_total{topic="events"} 2',
    'segue_stream_retries_total{topic="events"} 1',
    'segue_stream_failures_total{topic="requests"} 1',
    'segue_stream_lag{topic="events"} 7',
  ])
    assert.ok(text.split('\n').includes(line), line);
});
