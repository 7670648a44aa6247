import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../../recommend/metrics.ts';
import type { Answering } from '../answering/question.ts';
import type { Jobs } from '../jobs.ts';

/** Upper bounds in seconds: answers of the cheap models take some milliseconds, long questions some seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface Collected {
  readonly registry: Registry;
  /** @param route the pattern, never the path: paths contain ids, each of which would create a new series */
  request(method: string, route: string, status: number, seconds: number): void;
}

/**
 * Everything in `/metrics`. HTTP names are OpenTelemetry's, `process_…` and `nodejs_…` (event loop lag, memory, collections) prom-client's. Labels
 * have few values: methods, route patterns, statuses, steps, models.
 */
export function collect(metrics: Metrics, answers: Answering, jobs: Pick<Jobs, 'tally'>): Collected {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: BUCKETS,
    registers,
  });
  observeSteps(metrics, registry);
  gauge('segue_queue_waiting', 'Queries waiting for a thread', () => answers.queue?.waiting ?? 0);
  gauge('segue_queue_limit', 'Queries that may wait; more are refused', () => answers.queue?.limit ?? 0);
  gauge('segue_models_loaded', 'Models in memory', () => [...(answers.loaded ?? [])].length);
  gauge('segue_ready', '1 while the server accepts queries', () => ((answers.ready?.() ?? true) ? 1 : 0));
  let told = 0;
  new Counter({
    name: 'segue_queue_refused_total',
    help: 'Queries refused because the queue was full or they had waited too long',
    registers,
    collect() {
      const refused = answers.queue?.refused ?? 0;
      this.inc(refused - told);
      told = refused;
    },
  });
  new Counter({
    name: 'segue_jobs_ended_total',
    help: 'Jobs that ended, by kind and outcome: done, failed or cancelled',
    labelNames: ['kind', 'state'],
    registers,
    collect() {
      this.reset();
      for (const { kind, state, count } of jobs.tally()) if (state !== 'running') this.inc({ kind, state }, count);
    },
  });
  gauge('segue_jobs_running', 'Jobs running on this server', () =>
    jobs.tally().reduce((sum, { state, count }) => sum + (state === 'running' ? count : 0), 0),
  );
  return {
    registry,
    request: (method, route, status, seconds) =>
      requests.observe({ http_request_method: method, http_route: route, http_response_status_code: status }, seconds),
  };

  function gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  }
}

/** Steps of answering and events of an engine, for every process that has one. */
export function observeSteps(metrics: Metrics, registry: Registry): void {
  const registers = [registry];
  const steps = new Histogram({
    name: 'segue_step_duration_seconds',
    help: 'Time of one step of answering; candidates are timed for each model',
    labelNames: ['step', 'model'],
    buckets: BUCKETS,
    registers,
  });
  const events = new Counter({
    name: 'segue_events_total',
    help: 'What happened since the start, e.g. recommendations, fallbacks',
    labelNames: ['event'],
    registers,
  });
  metrics.listen((name, value, timed) => {
    if (!timed) return events.inc({ event: name }, value);
    const [step, model = ''] = name.split(' ', 2);
    steps.observe({ step: step!, model }, value / 1000);
  });
}
