import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify from 'fastify';
import type { Registry } from 'prom-client';
import type { Configuration } from '../../configuration/settings.ts';
import type { App } from '../context.ts';
import { handleErrors } from '../errors.ts';
import { isLoopback } from '../host-names.ts';
import { guardHost } from '../hosts.ts';
import { listen } from '../listen.ts';
import { exposeMetrics } from './expose.ts';

export interface MetricsServer {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves /metrics and /healthz for a process without other HTTP routes, under the app's rules: an allowed host name, and the token or this machine.
 * @throws SegueError USAGE when the port is taken or not allowed
 */
export async function serveMetrics(
  registry: Registry,
  port: number,
  { host, allowedHosts, metricsToken }: Pick<Configuration, 'host' | 'allowedHosts' | 'metricsToken'>,
): Promise<MetricsServer> {
  const app: App = fastify({ forceCloseConnections: true }).withTypeProvider<TypeBoxTypeProvider>();
  handleErrors(app);
  guardHost(app, allowedHosts, isLoopback(host));
  exposeMetrics(app, registry, metricsToken);
  app.get('/healthz', { schema: { hide: true } }, async () => ({ ok: true }));
  const address = await listen(app, host, port);
  return { address, close: () => app.close() };
}
