import type { IncomingMessage } from 'node:http';
import { overloaded } from './answering/admission.ts';
import type { Answering } from './answering/question.ts';
import type { App } from './context.ts';
import { errorAnswer } from './errors.ts';
import type { Refuses, Waiting } from './one-a-turn.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Whether its queries wait for a thread, so that they are refused before they are read while the queue is full; only for paths without
     * parameters.
     */
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

/** Counting stops here, since more waiting queries make no difference. */
const ENOUGH = 100;

const pathOf = (url: string): string => url.split('?', 1)[0]!;

/** Told of each refusal. */
type OnRefused = (method: string, route: string) => void;

/**
 * Refuses queries while the queue is full, before any of the request is read: no body, no validation, no hooks. A refusal then costs the main thread
 * a fraction of an answer, so that even many refusals do not delay other requests and /healthz.
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

  /** Learns which routes of the app wait for a thread; they are added afterwards. */
  learn(app: App): void {
    app.addHook('onRoute', ({ method, url, config }) => {
      if (config?.waitsForThread) for (const one of [method].flat()) this.queries.add(`${one} ${url}`);
    });
  }

  /** Refuses a query while the queue is full, or when it has waited too long to begin. @returns whether it did */
  readonly refuses: Refuses = (request, response, line) => {
    if (!this.isQuery(request)) return false;
    if (!this.answers.turnsAway?.(line?.waited, line && this.queriesIn(line.behind))) return false;
    const { method, url } = request;
    response.writeHead(503, HEADERS).end(BODY);
    for (const tell of this.told) tell(method!, pathOf(url!));
    return true;
  };

  private isQuery({ method, url }: IncomingMessage): boolean {
    return this.queries.has(`${method} ${pathOf(url!)}`);
  }

  /** How many queries wait, `ENOUGH` at most. */
  private queriesIn(waiting: readonly Waiting[]): number {
    let queries = 0;
    for (const { request } of waiting) if (this.isQuery(request) && ++queries >= ENOUGH) break;
    return queries;
  }
}
