import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asker } from './question.ts';

const listening = new WeakMap<FastifyRequest, Asker['heard']>();

/** Also reports the steps of a request's answer to this listener. */
export function hearSteps(request: FastifyRequest, heard: NonNullable<Asker['heard']>): void {
  listening.set(request, heard);
}

/** The client of a request: `gone` aborts when it disconnects before it has its answer, since nobody needs the work then. */
export function askerOf({ raw, request }: FastifyReply): Asker & { readonly gone: AbortSignal } {
  const abort = new AbortController();
  raw.on('close', () => {
    if (!raw.writableFinished) abort.abort();
  });
  return { gone: abort.signal, heard: listening.get(request) };
}

/** Answers with JSON that is already serialised. */
export async function sendJson(reply: FastifyReply, json: Promise<Uint8Array>): Promise<never> {
  const { buffer, byteOffset, byteLength } = await json;
  // The reply is sent here; the return type only tells the route what the bytes contain.
  return reply.type('application/json; charset=utf-8').send(Buffer.from(buffer, byteOffset, byteLength)) as never;
}
