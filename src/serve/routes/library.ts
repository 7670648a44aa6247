import { libraryAnswerSchema } from '../../recommend/answers.ts';
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
};
