import { Type } from '#typebox';
import { asyncApi } from '../../listeners/asyncapi.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

export const asyncapi: Routes = (app) => {
  app.get(
    '/api/asyncapi.json',
    {
      schema: {
        operationId: 'getAsyncApi',
        summary: 'The Kafka topics and the JSON Schema of their messages, as AsyncAPI 3.0',
        tags: ['operation'],
        response: { 200: Type.Record(Type.String(), Type.Unknown()), ...errorResponses },
      },
    },
    () => asyncApi(),
  );
};
