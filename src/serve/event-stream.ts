import { once } from 'node:events';
import type { FastifyReply } from 'fastify';

const HEARTBEAT_MS = 15_000;

/** One server-sent event. @param id sent back by the browser when it reconnects */
export interface SentEvent {
  readonly type: string;
  readonly data: unknown;
  readonly id?: string | number;
}

export interface EventStream {
  /** Aborts when the client has left or the stream was closed. */
  readonly signal: AbortSignal;
  /** Resolves when the client can receive more, so that a client that does not read causes no buffering. */
  send(event: SentEvent): Promise<void>;
  close(): void;
}

/** Answers with a stream of server-sent events. */
export function eventStream(reply: FastifyReply): EventStream {
  reply.hijack();
  const { raw } = reply;
  const gone = new AbortController();
  // Headers set by hooks, such as the security headers, are sent as with any other response.
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.flushHeaders();
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
  const ended = (): void => {
    clearInterval(heartbeat);
    gone.abort();
  };
  raw.on('close', ended);
  return {
    signal: gone.signal,
    async send({ type, data, id }) {
      if (gone.signal.aborted) return;
      const name = id === undefined ? '' : `id: ${id}\n`;
      if (raw.write(`${name}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`)) return;
      await once(raw, 'drain', { signal: gone.signal }).catch(() => undefined);
    },
    close() {
      ended();
      raw.end();
    },
  };
}
