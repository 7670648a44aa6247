import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify from 'fastify';
import { Metrics } from '../../recommend/metrics.ts';
import { askerOf } from '../answering/asker.ts';
import type { App } from '../context.ts';
import { EarlyRefusal } from '../early-refusal.ts';
import { logOptions } from './log.ts';
import { Telemetry } from './telemetry.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number };
}
interface Sent {
  resourceSpans?: {
    scopeSpans: {
      spans: { name: string; traceId: string; spanId: string; parentSpanId: string; attributes: Attribute[] }[];
    }[];
  }[];
  resourceMetrics?: { scopeMetrics: { metrics: { name: string; unit: string }[] }[] }[];
}

test('a collector gets a span for each request and each step in the caller’s trace, and metrics by their standard names; log lines carry the trace', async () => {
  const sent = new Map<string, Sent>();
  const collector = createServer(async (request, response) => {
    sent.set(request.url!, JSON.parse(await text(request)) as Sent);
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as { port: number };
  const lines: string[] = [];
  const log = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const telemetry = new Telemetry(`http://127.0.0.1:${port}/`);
  const metrics = new Metrics();
  const nothing = () => Promise.reject(new Error('nothing is asked'));
  const answers = { ask: nothing, json: nothing };
  telemetry.watch(metrics, answers);
  const app: App = fastify(logOptions('info', log)).withTypeProvider<TypeBoxTypeProvider>();
  telemetry.follow(app, new EarlyRefusal(answers));
  app.get('/api/listeners/:id', async (_, reply) => {
    const start = Date.now();
    const steps = ['query', 'candidates als'].map((name, i) => ({ name, start: start + 2 * i, ms: 1 }));
    askerOf(reply).heard?.([...steps, { name: 'recommend', start, ms: 4 }]);
    return { ok: true };
  });
  await app.inject({ url: '/api/listeners/zoe?q=secret', headers: { traceparent: `00-${TRACE}-${CALLER}-01` } });
  metrics.record('candidates als', 12);
  await app.close();
  const before = telemetry.host();
  assert.deepEqual([before.origin, before.requests, before.lastAt], [`http://127.0.0.1:${port}`, 0, null]);
  await telemetry.close();
  collector.close();
  const { requests, lastAt } = telemetry.host();
  assert.equal(requests, 2, 'traces and metrics');
  assert.ok(lastAt !== null);

  const { spans } = sent.get('/v1/traces')!.resourceSpans![0]!.scopeSpans[0]!;
  const span = spans.find(({ name }) => name === 'GET /api/listeners/:id');
  const parents = new Map(spans.map(({ name, parentSpanId }) => [name, parentSpanId]));
  const recommend = spans.find(({ name }) => name === 'recommend');
  assert.deepEqual(
    [...parents].sort(),
    [
      ['GET /api/listeners/:id', CALLER],
      ['candidates als', recommend?.spanId],
      ['query', recommend?.spanId],
      ['recommend', span?.spanId],
    ],
    'an answer’s steps are spans within its request',
  );
  assert.ok(spans.every(({ traceId }) => traceId === TRACE));
  assert.deepEqual([span!.traceId, span!.parentSpanId], [TRACE, CALLER]);
  const attributes = Object.fromEntries(
    span!.attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]),
  );
  assert.deepEqual(attributes, {
    'http.request.method': 'GET',
    'http.route': '/api/listeners/:id',
    'url.scheme': 'http',
    'http.response.status_code': 200,
  });
  assert.doesNotMatch(JSON.stringify([...sent]), /zoe|secret/, 'neither ids nor queries leave');
  const names = sent
    .get('/v1/metrics')!
    .resourceMetrics![0]!.scopeMetrics[0]!.metrics.map(({ name }) => name)
    .sort();
  assert.deepEqual(names, [
    'http.server.request.duration',
    'segue.queue.refused',
    'segue.queue.waiting',
    'segue.step.duration',
  ]);
  const completed = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .find(({ msg }) => msg === 'request completed');
  assert.equal(completed?.trace_id, TRACE);
});
