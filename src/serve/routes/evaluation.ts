import { Type } from '#typebox';
import { SegueError } from '../../errors.ts';
import { evaluationReportSchema } from '../../evaluate/report/report-data.ts';
import { sendJson } from '../answering/asker.ts';
import { toJson } from '../answering/question.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { reportPage } from '../report-page.ts';

export const evaluation: Routes = (app, { report }) => {
  app.get(
    '/api/evaluation',
    {
      schema: {
        operationId: 'getEvaluation',
        summary: 'Latest evaluation report, or null',
        tags: ['evaluation'],
        response: {
          200: Type.Object({
            report: Type.Union([evaluationReportSchema, Type.Null()], {
              description: 'the report; null when there is none',
            }),
          }),
          ...errorResponses,
        },
      },
    },
    // The report was checked when it was read; serialising it by its schema would check it again, which takes 100 ms.
    (_request, reply) =>
      sendJson(
        reply,
        report().then((found) => toJson({ report: found })),
      ),
  );
  app.get(
    '/api/evaluation/page',
    {
      schema: {
        operationId: 'getEvaluationPage',
        summary: 'The latest evaluation report as one HTML page with charts, as written by `segue evaluate --report`',
        tags: ['evaluation'],
        produces: ['text/html'],
      },
    },
    async (_request, reply) => {
      const found = await report();
      if (!found)
        throw new SegueError('NOT_FOUND', {
          got: 'There is no evaluation yet',
          remedy: 'Run `segue evaluate`, or start one in the Lab',
        });
      const { html, policy } = await reportPage('evaluation', found.protocol.title, found);
      return reply
        .header('content-security-policy', `${policy};frame-ancestors 'self'`)
        .type('text/html; charset=utf-8')
        .send(html);
    },
  );
};
