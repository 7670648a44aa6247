import { Type } from '#typebox';
import { modelSchema, modelsAnswerSchema } from '../../recommend/answers.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

export const models: Routes = (app, { answers }) => {
  app.get(
    '/api/models',
    {
      schema: {
        operationId: 'listModels',
        summary: 'Every model with its settings, and whether it is trained on this library',
        tags: ['models'],
        response: { 200: modelsAnswerSchema, ...errorResponses },
      },
    },
    () => answers.ask('models', {}),
  );
  app.get(
    '/api/models/:id',
    {
      schema: {
        operationId: 'getModel',
        summary: 'One model with its training statistics (loads it)',
        tags: ['models'],
        params: Type.Object({ id: Type.String({ maxLength: 100, description: 'id of the model, e.g. als' }) }),
        response: { 200: modelSchema, ...errorResponses },
      },
    },
    (request) => answers.ask('model', { id: request.params.id }),
  );
};
