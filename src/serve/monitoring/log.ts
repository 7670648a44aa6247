import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import type { Configuration } from '../../configuration/settings.ts';

/** The pattern of the route, e.g. `/api/tracks/:id`. */
export const routeOf = (request: Pick<FastifyRequest, 'routeOptions'>): string => request.routeOptions?.url ?? '(none)';

/**
 * Structured log lines on stderr, each with the id that the answer carries as `x-request-id`. Requests are logged by their route's pattern, because
 * query strings contain passwords of music programs and search terms, and paths contain ids of listeners.
 */
export const logOptions = (
  level: Configuration['logLevel'] = 'warn',
  stream: NodeJS.WritableStream = process.stderr,
): Pick<FastifyServerOptions, 'logger' | 'genReqId'> => ({
  genReqId: () => randomUUID(),
  logger: {
    level,
    stream: { write: (line: string) => void stream.write(line) },
    serializers: {
      req: (request: FastifyRequest) => ({ method: request.method, route: routeOf(request), from: request.ip }),
      res: (reply: Partial<FastifyReply>) => ({ statusCode: reply.statusCode ?? 0 }),
    },
  },
});
