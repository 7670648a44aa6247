import type { Readable } from 'node:stream';
import { Type } from '#typebox';
import { SOURCES } from '../../sources/registry.ts';
import type { App, Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { jobSchema } from '../jobs.ts';
import { receive } from '../uploads.ts';

/** Sources that are read from one uploaded file; the others generate or unpack their own. */
const UPLOADED = SOURCES.filter((source) => ['mpd', 'tracks', 'artists', 'interactions'].includes(source.id));

const importQuery = Type.Object({
  source: Type.Union(
    UPLOADED.map((source) => Type.Literal(source.id)),
    { description: 'format of the file' },
  ),
  name: Type.String({
    minLength: 1,
    maxLength: 255,
    description: 'name of the file; `DELETE /api/imports` removes it by this name',
  }),
});

export const imports: Routes = (app, { jobs }) => {
  // Bodies of this type are streamed, so that files are not held in memory.
  void app.register((scope: App, _options: object, done: () => void) => {
    // No other type is accepted: pages of other sites can post text and forms without a preflight, but not this type.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', (_request, payload, parsed) => parsed(null, payload));
    scope.post(
      '/api/imports',
      {
        schema: {
          operationId: 'importFile',
          summary: 'Import one file (the request body) into the library; returns the job',
          tags: ['library'],
          consumes: ['application/octet-stream'],
          querystring: importQuery,
          response: { 202: jobSchema, ...errorResponses },
        },
      },
      async (request, reply) => {
        const { source, name } = request.query;
        const upload = await receive(request.body as Readable | undefined, name);
        try {
          const job = jobs.start({ kind: 'import', source, path: upload.path });
          void jobs.ended(job.id).then(() => upload.discard());
          return reply.status(202).send(job);
        } catch (error) {
          await upload.discard();
          throw error;
        }
      },
    );
    done();
  });
  app.delete(
    '/api/imports',
    {
      schema: {
        operationId: 'forgetImport',
        summary: 'Remove an imported file; some models must be trained again afterwards',
        tags: ['library'],
        querystring: Type.Object({
          file: Type.String({ minLength: 1, maxLength: 500, description: 'name of the imported file' }),
        }),
        response: { 202: jobSchema, ...errorResponses },
      },
    },
    async (request, reply) => reply.status(202).send(jobs.start({ kind: 'forget', file: request.query.file })),
  );
};
