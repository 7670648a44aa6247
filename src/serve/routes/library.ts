import { Type } from 'typebox';
import { genresAnswerSchema, libraryAnswerSchema } from '../../recommend/answers.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

export const library: Routes = (app, { engine }) => {
  app.get(
    '/api/library',
    {
      schema: {
        operationId: 'getLibrary',
        summary: 'What the library holds, from where, under what licence, and what was rejected',
        tags: ['catalogue'],
        response: { 200: libraryAnswerSchema, ...errorResponses },
      },
    },
    () => engine.queries.library(),
  );
  app.get(
    '/api/genres',
    {
      schema: {
        operationId: 'getGenres',
        summary: 'Genres that begin with a text or are spelt like it; without one, the most common',
        tags: ['catalogue'],
        querystring: Type.Object({
          q: Type.Optional(Type.String({ maxLength: 200 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 30 })),
        }),
        response: { 200: genresAnswerSchema, ...errorResponses },
      },
    },
    (request) => engine.queries.genres(request.query.q ?? '', request.query.limit ?? 30),
  );
};
