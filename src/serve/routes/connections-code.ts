import { Type } from 'typebox';
import { onOwnBehalf } from '../auth/signed-in.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

/** Signing in by a code that the person confirms in an app of the service. */
export const connectionsCode: Routes = (app, { connected, access }) => {
  const tags = ['connections'];
  const id = Type.String({ minLength: 32, maxLength: 32, pattern: '^[0-9a-f]+$' });
  app.post(
    '/api/connections/code',
    {
      schema: {
        operationId: 'beginSignInByCode',
        summary: 'Ask a service for a code that the person confirms in one of its apps',
        tags,
        body: Type.Object(
          {
            service: Type.String({ minLength: 1, maxLength: 100 }),
            listener: Type.String({ minLength: 1, maxLength: 200, description: 'id or name of a listener' }),
            settings: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 4000 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ id, code: Type.String({ description: 'to show' }) }), ...errorResponses },
      },
    },
    async (request, reply) => {
      const { codeSignIns, repository } = await connected();
      const { service, settings } = request.body;
      onOwnBehalf(request, request.body.listener);
      const listener = await repository.listeners.find(request.body.listener);
      await access(request, listener.id);
      return reply.header('cache-control', 'no-store').send(await codeSignIns.begin(service, listener.id, settings));
    },
  );
  app.post(
    '/api/connections/code/look',
    {
      schema: {
        operationId: 'lookForCode',
        summary: 'Look once whether a code was confirmed; if so, the connection is made. Ask every two seconds',
        tags,
        body: Type.Object({ id }, { additionalProperties: false }),
        response: {
          200: Type.Object({
            connection: Type.Union([Type.String(), Type.Null()], {
              description: 'its id; null as long as nobody has confirmed',
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
