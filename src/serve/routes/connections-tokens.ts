import { Type } from '#typebox';
import { SCOPE_NAMES, SCOPES, type Scope, USUAL_SCOPES } from '../../connect/scopes.ts';
import { SegueError } from '../../errors.ts';
import { mayList, signedIn } from '../auth/signed-in.ts';
import { mayGive } from '../auth/token-scopes.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { listenerNamed, nameOfListener, ofHousehold } from '../listener-access.ts';

const scopesSchema = Type.Array(Type.Unsafe<Scope>(Type.Union(SCOPE_NAMES.map((scope) => Type.Literal(scope)))), {
  maxItems: SCOPE_NAMES.length,
  description: Object.entries(SCOPES)
    .map(([scope, meaning]) => `${scope}: ${meaning}`)
    .join('; '),
});

const tokenSchema = Type.Object({
  id: Type.String({ description: 'id of the token, to revoke it' }),
  listener: Type.String({ description: 'id of the listener who owns it' }),
  name: Type.String({ description: 'purpose, chosen by the listener' }),
  scopes: scopesSchema,
  createdAt: Type.Integer({ description: 'milliseconds since 1970' }),
  usedAt: Type.Union([Type.Integer(), Type.Null()], {
    description: 'last use, milliseconds since 1970; null = never',
  }),
});

/** Access tokens for other programs: the Navidrome plugin, scrobblers, Subsonic clients. */
export const connectionsTokens: Routes = (app, context) => {
  const { connected } = context;
  const named = listenerNamed(context);
  const household = ofHousehold(context);
  const tags = ['access tokens'];
  app.get(
    '/api/access-tokens',
    {
      ...household,
      schema: {
        operationId: 'listAccessTokens',
        summary: 'Access tokens; a token itself is shown once, when it is created',
        tags,
        response: {
          200: Type.Object({ tokens: Type.Array(tokenSchema, { description: 'the access tokens' }) }),
          ...errorResponses,
        },
      },
    },
    async (request) => ({
      tokens: (await connected()).tokens
        .list()
        .filter(({ listener }) => mayList(request, listener))
        .map((token) => ({ ...token, scopes: [...token.scopes] })),
    }),
  );
  app.post(
    '/api/access-tokens',
    {
      ...household,
      schema: {
        operationId: 'createAccessToken',
        summary: 'Create an access token for another program, on behalf of one listener',
        tags,
        body: Type.Object(
          {
            listener: nameOfListener,
            name: Type.String({ minLength: 1, maxLength: 100, description: 'purpose, e.g. the name of the program' }),
            scopes: Type.Optional(scopesSchema),
          },
          { additionalProperties: false },
        ),
        response: {
          201: Type.Object({
            id: Type.String({ description: 'id of the token, to revoke it' }),
            token: Type.String({ description: 'the token itself; shown only once' }),
            listener: Type.String({ description: 'id of the listener who owns it' }),
          }),
          ...errorResponses,
        },
      },
    },
    async (request, reply) => {
      const { tokens } = await connected();
      const listener = await named(request, request.body.listener);
      const { name, scopes = USUAL_SCOPES } = request.body;
      mayGive(signedIn(request), scopes);
      const made = tokens.create(listener.id, name, scopes);
      return reply
        .status(201)
        .header('cache-control', 'no-store')
        .send({ ...made, listener: listener.id });
    },
  );
  app.delete(
    '/api/access-tokens/:id',
    {
      ...household,
      schema: {
        operationId: 'revokeAccessToken',
        summary: 'Revoke a token',
        tags,
        params: Type.Object({ id: Type.String({ maxLength: 60, description: 'id of the token' }) }),
        response: { 200: Type.Object({ ok: Type.Boolean({ description: 'always true' }) }), ...errorResponses },
      },
    },
    async (request) => {
      const { tokens } = await connected();
      const token = tokens.list().find(({ id }) => id === request.params.id);
      if (token && !mayList(request, token.listener))
        throw new SegueError('NOT_ALLOWED', { got: 'This belongs to another listener' });
      tokens.revoke(request.params.id);
      return { ok: true };
    },
  );
};
