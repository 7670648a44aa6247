import { once } from 'node:events';
import type { FastifyReply } from 'fastify';

const HEARTBEAT_MS = 15_000;

/** One server-sent event. @param id what the browser sends back when it reconnects */
export interface SentEvent {
  readonly type: string;
  readonly data: unknown;
  readonly id?: string | number;
}

export interface EventStream {
  /** Ends when the client is gone or the stream was closed. */
  readonly signal: AbortSignal;
  /** Resolves when the client can take more, so that a client that does not read uses no memory. */
  send(event: SentEvent): Promise<void>;
  close(): void;
}

/** Answers with a stream of server-sent events. */
export function eventStream(reply: FastifyReply): EventStream {
  reply.hijack();
  const { raw } = reply;
  const gone = new AbortController();
  // Headers that hooks have set, such as those of security, go out as with any other answer.
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
