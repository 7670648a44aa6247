import { Type } from 'typebox';
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
        response: { 200: Type.Record(Type.String(), Type.Unknown()), ...errorResponses },
      },
    },
    async () => ({ ...(await explorer.charts()) }),
  );
};
