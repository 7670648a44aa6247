import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { VERSION } from '../config.ts';
import { SCOPES } from '../connect/scopes.ts';
import { EXAMPLES } from './api-examples.ts';
import { accessOf, scopeOf } from './auth/route-access.ts';
import { errorResponses } from './errors.ts';

const DESCRIPTION = `Music recommendations from songs, a playlist, a title, words or a listening history, each with its reasons.

**First call**, on any library with trained models:

\`\`\`sh
curl http://127.0.0.1:8787/api/recommendations -H 'content-type: application/json' \\
  -d '{"text": "energetic 90s rock for running", "n": 5}'
\`\`\`

- **Songs** are identified by URI, e.g. \`spotify:track:…\`; find them with \`GET /api/tracks?q=…\`. Requests also accept Spotify links and ids. The examples on this page use songs of the demo world.
- **Sign-in**: on loopback, none is needed. A server that requires it expects \`Authorization: Bearer TOKEN\`; create the access token at \`/account\`. Every operation names the scope that its token needs.
- **Errors** are JSON: \`error.code\` is stable, \`error.message\` is for people, and \`error.remedy\` says what to do. A 503 with \`Retry-After\` means that the server is busy: try again.
- **Pages**: a list with \`next\` continues with \`after=<next>\`; \`next\` is null on the last page.
- **Times** are milliseconds since 1970 (UTC) unless the field says otherwise.
- **Kafka**: [/api/asyncapi.json](/api/asyncapi.json) describes the same events and requests as messages.`;

/** Groups of operations, in the order in which a newcomer meets them. */
const TAGS = [
  ['recommendations', 'Recommend songs, find similar ones, and lead from one song to another. Start here.'],
  ['catalogue', 'Search songs, artists, playlists and genres, and match pasted lists to songs.'],
  ['library', 'What the library holds; import, forget and analyse files.'],
  ['listeners', 'People: add, rename, configure, export and delete them.'],
  ['for you', 'Lists and mixes from a listener’s own history.'],
  ['history', 'Plays and songs of a listener, and reports on them.'],
  ['likes and bans', 'Likes, dislikes and bans of a listener.'],
  ['saved lists', 'Saved lists of a listener, with their versions.'],
  ['listener imports', 'Import a listener’s exports from other services, and settle uncertain matches.'],
  ['events', 'Send plays, skips, likes and other feedback, and follow them live.'],
  ['models', 'The models and their settings.'],
  ['jobs', 'Training, evaluation and imports in the background.'],
  ['evaluation', 'Evaluation reports and experiments with listeners.'],
  ['map', 'The taste map: songs as points, similar ones close together.'],
  ['connections', 'Connect music services and servers: sync, write lists, play.'],
  ['access tokens', 'Tokens with which other programs sign in.'],
  ['operation', 'Health, load and metrics of the server.'],
] as const;

/** What a status means where the route says no more about it. */
const ANSWERS: Readonly<Record<string, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Started: follow the job with `GET /api/jobs/{id}`',
  204: 'Done, without content',
  303: 'Redirect',
  503: 'Not ready yet',
  '4XX': 'The request is invalid or not allowed; `error.remedy` says what to do',
  '5XX': 'The server failed, or it is busy: 503 with `Retry-After`',
};

type Operation = {
  operationId?: string;
  description?: string;
  security?: readonly Record<string, readonly string[]>[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses?: Record<string, { description?: string }>;
};

/** The OpenAPI document, apart from what each route's schema says. */
export const API_DOCUMENT: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Segue', version: VERSION, description: DESCRIPTION },
    servers: [{ url: '/' }],
    tags: TAGS.map(([name, description]) => ({ name, description })),
    components: {
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          description: `An access token of a listener. Scopes: ${Object.entries(SCOPES)
            .map(([scope, meaning]) => `\`${scope}\`: ${meaning}`)
            .join('; ')}.`,
        },
      },
    },
  },
  transform: ({ schema, url }) => ({
    schema: schema?.produces && !schema.response ? { ...schema, response: otherThanJson(schema.produces) } : schema,
    url,
  }),
  transformObject(document) {
    if (!('openapiObject' in document)) return document.swaggerObject;
    const { openapiObject } = document;
    for (const [path, methods] of Object.entries(openapiObject.paths ?? {}))
      for (const [method, operation] of Object.entries(methods ?? {}))
        complete(operation as Operation, method.toUpperCase(), path);
    return openapiObject;
  },
};

/** Responses of a route that answers a stream, a page or a file. Its own schema has none, since nothing is to be serialised. */
const otherThanJson = (types: readonly string[]) => ({
  200: {
    description: ANSWERS[200]!,
    content: Object.fromEntries(
      types.map((type) => [
        type,
        { schema: type.startsWith('text/') ? { type: 'string' } : { type: 'string', format: 'binary' } },
      ]),
    ),
  },
  ...errorResponses,
});

/** Adds to an operation who may call it, an example of its body, and what its answers mean. @param path as OpenAPI writes it: `/api/jobs/{id}` */
function complete(operation: Operation, method: string, path: string): void {
  const url = path.replaceAll(/\{(\w+)\}/g, ':$1');
  const access = accessOf(method, url, path);
  const scope = scopeOf(method, url, access);
  if (access === 'everyone') operation.security = [];
  else if (access !== 'token') {
    const needed = scope === null ? 'Not open to access tokens: sign in with a browser.' : `Token scope: \`${scope}\`.`;
    operation.description = [operation.description, needed].filter(Boolean).join(' ');
    // The empty choice: on loopback, nothing is needed.
    if (scope !== null) operation.security = [{ accessToken: [scope] }, {}];
  }
  const example = EXAMPLES[operation.operationId ?? ''];
  const body = operation.requestBody?.content['application/json'];
  if (example !== undefined && body) body.example = example;
  for (const [status, response] of Object.entries(operation.responses ?? {}))
    if (response.description === 'Default Response') response.description = ANSWERS[status] ?? 'Default Response';
}
