import { requestSchema, responseSchema } from '../../recommend/request.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

export const recommendations: Routes = (app, { engine }) => {
  app.post(
    '/api/recommendations',
    {
      schema: {
        operationId: 'recommend',
        summary: 'Songs for songs, a title, a playlist or a history',
        tags: ['listening'],
        body: requestSchema,
        response: { 200: responseSchema, ...errorResponses },
      },
    },
    (request) => engine.recommend(request.body),
  );
};
