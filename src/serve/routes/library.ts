import { Type } from '#typebox';
import { genresAnswerSchema, libraryAnswerSchema } from '../../recommend/answers.ts';
import { askerOf, sendJson } from '../answering/asker.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

/** Both count all songs at their first request. Threads do that, so that no other request waits. */
export const library: Routes = (app, { answers }) => {
  app.get(
    '/api/library',
    {
      config: { waitsForThread: true },
      schema: {
        operationId: 'getLibrary',
        summary: 'Contents of the library: counts, sources, licences and rejected rows',
        tags: ['library'],
        response: { 200: libraryAnswerSchema, ...errorResponses },
      },
    },
    (_request, reply) => sendJson(reply, answers.json('library', {}, askerOf(reply))),
  );
  app.get(
    '/api/genres',
    {
      config: { waitsForThread: true },
      schema: {
        operationId: 'getGenres',
        summary: 'Search genres by beginning or similar spelling; without a text, the most common',
        tags: ['catalogue'],
        querystring: Type.Object({
          q: Type.Optional(Type.String({ maxLength: 200, description: 'words to find in the names of genres' })),
          limit: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 500, default: 30, description: 'number of genres' }),
          ),
        }),
        response: { 200: genresAnswerSchema, ...errorResponses },
      },
    },
    ({ query: { q = '', limit = 30 } }, reply) =>
      sendJson(reply, answers.json('genres', { text: q, limit }, askerOf(reply))),
  );
};
