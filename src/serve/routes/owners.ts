import { Type } from '#typebox';
import { ownerAnswerSchema, ownersAnswerSchema } from '../../recommend/answers.ts';
import { askerOf, sendJson } from '../answering/asker.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

export const owners: Routes = (app, { engine, answers }) => {
  app.get(
    '/api/owners',
    {
      config: { waitsForThread: true },
      schema: {
        operationId: 'searchOwners',
        summary: 'Search owners by title',
        tags: ['catalogue'],
        querystring: Type.Object({
          q: Type.Optional(Type.String({ maxLength: 10_000, default: '', description: 'words of the title' })),
          limit: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 100, default: 20, description: 'number of results' }),
          ),
        }),
        response: { 200: ownersAnswerSchema, ...errorResponses },
      },
    },
    (request, reply) =>
      sendJson(
        reply,
        answers.json('owners', { text: request.query.q ?? '', limit: request.query.limit ?? 20 }, askerOf(reply)),
      ),
  );
  app.get(
    '/api/owners/:id',
    {
      schema: {
        operationId: 'getOwner',
        summary: 'One owner with its tracks',
        tags: ['catalogue'],
        params: Type.Object({ id: Type.String({ maxLength: 500, description: 'id of the owner, URL-encoded' }) }),
        response: { 200: ownerAnswerSchema, ...errorResponses },
      },
    },
    async (request) => engine.queries.owner(request.params.id),
  );
};
