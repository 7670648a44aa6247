import { Type } from '#typebox';
import { type Backtest, backtest, keepBlend } from '../../listeners/personal/backtest.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofListener } from '../listener-access.ts';
import { ListenerJobs, listenerJobSchema } from '../listener-jobs.ts';
import { listenerParams } from '../listener-schemas.ts';

const figure = (description: string) =>
  Type.Union(
    [
      Type.Object({
        mean: Type.Number({ description: 'mean over the cuts' }),
        low: Type.Number({ description: 'lower end of the 95% interval' }),
        high: Type.Number({ description: 'upper end of the 95% interval' }),
      }),
      Type.Null(),
    ],
    { description },
  );
const backtestSchema = Type.Object({
  cuts: Type.Array(Type.Integer(), { description: 'times at which the history was split, milliseconds since 1970' }),
  newSongs: Type.Integer({ description: 'number of newly found songs, over all cuts' }),
  repeatedSongs: Type.Integer({ description: 'number of songs played again, over all cuts' }),
  results: Type.Array(
    Type.Object({
      name: Type.String({ description: "a model's id, same artists, most played, most played lately, or your blend" }),
      found: figure('share of the newly found songs that are among the first 50 songs of the list'),
      ndcg: figure('NDCG@50 of the newly found songs'),
      again: figure(
        'share of the songs played again that are among the first 50; null for models, which recommend nothing heard before',
      ),
    }),
    { description: 'best first' },
  ),
  blend: Type.Union(
    [
      Type.Array(
        Type.Object({
          name: Type.String({ description: 'id of the model' }),
          weight: Type.Number({ description: 'its weight' }),
        }),
      ),
      Type.Null(),
    ],
    {
      description: 'blend of models that for-you uses from now on; null when the history is too short to choose one',
    },
  ),
});

type Report = ReturnType<typeof plain>;
const plain = (result: Backtest) => ({
  ...result,
  cuts: [...result.cuts],
  results: result.results.map((one) => ({ ...one })),
  blend: result.blend?.map((part) => ({ ...part })) ?? null,
});

/** "How well does Segue know me?": computed once for each state of history and models. */
export const listenersBacktest: Routes = (app, context) => {
  const { answers, engine, household } = context;
  const own = ofListener(context);
  const jobs = new ListenerJobs<Report>('a backtest');
  const asked = new Map<string, { key: string; job: string }>();
  household.beforeDeletion(async (listener) => {
    await jobs.clear(listener);
    asked.delete(listener);
  });
  app.addHook('preClose', () => jobs.clear());
  app.get(
    '/api/listeners/:id/backtest',
    {
      ...own,
      schema: {
        operationId: 'backtest',
        summary:
          'How well each model would have predicted the listener, measured on their own history. Starts the backtest if needed; poll until it is done',
        tags: ['for you'],
        params: listenerParams,
        response: { 200: listenerJobSchema(backtestSchema), ...errorResponses },
      },
    },
    async ({ params: { id } }) => {
      const repository = await household.repository();
      const { revision } = await repository.listeners.get(id);
      const { datasetId, models } = engine.current;
      const key = [revision, datasetId, ...models.trained.map((model) => `${model} ${models.versionOf(model)}`)].join(
        '\0',
      );
      const before = asked.get(id);
      const running = jobs.all(id).find(({ state }) => state === 'running');
      if (running) return running;
      if (before?.key === key) return jobs.get(id, before.job);
      const job = jobs.start(id, async ({ signal, onProgress }) => {
        const result = await backtest(engine, repository, id, {
          signal,
          onProgress,
          ask: (query) => answers.ask('parts', query),
        });
        await keepBlend(engine, repository, id, result, Date.now());
        return plain(result);
      });
      asked.set(id, { key, job: job.id });
      return job;
    },
  );
};
