import type { Registry } from 'prom-client';
import { SegueError } from '../../errors.ts';
import type { App } from '../context.ts';
import { mayScrape } from './may-scrape.ts';

/** Adds GET /metrics: a registry in Prometheus's text format, for holders of the token or, without a token, for this machine only. */
export function exposeMetrics(app: App, registry: Registry, token: string | undefined): void {
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!mayScrape(request.headers, request.socket.remoteAddress, token))
      throw new SegueError('NOT_ALLOWED', {
        got: 'This request is not allowed to see the metrics',
        expected: token === undefined ? 'a request from this machine' : 'the header `Authorization: Bearer <token>`',
        remedy: 'Set SEGUE_METRICS_TOKEN_FILE and give the same token to Prometheus',
      });
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
}
