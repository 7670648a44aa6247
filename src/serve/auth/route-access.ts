import type { Scope } from '../../connect/scopes.ts';

/**
 * Who may use a route of a server with sign-in:
 * - `everyone`: no sign-in is needed
 * - `token`: programs, by a token that the route itself checks
 * - `listener`: whoever is signed in
 * - `own`: whoever is signed in, for what is their own; the route knows whose a thing is and refuses others
 * - `administrator`
 */
export type RouteAccess = 'everyone' | 'token' | 'listener' | 'own' | 'administrator';

/** Requests that only read, although they are POST. */
const QUESTIONS: ReadonlySet<string> = new Set([
  'POST /api/map/tracks',
  'POST /api/recommendations',
  'POST /api/similar',
  'POST /api/path',
  'POST /api/resolve',
]);

/** Routes that send or follow events. */
const EVENTS: ReadonlySet<string> = new Set([
  'POST /api/events',
  'GET /api/listeners/:id/events',
  'POST /api/listeners/:id/events',
  'GET /api/listeners/:id/live',
]);

/** Routes for people only: no token can create further tokens or sign in to a service. */
const IN_PERSON =
  /^(?:\/account|\/sign-in|\/join|\/api\/access-tokens|\/api\/connections\/(?:sign-in|callback|code))(?:\/|$)/;

const BY_ACCESS: Readonly<Record<RouteAccess, readonly string[]>> = {
  everyone: [
    'GET /healthz',
    'GET /readyz',
    'GET /sign-in',
    'POST /sign-in',
    'GET /sign-in/style.css',
    'POST /sign-in/passkey/options',
    'POST /sign-in/passkey',
    'GET /sign-in/openid',
    'GET /sign-in/openid/callback',
    'GET /join',
    'POST /join',
  ],
  token: [
    'GET /metrics',
    'GET /rest/:method',
    'POST /rest/:method',
    'GET /1/validate-token',
    'POST /1/submit-listens',
    'GET /1/user/:user/listens',
    'GET /1/user/:user/playing-now',
    'GET /1/user/:user/listen-count',
    'GET /1/user/:user/playlists/createdfor',
    'GET /1/playlist/:id',
    'POST /api/plugins/navidrome/:question',
  ],
  listener: [
    'GET /',
    'GET /api/openapi.json',
    'GET /api/asyncapi.json',
    'GET /api/library',
    'GET /api/genres',
    'GET /api/tracks',
    'GET /api/tracks/:id',
    'GET /api/owners',
    'GET /api/owners/:id',
    'GET /api/models',
    'GET /api/models/:id',
    'GET /api/explore',
    'GET /api/evaluation',
    'GET /api/evaluation/page',
    'GET /api/experiments',
    'GET /api/analyses',
    'GET /api/jobs',
    'GET /api/jobs/:id',
    'GET /api/jobs/:id/events',
    'GET /api/map',
    'GET /api/map/points',
    'POST /api/map/tracks',
    'POST /api/recommendations',
    'POST /api/similar',
    'POST /api/path',
    'POST /api/resolve',
    'GET /account',
    'POST /account/password',
    'POST /account/sign-out',
    'POST /account/sign-out-everywhere',
    'POST /account/sign-out-elsewhere',
    'POST /account/end-session',
    'POST /account/create-token',
    'POST /account/revoke-token',
    'POST /account/passkey/options',
    'POST /account/passkey',
    'POST /account/remove-passkey',
    'POST /account/openid',
    'POST /account/remove-identity',
  ],
  own: [
    'GET /api/listeners',
    'GET /api/listeners/:id',
    'PATCH /api/listeners/:id',
    'DELETE /api/listeners/:id',
    'PATCH /api/listeners/:id/settings',
    'GET /api/listeners/:id/export',
    'GET /api/listeners/:id/imports',
    'DELETE /api/listeners/:id/imports/:import',
    'POST /api/listeners/:id/files',
    'GET /api/listeners/:id/own-imports',
    'POST /api/listeners/:id/own-imports',
    'GET /api/listeners/:id/own-imports/:job',
    'DELETE /api/listeners/:id/own-imports/:job',
    'GET /api/listeners/:id/review',
    'POST /api/listeners/:id/review',
    'POST /api/listeners/:id/resolve',
    'GET /api/listeners/:id/plays',
    'POST /api/listeners/:id/plays/remove',
    'POST /api/listeners/:id/plays/restore',
    'DELETE /api/listeners/:id/plays/removed',
    'GET /api/listeners/:id/songs',
    'GET /api/listeners/:id/likes',
    'POST /api/listeners/:id/likes',
    'DELETE /api/listeners/:id/likes/:song',
    'GET /api/listeners/:id/dislikes',
    'POST /api/listeners/:id/dislikes',
    'DELETE /api/listeners/:id/dislikes/:song',
    'GET /api/listeners/:id/bans',
    'POST /api/listeners/:id/bans',
    'DELETE /api/listeners/:id/bans/:kind/:target',
    'GET /api/listeners/:id/lists',
    'POST /api/listeners/:id/lists',
    'GET /api/listeners/:id/lists/:list',
    'PUT /api/listeners/:id/lists/:list',
    'DELETE /api/listeners/:id/lists/:list',
    'POST /api/listeners/:id/lists/:list/restore',
    'GET /api/listeners/:id/lists/:list/continue',
    'GET /api/listeners/:id/lists/:list/versions',
    'GET /api/listeners/:id/lists/:list/versions/:version',
    'POST /api/listeners/:id/lists/:list/versions/:version/revert',
    'GET /api/listeners/:id/events',
    'POST /api/listeners/:id/events',
    'POST /api/events',
    'GET /api/listeners/:id/live',
    'GET /api/listeners/:id/for-you',
    'GET /api/listeners/:id/listening',
    'GET /api/listeners/:id/mixes',
    'GET /api/listeners/:id/by-cluster',
    'GET /api/listeners/:id/period',
    'GET /api/listeners/:id/backtest',
    'GET /api/listeners/:id/sign-in',
    'GET /api/connections',
    'POST /api/connections',
    'DELETE /api/connections/:id',
    'GET /api/connections/callback',
    'POST /api/connections/sign-in',
    'POST /api/connections/code',
    'POST /api/connections/code/look',
    'GET /api/connections/:id/sync',
    'POST /api/connections/:id/sync',
    'POST /api/connections/:id/lists',
    'POST /api/connections/:id/missing',
    'GET /api/connections/:id/weekly',
    'PUT /api/connections/:id/weekly',
    'DELETE /api/connections/:id/weekly',
    'POST /api/connections/:id/files',
    'GET /api/connections/:id/stream/:song',
    'GET /api/connections/:id/cover/:song',
    'POST /api/connections/:id/plays/:song',
    'GET /api/access-tokens',
    'POST /api/access-tokens',
    'DELETE /api/access-tokens/:id',
  ],
  administrator: [
    'POST /api/listeners',
    'GET /api/connections/hosts',
    'GET /api/metrics',
    'GET /api/operation',
    'POST /api/analyses',
    'POST /api/imports',
    'DELETE /api/imports',
    'POST /api/jobs',
    'DELETE /api/jobs/:id',
    'POST /account/invite',
    'POST /account/remove',
  ],
};

