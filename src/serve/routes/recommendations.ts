import { requestSchema, responseSchema } from '../../recommend/request.ts';
import { askerOf, sendJson } from '../answering/asker.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

export const recommendations: Routes = (app, { answers }) => {
  app.post(
    '/api/recommendations',
    {
      config: { waitsForThread: true },
      schema: {
        operationId: 'recommend',
        summary: 'Recommend songs from songs, a title, a playlist or a history',
        tags: ['recommendations'],
        body: requestSchema,
        response: { 200: responseSchema, ...errorResponses },
      },
    },
    (request, reply) => sendJson(reply, answers.json('recommend', request.body, askerOf(reply))),
  );
};
