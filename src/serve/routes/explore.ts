import { exploreDataSchema } from '../../explore/explore-types.ts';
import { sendJson } from '../answering/asker.ts';
import { toJson } from '../answering/question.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

export const explore: Routes = (app, { explorer }) => {
  app.get(
    '/api/explore',
    {
      schema: {
        operationId: 'explore',
        summary: 'Data for the exploration charts',
        tags: ['catalogue'],
        response: { 200: exploreDataSchema, ...errorResponses },
      },
    },
    // By their schema, which allows null for most numbers, the charts would take ten times as long to write.
    (_request, reply) => sendJson(reply, explorer.charts().then(toJson)),
  );
};
