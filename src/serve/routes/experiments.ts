import { Type } from '#typebox';
import { experimentResults } from '../../listeners/experiments/results.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

const experimentSchema = Type.Object({
  id: Type.String({ description: 'id of the experiment' }),
  kind: Type.Union([Type.Literal('interleave'), Type.Literal('split')], {
    description: 'interleave = both models share each list; split = each listener gets one of them',
  }),
  a: Type.String({ description: 'id of a model' }),
  b: Type.String({ description: 'id of a model' }),
  startedAt: Type.Integer({ description: 'milliseconds since 1970' }),
  endedAt: Type.Union([Type.Integer(), Type.Null()], { description: 'null while it runs' }),
  lists: Type.Integer({ description: 'number of lists shown' }),
  listeners: Type.Integer({ description: 'number of listeners who saw them' }),
  takenUp: Type.Object(
    {
      a: Type.Integer({ description: 'number from model a' }),
      b: Type.Integer({ description: 'number from model b' }),
    },
    { description: 'number of songs played, liked or saved' },
  ),
  p: Type.Number({ description: 'two-sided p-value of a randomisation test' }),
});

/** Experiments on what listeners do with lists, as totals: nothing about a single listener is shown. */
export const experiments: Routes = (app, { household }) => {
  app.get(
    '/api/experiments',
    {
      schema: {
        operationId: 'listExperiments',
        summary: 'Experiments that compare two models by what listeners did with their lists, newest first',
        tags: ['evaluation'],
        response: {
          200: Type.Object({
            experiments: Type.Array(experimentSchema, { description: 'the experiments, newest first' }),
          }),
          ...errorResponses,
        },
      },
    },
    async () => ({
      experiments: (await experimentResults(await household.repository())).map(({ experiment, verdict }) => ({
        ...experiment,
        lists: verdict.lists,
        listeners: verdict.listeners,
        takenUp: { a: verdict.a, b: verdict.b },
        p: verdict.p,
      })),
    }),
  );
};
