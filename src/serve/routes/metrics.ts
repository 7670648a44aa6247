import type { Routes } from '../context.ts';
import { collect } from '../monitoring/collect.ts';
import { exposeMetrics } from '../monitoring/expose.ts';
import { routeOf } from '../monitoring/log.ts';

/** Metrics for Prometheus at /metrics, and the counting of every request. */
export const metrics: Routes = (app, { engine, answers, refusal, jobs, metricsToken }) => {
  const { registry, request: count } = collect(engine.metrics, answers, jobs);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    count(request.method, routeOf(request), reply.statusCode, reply.elapsedTime / 1000);
  });
  refusal.listen((method, route) => count(method, route, 503, 0));
  exposeMetrics(app, registry, metricsToken);
};