/** Declared access of every route, by `METHOD /path`. */
export const ROUTE_ACCESS: ReadonlyMap<string, RouteAccess> = new Map(
  Object.entries(BY_ACCESS).flatMap(([access, routes]) => routes.map((route) => [route, access as RouteAccess])),
);

/** Files of the built app other than pages: they contain no personal data. */
const ASSET = /^\/(?!api\/)[\w./-]+\.(?!html$)\w+$/;

/**
 * The access that a request needs. A route without a declaration is for administrators only.
 * @param url pattern of the route; undefined = no such route @param address the requested address, with its query string
 */
export function accessOf(method: string, url: string | undefined, address: string): RouteAccess {
  const asked = method === 'HEAD' ? 'GET' : method;
  if (url === undefined || url === '/*') return ASSET.test(address.split('?', 1)[0]!) ? 'everyone' : 'listener';
  if (url === '/api/docs' || url.startsWith('/api/docs/')) return 'listener';
  return ROUTE_ACCESS.get(`${asked} ${url}`) ?? 'administrator';
}

/** The scope that an access token needs for a request; null = not open to tokens. @param url pattern of the route */
export function scopeOf(method: string, url: string | undefined, access: RouteAccess): Scope | null {
  if (url === undefined || IN_PERSON.test(url)) return null;
  if (access === 'administrator') return 'admin';
  const asked = method === 'HEAD' ? 'GET' : method;
  const route = `${asked} ${url}`;
  if (EVENTS.has(route)) return 'events';
  return asked === 'GET' || QUESTIONS.has(route) ? 'read' : 'write';
}
