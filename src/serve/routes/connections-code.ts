import { Type } from '#typebox';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { listenerNamed } from '../listener-access.ts';
import { connectBody } from './connections.ts';

/** Sign-in by a code that the person confirms in an app of the service. */
export const connectionsCode: Routes = (app, context) => {
  const { connected, access } = context;
  const named = listenerNamed(context);
  const tags = ['connections'];
  const id = Type.String({ minLength: 32, maxLength: 32, pattern: '^[0-9a-f]+$', description: 'id of the sign-in' });
  app.post(
    '/api/connections/code',
    {
      schema: {
        operationId: 'beginSignInByCode',
        summary: "Get a code that the listener confirms in one of the service's apps",
        tags,
        body: connectBody,
        response: {
          200: Type.Object({ id, code: Type.String({ description: 'code to display' }) }),
          ...errorResponses,
        },
      },
    },
    async (request, reply) => {
      const { codeSignIns } = await connected();
      const { service, settings } = request.body;
      const listener = await named(request, request.body.listener);
      return reply.header('cache-control', 'no-store').send(await codeSignIns.begin(service, listener.id, settings));
    },
  );
  app.post(
    '/api/connections/code/look',
    {
      schema: {
        operationId: 'lookForCode',
        summary: 'Check once whether a code was confirmed; if so, the connection is created. Poll every two seconds',
        tags,
        body: Type.Object({ id }, { additionalProperties: false }),
        response: {
          200: Type.Object({
            connection: Type.Union([Type.String(), Type.Null()], {
              description: 'id of the new connection; null until the code is confirmed',
            }),
          }),
          ...errorResponses,
        },
      },
    },
    async (request, reply) => {
      const { codeSignIns } = await connected();
      const { id } = request.body;
      await access(request, codeSignIns.owner(id));
      const record = await codeSignIns.look(id);
      return reply.header('cache-control', 'no-store').send({ connection: record?.id ?? null });
    },
  );
};
