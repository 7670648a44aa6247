import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import { byHttps } from './auth/cookie.ts';
import type { App } from './context.ts';

/** Only the app itself may run or be loaded, except Spotify's player, in a frame, on request. */
const CONTENT_SECURITY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'"],
  frameSrc: ['https://open.spotify.com'],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** The headers that helmet sets, by lower-case name: the same for every answer. */
function constantHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => {},
  };
  const set = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY },
    strictTransportSecurity: false,
    // The player's frame may ask for its own resources.
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  set({} as IncomingMessage, response as unknown as ServerResponse, (error) => {
    if (error) throw error;
  });
  return headers;
}

/** Sets the security headers of every response. They are computed once; doing so per request would cost a tenth of a cheap answer. */
export function secureAnswers(app: App): void {
  const headers = constantHeaders();
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers);
    // After one visit over HTTPS, browsers use nothing else; over HTTP, they ignore this.
    if (byHttps(request)) void reply.header('strict-transport-security', 'max-age=31536000');
    done();
  });
}
