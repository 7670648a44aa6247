import { exploreDataSchema } from '../../explore/explore-types.ts';
import { sendJson } from '../answering/asker.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

export const explore: Routes = (app, { explorer }) => {
  app.get(
    '/api/explore',
    {
      schema: {
        operationId: 'explore',
        summary: 'Data for the exploration charts',
        tags: ['library'],
        response: { 200: exploreDataSchema, ...errorResponses },
      },
    },
    (_request, reply) => sendJson(reply, explorer.charts()),
  );
};
