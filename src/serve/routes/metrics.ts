import { SegueError } from '../../errors.ts';
import type { Routes } from '../context.ts';
import { collect } from '../monitoring/collect.ts';
import { routeOf } from '../monitoring/log.ts';
import { mayScrape } from '../monitoring/may-scrape.ts';

/** Prometheus's text at /metrics, and the counting of every request. */
export const metrics: Routes = (app, { engine, answers, metricsToken }) => {
  const { registry, request: count } = collect(engine.metrics, answers);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    count(request.method, routeOf(request), reply.statusCode, reply.elapsedTime / 1000);
  });
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!mayScrape(request.headers, request.socket.remoteAddress, metricsToken))
      throw new SegueError('NOT_ALLOWED', {
        got: 'The metrics are asked for without the right to see them',
        expected:
          metricsToken === undefined ? 'a request from this machine' : 'the header `Authorization: Bearer <token>`',
        remedy: 'Set SEGUE_METRICS_TOKEN_FILE and give the same token to Prometheus',
      });
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
};
