import { context, type Histogram, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { FastifyRequest } from 'fastify';
import { VERSION } from '../../config.ts';
import type { HostLine } from '../../connect/host-lines.ts';
import type { Metrics } from '../../recommend/metrics.ts';
import { hearSteps } from '../answering/asker.ts';
import type { Answering } from '../answering/question.ts';
import type { App } from '../context.ts';
import type { EarlyRefusal } from '../early-refusal.ts';
import { routeOf } from './log.ts';
import { nested, type StepTree } from './nested-steps.ts';

/** How often metrics are sent, in milliseconds. */
const EVERY = 15_000;
const DURATION = {
  unit: 's',
  advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
};

const headers = {
  get: (carrier: FastifyRequest['headers'], name: string) => carrier[name],
  keys: (carrier: FastifyRequest['headers']) => Object.keys(carrier),
};

/**
 * Traces and metrics by OpenTelemetry's names, sent by OTLP over HTTP to a collector. A span for each request, which continues the caller's trace
 * (W3C `traceparent`), with a span inside it for each step of an answer, including those on other threads; no module is patched. Spans name the
 * route's pattern, because paths contain ids of listeners.
 */
export class Telemetry {
  private readonly traces: TracerProvider;
  private readonly meters: MeterProvider;
  private readonly requests: Histogram;
  private readonly spans = new WeakMap<FastifyRequest, Span>();
  private readonly contacted = { requests: 0, firstAt: null as number | null, lastAt: null as number | null };
  private readonly origin: string;

  /** @param endpoint the collector's address; `/v1/traces` and `/v1/metrics` are appended */
  constructor(endpoint: string) {
    const base = endpoint.replace(/\/$/, '');
    this.origin = new URL(base).origin;
    const resource = resourceFromAttributes({ 'service.name': 'segue', 'service.version': VERSION });
    const exporter = this.counted(new OTLPTraceExporter({ url: `${base}/v1/traces` }));
    this.traces = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter })] });
    const reader = new PeriodicExportingMetricReader({
      exporter: this.counted(new OTLPMetricExporter({ url: `${base}/v1/metrics` })),
      exportIntervalMillis: EVERY,
    });
    this.meters = new MeterProvider({ resource, readers: [reader] });
    this.requests = this.meters.getMeter('segue').createHistogram('http.server.request.duration', DURATION);
  }

  /** Steps of answering by model, and the queue. */
  watch(metrics: Metrics, answers: Answering): void {
    const meter = this.meters.getMeter('segue');
    const steps = meter.createHistogram('segue.step.duration', DURATION);
    metrics.listen((name, value, timed) => {
      if (!timed) return;
      steps.record(value / 1000, attributesOf(name));
    });
    meter
      .createObservableGauge('segue.queue.waiting', { unit: '{question}' })
      .addCallback((result) => result.observe(answers.queue?.waiting ?? 0));
    meter
      .createObservableCounter('segue.queue.refused', { unit: '{question}' })
      .addCallback((result) => result.observe(answers.queue?.refused ?? 0));
  }

  /** Follows the requests of an app; its log lines carry the trace's ids. */
  follow(app: App, refusal: EarlyRefusal): void {
    // A refused query has no span: under overload, tracing each would add to the load.
    refusal.listen((method, route) =>
      this.requests.record(0, { 'http.request.method': method, 'http.route': route, 'http.response.status_code': 503 }),
    );
    const tracer = this.traces.getTracer('segue', VERSION);
    const propagator = new W3CTraceContextPropagator();
    app.addHook('onRequest', async (request, reply) => {
      const parent = propagator.extract(context.active(), request.headers, headers);
      const attributes = {
        'http.request.method': request.method,
        'http.route': routeOf(request),
        'url.scheme': request.protocol,
      };
      const span = tracer.startSpan(
        `${request.method} ${routeOf(request)}`,
        { kind: SpanKind.SERVER, attributes },
        parent,
      );
      this.spans.set(request, span);
      hearSteps(request, (steps) => startSteps(tracer, span, nested(steps)));
      const { traceId, spanId } = span.spanContext();
      const log = request.log.child({ trace_id: traceId, span_id: spanId });
      request.log = log;
      reply.log = log;
    });
    app.addHook('onResponse', async (request, reply) => {
      const span = this.spans.get(request);
      const status = reply.statusCode;
      span?.setAttribute('http.response.status_code', status);
      if (status >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
      this.requests.record(
        reply.elapsedTime / 1000,
        { 'http.request.method': request.method, 'http.route': routeOf(request), 'http.response.status_code': status },
        span && trace.setSpan(context.active(), span),
      );
    });
  }

  /** The collector among the hosts that are contacted. */
  host(): HostLine {
    return {
      origin: this.origin,
      why: ['traces and metrics for the collector that is configured'],
      inUse: true,
      ...this.contacted,
    };
  }

  private counted<E extends { export(batch: never, done: never): void }>(exporter: E): E {
    const send = exporter.export.bind(exporter);
    exporter.export = (batch, done) => {
      const now = Date.now();
      this.contacted.requests++;
      this.contacted.firstAt ??= now;
      this.contacted.lastAt = now;
      send(batch, done);
    };
    return exporter;
  }

  /** Sends the remaining data without waiting for a collector that does not respond. */
  async close(): Promise<void> {
    await Promise.allSettled([this.traces.shutdown(), this.meters.shutdown()]);
  }
}

/** In the metrics, a step's name is followed by the model's where models differ. */
function attributesOf(name: string): Record<string, string> {
  const [step, model] = name.split(' ', 2);
  return { 'segue.step': step!, ...(model !== undefined && { 'segue.model': model }) };
}

/** Spans of what has already ended. */
function startSteps(tracer: Tracer, parent: Span, steps: readonly StepTree[]): void {
  for (const { name, start, ms, within } of steps) {
    const inside = trace.setSpan(context.active(), parent);
    const span = tracer.startSpan(name, { startTime: start, attributes: attributesOf(name) }, inside);
    startSteps(tracer, span, within);
    span.end(start + ms);
  }
}
