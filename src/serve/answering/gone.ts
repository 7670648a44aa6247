import type { FastifyReply } from 'fastify';

/** Aborts when the client goes before it has its answer: then nobody waits for the work. */
export function untilGone({ raw }: FastifyReply): AbortSignal {
  const abort = new AbortController();
  raw.on('close', () => {
    if (!raw.writableFinished) abort.abort();
  });
  return abort.signal;
}
