import type { Readable } from 'node:stream';
import { Type } from '#typebox';
import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';
import { type ImportMineReport, importMine } from '../../listeners/import-mine/import-mine.ts';
import type { OwnSongMatcher } from '../../listeners/resolve/own-song-matcher.ts';
import { resolveAgain } from '../../listeners/resolve/resolve-again.ts';
import { Resolver } from '../../listeners/resolve/resolver.ts';
import { artistNames } from '../../recommend/describe.ts';
import { findTrack } from '../../recommend/track-id.ts';
import { BroughtFiles } from '../brought-files.ts';
import type { App, Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofListener } from '../listener-access.ts';
import { ListenerJobs, listenerJobSchema } from '../listener-jobs.ts';
import { listenerParams, listenerSongSchema, pageQuery, pageSchema } from '../listener-schemas.ts';

const TAGS = ['listener imports'];
const counts = Type.Record(Type.String(), Type.Number(), { description: 'what was imported, by kind' });
const reportSchema = Type.Object({
  formats: Type.Array(Type.String(), { description: 'titles of the detected formats' }),
  files: Type.Integer({ description: 'number of files read' }),
  aside: Type.Array(Type.String(), { description: 'files in an unknown format, ignored' }),
  counts: Type.Unsafe<Record<string, number>>(counts),
  rejections: Type.Array(
    Type.Object({
      cause: Type.String({ description: 'why they were rejected' }),
      count: Type.Integer({ description: 'number of rows' }),
    }),
    { description: 'rows that were not imported, by cause' },
  ),
  songs: Type.Object(
    {
      matched: Type.Integer({ description: 'matched to the catalogue' }),
      unsure: Type.Integer({ description: 'with several possible matches' }),
      unknown: Type.Integer({ description: 'without a match' }),
    },
    { description: 'how many songs the catalogue knows' },
  ),
  toReview: Type.Integer({ description: 'number of songs with several possible matches, to be settled' }),
});
const jobSchema = listenerJobSchema(reportSchema);
const jobParams = Type.Object({
  ...listenerParams.properties,
  job: Type.String({ maxLength: 64, description: 'id of the job' }),
});
const reviewSchema = Type.Object({
  song: listenerSongSchema,
  candidates: Type.Array(
    Type.Object({
      song: Type.String({ description: 'id of the song in the catalogue' }),
      title: Type.String({ description: 'title of the song' }),
      artists: Type.Array(Type.String(), { description: 'names of the artists' }),
      confidence: Type.Number({ description: '0–1' }),
    }),
    { description: 'possible matches, most likely first' },
  ),
});

const plain = (report: ImportMineReport) => ({
  ...report,
  formats: [...report.formats],
  aside: [...report.aside],
  rejections: report.rejections.map(({ cause, count }) => ({ cause, count })),
});

