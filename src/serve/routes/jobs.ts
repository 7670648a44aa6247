import { Type } from '#typebox';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { eventStream } from '../event-stream.ts';
import { jobRequestSchema, jobSchema } from '../jobs.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100, description: 'id of the job' }) });

export const jobs: Routes = (app, context) => {
  const manager = context.jobs;
  app.post(
    '/api/jobs',
    {
      schema: {
        operationId: 'startJob',
        summary: 'Train or evaluate models in the background',
        tags: ['jobs'],
        body: jobRequestSchema,
        response: { 202: jobSchema, ...errorResponses },
      },
    },
    async (request, reply) => reply.status(202).send(manager.start(request.body)),
  );
  app.get(
    '/api/jobs',
    {
      schema: {
        operationId: 'listJobs',
        summary: 'Jobs since the server started, newest first',
        tags: ['jobs'],
        response: {
          200: Type.Object({ jobs: Type.Array(jobSchema, { description: 'the jobs, newest first' }) }),
          ...errorResponses,
        },
      },
    },
    async () => ({ jobs: manager.list() }),
  );
  app.get(
    '/api/jobs/:id',
    {
      schema: {
        operationId: 'getJob',
        summary: 'State of one job',
        tags: ['jobs'],
        params,
        response: { 200: jobSchema, ...errorResponses },
      },
    },
    async (request) => manager.get(request.params.id),
  );
  app.delete(
    '/api/jobs/:id',
    {
      schema: {
        operationId: 'cancelJob',
        summary: 'Cancel a job; partial results are discarded',
        tags: ['jobs'],
        params,
        response: { 200: jobSchema, ...errorResponses },
      },
    },
    async (request) => manager.cancel(request.params.id),
  );
  app.get(
    '/api/jobs/:id/events',
    {
      schema: {
        operationId: 'jobEvents',
        summary:
          'Progress as server-sent events: `progress` (a job), then one of `done`, `failed` or `cancelled` (a job), after which the stream ends',
        tags: ['jobs'],
        params,
        produces: ['text/event-stream'],
      },
    },
    async (request, reply) => {
      const job = manager.get(request.params.id);
      const stream = eventStream(reply);
      const stop = manager.watch(job.id, (event) => {
        void stream.send({ type: event.type, data: event });
        if (event.type !== 'progress') stream.close();
      });
      stream.signal.addEventListener('abort', stop);
    },
  );
};
