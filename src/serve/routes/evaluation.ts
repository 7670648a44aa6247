import { Type } from 'typebox';
import { evaluationReportSchema } from '../../evaluate/report-data.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

export const evaluation: Routes = (app, { report }) => {
  app.get(
    '/api/evaluation',
    {
      schema: {
        operationId: 'getEvaluation',
        summary: 'The latest evaluation report, null when nothing was evaluated yet',
        tags: ['models'],
        response: {
          200: Type.Object({ report: Type.Union([evaluationReportSchema, Type.Null()]) }),
          ...errorResponses,
        },
      },
    },
    async () => ({ report: await report() }),
  );
};
