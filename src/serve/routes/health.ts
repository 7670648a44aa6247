import { Type } from '#typebox';
import { VERSION } from '../../config.ts';
import { orNull } from '../../listeners/event-schema.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { AWAITED, readiness } from '../readiness.ts';

const healthSchema = Type.Object({
  ok: Type.Boolean({ description: 'true when the library is loaded and has songs' }),
  version: Type.String({ description: 'version of Segue' }),
  uptimeSeconds: Type.Number({ description: 'time since the start' }),
  library: orNull(
    Type.Object(
      {
        catalogueId: Type.String({ description: 'fingerprint of the catalogue' }),
        tracks: Type.Integer({ description: 'number of tracks' }),
        owners: Type.Integer({ description: 'number of playlists and persons' }),
      },
      { description: 'null until the library is loaded' },
    ),
  ),
  models: orNull(
    Type.Object(
      {
        trained: Type.Array(Type.String(), { description: 'ids of the trained models' }),
        loaded: Type.Array(Type.String(), { description: 'ids of the models in memory' }),
        default: orNull(
          Type.String({ description: 'id of the model that answers when none is named; null when none is trained' }),
        ),
      },
      { description: 'null until the library is loaded' },
    ),
  ),
});

const stepSchema = Type.Object({
  count: Type.Integer({ description: 'how often the step ran' }),
  totalMs: Type.Number({ description: 'its total time, in milliseconds' }),
  p50Ms: Type.Number({ description: 'median time, in milliseconds' }),
  p99Ms: Type.Number({ description: '99th percentile of the time, in milliseconds' }),
  maxMs: Type.Number({ description: 'longest time, in milliseconds' }),
});

const readySchema = Type.Object({
  ready: Type.Boolean({ description: 'whether the server is ready' }),
  waitingFor: Type.Array(Type.Enum([...AWAITED]), {
    description: 'parts that are still loading: the library, the search index, the default model',
  }),
});

export const health: Routes = (app, { engine, answers }) => {
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'health',
        summary: 'Status of the server, its library and models',
        tags: ['operation'],
        response: { 200: healthSchema, ...errorResponses },
      },
    },
    async () => {
      const alive = { version: VERSION, uptimeSeconds: process.uptime() };
      if (!engine.isOpen) return { ok: false, ...alive, library: null, models: null };
      const health = engine.health();
      const loaded = [...new Set([...health.models.loaded, ...(answers.loaded ?? [])])];
      return { ...alive, ...health, models: { ...health.models, loaded } };
    },
  );
  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'ready',
        summary:
          'Readiness: 200, or 503 while the server loads the library, search index and default model, or is stopping',
        tags: ['operation'],
        response: { 200: readySchema, 503: readySchema },
      },
    },
    async (_request, reply) => {
      const { ready, waitingFor } = readiness(engine, answers);
      return reply.status(ready ? 200 : 503).send({ ready, waitingFor: [...waitingFor] });
    },
  );
  app.get(
    '/api/metrics',
    {
      schema: {
        operationId: 'metrics',
        summary: 'Counters and timings per step since the start',
        tags: ['operation'],
        response: {
          200: Type.Object({
            counts: Type.Record(Type.String(), Type.Integer(), { description: 'counters by name' }),
            steps: Type.Record(Type.String(), stepSchema, { description: 'timings by step' }),
          }),
          ...errorResponses,
        },
      },
    },
    async () => engine.metrics.snapshot(),
  );
};
