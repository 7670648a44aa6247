import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { overloaded } from './answering/admission.ts';
import type { Answering } from './answering/question.ts';
import type { App } from './context.ts';
import { errorAnswer } from './errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether its queries wait for a thread, so that they are refused before they are read while none can be taken; only for paths without parameters. */
    waitsForThread?: true;
  }
}

const BODY = JSON.stringify(errorAnswer(overloaded()));
const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'content-length': Buffer.byteLength(BODY),
  'retry-after': '1',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'",
  'x-content-type-options': 'nosniff',
};

/** Told of each refusal. */
type OnRefused = (method: string, route: string) => void;

/**
 * Refuses queries while the queue is full before anything of them is read: no body, no validation, no hooks. A refusal then costs the main thread a
 * small part of what an answer costs, so that however many are offered, the others and /healthz are not kept waiting.
 */
export class EarlyRefusal {
  private readonly answers: Answering;
  private readonly told: OnRefused[] = [];
  /** The routes that wait for a thread, by method and path. */
  private readonly queries = new Set<string>();

  constructor(answers: Answering) {
    this.answers = answers;
  }

  listen(told: OnRefused): void {
    this.told.push(told);
  }

  /** Comes before whatever answers the app's requests; its routes are added afterwards. */
  guard(app: App): void {
    app.addHook('onRoute', ({ method, url, config }) => {
      if (config?.waitsForThread) for (const one of [method].flat()) this.queries.add(`${one} ${url}`);
    });
    this.comeBefore(app.server);
  }

  private comeBefore(server: Server): void {
    const handlers = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (this.refuses(request, response)) return;
      for (const handler of handlers) handler.call(server, request, response);
    });
  }

  private refuses({ method, url }: IncomingMessage, response: ServerResponse): boolean {
    const path = url!.split('?', 1)[0]!;
    if (!this.queries.has(`${method} ${path}`) || !this.answers.turnsAway?.()) return false;
    response.writeHead(503, HEADERS).end(BODY);
    for (const tell of this.told) tell(method!, path);
    return true;
  }
}