/** A listener's exports: files are uploaded one by one, then imported by a job; each uncertain match is asked about once. */
export const importsMine: Routes = (app, context) => {
  const { engine, household } = context;
  const own = ofListener(context);
  const files = new BroughtFiles();
  const jobs = new ListenerJobs<ReturnType<typeof plain>>('an import');
  const resolvers = new WeakMap<Dataset, Promise<Resolver>>();
  const resolver = (): Promise<Resolver> => {
    const { dataset } = engine.current;
    const known = resolvers.get(dataset) ?? Resolver.build(dataset);
    resolvers.set(dataset, known);
    return known;
  };
  const matcher: OwnSongMatcher = context.ownSongs ?? { match: async (songs) => (await resolver()).match(songs) };
  const clear = async (listener?: string): Promise<void> => {
    await jobs.clear(listener);
    await files.clear(listener);
  };
  household.beforeDeletion(clear);
  app.addHook('preClose', () => clear());

  void app.register((scope: App, _options: object, done: () => void) => {
    // As with imports into the library: the raw bytes, and a content type that pages of other sites cannot post without a preflight.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', (_request, payload, parsed) => parsed(null, payload));
    scope.post(
      '/api/listeners/:id/files',
      {
        ...own,
        schema: {
          operationId: 'sendOwnFile',
          summary: "Upload one file of a listener's export (the body is the file); import it with POST …/own-imports",
          tags: TAGS,
          consumes: ['application/octet-stream'],
          params: listenerParams,
          querystring: Type.Object({
            name: Type.String({ minLength: 1, maxLength: 255, description: 'name of the file' }),
          }),
          response: {
            201: Type.Object({ file: Type.String({ description: 'id of the received file, for the import' }) }),
            ...errorResponses,
          },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        await (await household.repository()).listeners.get(id);
        return reply
          .status(201)
          .send({ file: await files.take(id, request.body as Readable | undefined, request.query.name) });
      },
    );
    done();
  });
  app.post(
    '/api/listeners/:id/own-imports',
    {
      ...own,
      schema: {
        operationId: 'importOwnFiles',
        summary: "Import uploaded files into the listener's history; returns the job",
        tags: TAGS,
        params: listenerParams,
        body: Type.Object(
          {
            files: Type.Array(Type.String({ maxLength: 64 }), {
              minItems: 1,
              maxItems: 100,
              uniqueItems: true,
              description: 'ids of the received files',
            }),
            privateSessions: Type.Optional(
              Type.Boolean({ default: false, description: 'also import plays from private sessions' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 202: jobSchema, ...errorResponses },
      },
    },
    async ({ params: { id }, body }, reply) => {
      const paths = files.paths(id, body.files);
      const repository = await household.repository();
      const job = jobs.start(id, async ({ signal, onProgress }) => {
        try {
          onProgress({ fraction: 0, note: 'reading the songs of the library' });
          const options = { incognito: body.privateSessions ?? false, signal, onProgress };
          const report = await importMine(repository, matcher, paths, id, options);
          await household.refreshContribution(id);
          return plain(report);
        } finally {
          await files.discard(body.files);
        }
      });
      return reply.status(202).send(job);
    },
  );
  app.get(
    '/api/listeners/:id/own-imports',
    {
      ...own,
      schema: {
        operationId: 'listOwnImports',
        summary: 'Imports since the server started, newest first, so that a reloaded page can follow them',
        tags: TAGS,
        params: listenerParams,
        response: {
          200: Type.Object({ jobs: Type.Array(jobSchema, { description: 'import jobs of this listener' }) }),
          ...errorResponses,
        },
      },
    },
    async ({ params: { id } }) => ({ jobs: jobs.all(id) }),
  );
  app.get(
    '/api/listeners/:id/own-imports/:job',
    {
      ...own,
      schema: {
        operationId: 'getOwnImport',
        summary: 'State of an import, with its report once it is done',
        tags: TAGS,
        params: jobParams,
        response: { 200: jobSchema, ...errorResponses },
      },
    },
    async ({ params: { id, job } }) => jobs.get(id, job),
  );
  app.delete(
    '/api/listeners/:id/own-imports/:job',
    {
      ...own,
      schema: {
        operationId: 'cancelOwnImport',
        summary: 'Stop an import; the plays it added are removed',
        tags: TAGS,
        params: jobParams,
        response: { 200: jobSchema, ...errorResponses },
      },
    },
    async ({ params: { id, job } }) => jobs.cancel(id, job),
  );
  app.get(
    '/api/listeners/:id/review',
    {
      ...own,
      schema: {
        operationId: 'listReviews',
        summary: 'Imported songs with several possible matches, most played first',
        tags: TAGS,
        params: listenerParams,
        querystring: Type.Object(pageQuery),
        response: {
          200: Type.Object({
            ...pageSchema(reviewSchema).properties,
            open: Type.Integer({ description: 'number of songs left to settle' }),
          }),
          ...errorResponses,
        },
      },
    },
    async ({ params: { id }, query }) => {
      const { reviews } = await household.repository();
      const { items, next } = await reviews.page(id, query);
      return {
        items: items.map(({ song, candidates }) => ({
          song: { ...song, artists: [...song.artists] },
          candidates: candidates.map((candidate) => ({ ...candidate, artists: [...candidate.artists] })),
        })),
        next,
        open: await reviews.count(id),
      };
    },
  );
  app.post(
    '/api/listeners/:id/review',
    {
      ...own,
      schema: {
        operationId: 'answerReview',
        summary: 'Choose the right match, or "none"; later imports reuse the choice',
        tags: TAGS,
        params: listenerParams,
        body: Type.Object(
          {
            own: Type.String({ minLength: 1, maxLength: 500, description: 'id of the imported song' }),
            choose: Type.String({
              minLength: 1,
              maxLength: 500,
              description: "id of the right song in the catalogue, or 'none'",
            }),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ open: Type.Integer({ description: 'number of songs left to settle' }) }),
          ...errorResponses,
        },
      },
    },
    async ({ params: { id }, body }) => {
      const { reviews } = await household.repository();
      if (body.choose === 'none') await reviews.answer(id, body.own, 'none');
      else {
        const { dataset } = engine.current;
        const { vocabulary, names } = dataset.tracks;
        const track = findTrack(vocabulary, body.choose);
        if (track < 0) throw new SegueError('NOT_FOUND', { got: `The catalogue has no song "${body.choose}"` });
        await reviews.answer(id, body.own, {
          song: vocabulary.id(track),
          title: names.get(track),
          artists: artistNames(dataset, track),
        });
      }
      return { open: await reviews.count(id) };
    },
  );
  app.post(
    '/api/listeners/:id/resolve',
    {
      ...own,
      schema: {
        operationId: 'resolveAgain',
        summary: 'Match songs again that the catalogue lacked',
        tags: TAGS,
        params: listenerParams,
        response: {
          200: Type.Object({
            tried: Type.Integer({ description: 'number of songs matched again' }),
            settled: Type.Integer({ description: 'number that now have a match' }),
            unsure: Type.Integer({ description: 'number that still have several possible matches' }),
          }),
          ...errorResponses,
        },
      },
    },
    async ({ params: { id } }) => resolveAgain(await household.repository(), matcher, id),
  );
};
