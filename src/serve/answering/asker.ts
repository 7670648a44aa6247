import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asker } from './question.ts';

const listening = new WeakMap<FastifyRequest, Asker['heard']>();

/** Has the steps of what a request asks told to somebody besides. */
export function hearSteps(request: FastifyRequest, heard: NonNullable<Asker['heard']>): void {
  listening.set(request, heard);
}

/** Who waits for the answer to a request: `gone` aborts when the client goes before it has its answer, for then nobody waits for the work. */
export function askerOf({ raw, request }: FastifyReply): Asker & { readonly gone: AbortSignal } {
  const abort = new AbortController();
  raw.on('close', () => {
    if (!raw.writableFinished) abort.abort();
  });
  return { gone: abort.signal, heard: listening.get(request) };
}

/** Answers with JSON that is written already. */
export async function sendJson(reply: FastifyReply, json: Promise<Uint8Array>): Promise<never> {
  const { buffer, byteOffset, byteLength } = await json;
  // What is sent has been answered for; the type of the route says what the bytes hold.
  return reply.type('application/json; charset=utf-8').send(Buffer.from(buffer, byteOffset, byteLength)) as never;
}
