import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify from 'fastify';
import { WEB_ROOT } from '../config.ts';
import { loadNetwork } from '../connect/network.ts';
import { PersonalRecommender } from '../listeners/personal/personal-recommender.ts';
import { answerHere, modelsOf } from './answering/question.ts';
import { API_DOCUMENT } from './api-document.ts';
import { guardAccess } from './auth/guard.ts';
import { rememberRoutes } from './auth/routes-of.ts';
import { compileSchemas } from './compile-schemas.ts';
import type { App, ServeContext } from './context.ts';
import { EarlyRefusal } from './early-refusal.ts';
import { answerBroken, handleErrors, refuseExpectation } from './errors.ts';
import { guardHost } from './hosts.ts';
import { limitJson } from './json-bodies.ts';
import type { logOptions } from './monitoring/log.ts';
import type { Telemetry } from './monitoring/telemetry.ts';
import { beginOneATurn } from './one-a-turn.ts';
import { ROUTES } from './routes/index.ts';
import { secureAnswers } from './security-headers.ts';
import { takeInWaiting } from './waiting-connections.ts';
import { serveWeb } from './web.ts';

export interface AppOptions {
  /** Folder of the built browser app. */
  readonly webRoot?: string;
  /** Host names, besides the loopback ones, that requests may use; `*` allows any. */
  readonly allowedHosts?: readonly string[];
  /** Whether only this machine can reach the server. Default true. */
  readonly loopback?: boolean;
  /** Proxies whose X-Forwarded headers are trusted: addresses, networks, or `loopback`, `linklocal`, `uniquelocal`. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** How requests and failures are logged; default: not at all. */
  readonly log?: ReturnType<typeof logOptions>;
  /** Where traces and metrics go; default: nowhere. */
  readonly telemetry?: Telemetry | undefined;
  /** Resolves when the engine has read its library; requests wait for it, `/healthz` and `/readyz` aside. Default: it has. */
  readonly opened?: Promise<void> | undefined;
  /**
   * Resolves when queries are answered promptly; the server then prepares what first requests would otherwise wait for. Default: first requests
   * prepare it.
   */
  readonly ready?: Promise<void> | undefined;
  /** Compiles every schema when its route is registered, so that an invalid one is noticed. Default: at its first use. */
  readonly compileNow?: boolean;
}

/** Largest request body: 10,000 pasted lines with room to spare. */
const BODY_LIMIT = 4 * 1024 * 1024;
/** Milliseconds in which a request must arrive in full. */
const REQUEST_TIMEOUT = 30_000;

/** Health checks are answered while the library is being read, and before all other requests. */
const AT_ONCE: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/** The API documentation needs inline styles; it too may load nothing from elsewhere. */
const DOCS_SECURITY =
  "default-src 'self';img-src 'self' data:;style-src 'self' 'unsafe-inline';script-src 'self';object-src 'none';base-uri 'none';frame-ancestors 'none'";

/** Builds the HTTP app: every route, its documentation and the browser app. It does not listen. */
export async function buildApp(
  given: Omit<ServeContext, 'answers' | 'personal' | 'refusal'> & Partial<Pick<ServeContext, 'answers'>>,
  options: AppOptions = {},
): Promise<App> {
  const answers = given.answers ?? answerHere(given.engine);
  const context: ServeContext = {
    ...given,
    answers,
    refusal: new EarlyRefusal(answers),
    personal: new PersonalRecommender(given.engine, given.household, Date.now, true, modelsOf(answers)),
  };
  const app: App = fastify({
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 2000 },
    ...options.log,
    // Without a list of proxies, anyone could forge their address.
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
    forceCloseConnections: 'idle',
    // Requests on open connections are still answered while the server stops.
    return503OnClosing: false,
    // A body that arrives more slowly would hold memory for nothing.
    requestTimeout: REQUEST_TIMEOUT,
    clientErrorHandler: answerBroken,
  }).withTypeProvider<TypeBoxTypeProvider>();
  const compileRest = compileSchemas(app, options.compileNow);
  options.ready
    ?.then(compileRest)
    .then(loadNetwork)
    .catch(() => {});
  limitJson(app);
  handleErrors(app);
  beginOneATurn(app.server, AT_ONCE, context.refusal.refuses);
  context.refusal.learn(app);
  secureAnswers(app);
  if (context.settle) settleFirst(app, context.settle);
  options.telemetry?.follow(app, context.refusal);
  app.server.on('checkExpectation', refuseExpectation);
  app.addHook('preClose', () => takeInWaiting(app.server));
  app.addHook('preClose', () => context.personal.close());
  if (options.opened) waitUntilOpen(app, options.opened);
  guardHost(app, options.allowedHosts ?? [], options.loopback ?? true);
  rememberRoutes(app);
  if (context.accounts) guardAccess(app, context.accounts, context.connected);
  await app.register(swagger, API_DOCUMENT);
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { validatorUrl: null },
    staticCSP: true,
    transformStaticCSP: () => DOCS_SECURITY,
  });
  // The documentation's plugin would serialise YAML on this thread for 200 ms; JSON is valid YAML.
  app.addHook('onRequest', async (request, reply) => {
    if (request.url === '/api/docs/yaml') return reply.redirect('/api/openapi.json');
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  for (const routes of ROUTES) routes(app, context);
  await serveWeb(app, options.webRoot ?? WEB_ROOT);
  return app;
}

/** Delays responses until changes of connections are on the disk. */
function settleFirst(app: App, settle: NonNullable<ServeContext['settle']>): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    // A response that reports a failed disk does not wait for it.
    const settled = reply.statusCode < 500 ? settle() : null;
    if (!settled) done(null, payload);
    else
      settled.then(
        () => done(null, payload),
        (error: Error) => done(error),
      );
  });
}

function waitUntilOpen(app: App, opened: Promise<void>): void {
  let open = false;
  opened.then(
    () => {
      open = true;
    },
    () => {},
  );
  app.addHook('onRequest', (request, _reply, done) => {
    if (open || AT_ONCE.has(request.url)) done();
    else
      opened.then(
        () => done(),
        (error: Error) => done(error),
      );
  });
}
