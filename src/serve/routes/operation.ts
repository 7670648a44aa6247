import { Type } from '#typebox';
import type { RecommendedTrack } from '../../recommend/request.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { compareHours, Drift } from '../monitoring/drift.ts';
import { routeOf } from '../monitoring/log.ts';
import { RecentMinutes } from '../monitoring/recent-minutes.ts';

/** Milliseconds between two samples of queue, processor and memory. */
const SAMPLE = 5000;

/** Whose lists count as recommended. */
const LISTS: ReadonlySet<string> = new Set(['/api/recommendations', '/api/listeners/:id/for-you']);
/** What people ask. Streams last as long as their reader, and this page is not to count itself. */
const ASKED = /^\/(?:api|rest|1)\/(?!operation$|metrics$|docs)(?!.*\/(?:live|events)$)/;

const orNull = <T extends ReturnType<typeof Type.Number>>(schema: T) => Type.Union([schema, Type.Null()]);
const moment = Type.Integer({ description: 'its beginning, in milliseconds since 1970' });

const minuteSchema = Type.Object({
  at: moment,
  requests: Type.Integer(),
  failed: Type.Integer({ description: 'answers of 500 and above, except 503' }),
  refused: Type.Integer({ description: 'answers of 503' }),
  p50Ms: orNull(Type.Number()),
  p95Ms: orNull(Type.Number()),
  waiting: Type.Integer({ description: 'most queries that waited for a thread at once' }),
  processor: orNull(Type.Number({ description: 'cores in use' })),
  memoryBytes: orNull(Type.Number()),
});

const stepSchema = Type.Object({
  step: Type.String(),
  model: Type.Union([Type.String(), Type.Null()]),
  count: Type.Integer(),
  p50Ms: Type.Number(),
  p95Ms: Type.Number(),
  maxMs: Type.Number(),
});

const hourSchema = Type.Object({
  at: moment,
  lists: Type.Integer(),
  songs: Type.Integer({ description: 'recommended songs that were counted, repeats included' }),
  differentSongs: orNull(
    Type.Number({ description: 'different songs in 100 of them drawn at random; null with fewer than 100' }),
  ),
  differentArtists: orNull(Type.Number()),
  heldBy: orNull(Type.Number({ description: 'median number of playlists that hold a recommended song' })),
});

const lagSchema = Type.Object({
  group: Type.String({ description: 'consumer group' }),
  topic: Type.String(),
  partition: Type.Integer(),
  lag: Type.Integer({ description: 'messages waiting on the broker' }),
  at: Type.Integer({ description: 'when it was measured, in milliseconds since 1970' }),
});

const operationSchema = Type.Object({
  minutes: Type.Array(minuteSchema, { description: 'the last three hours at most, the oldest first' }),
  steps: Type.Array(stepSchema, { description: 'the last hour by step and model, those that took most time first' }),
  queue: Type.Object({ waiting: Type.Integer(), limit: Type.Integer(), refused: Type.Integer() }),
  jobs: Type.Object({
    running: Type.Integer(),
    done: Type.Integer(),
    failed: Type.Integer(),
    cancelled: Type.Integer(),
  }),
  stream: Type.Union([Type.Array(lagSchema), Type.Null()], {
    description: 'lag of `segue stream` by partition, as it last told the store; null while the store does not answer',
  }),
  drift: Type.Object({
    hours: Type.Array(hourSchema, { description: 'a week at most, the oldest first' }),
    compared: Type.Array(
      Type.Object({
        measure: Type.Union([Type.Literal('differentSongs'), Type.Literal('differentArtists'), Type.Literal('heldBy')]),
        now: orNull(Type.Number({ description: 'of the latest hour that has it' })),
        usual: Type.Union([
          Type.Object({ median: Type.Number(), least: Type.Number(), most: Type.Number() }),
          Type.Null(),
        ]),
        unusual: Type.Boolean({ description: 'the latest hour lies outside the range of all earlier ones' }),
      }),
    ),
  }),
});

/** Figures of the last hours for the page of administrators: kept in memory, for this server alone. */
export const operation: Routes = (app, { engine, answers, refusal, jobs, household }) => {
  const recent = new RecentMinutes();
  const drift = new Drift((uri) => {
    const { dataset } = engine.current;
    const track = dataset.tracks.vocabulary.indexOf(uri);
    return track < 0 || dataset.byOwner.idx.length === 0 ? null : dataset.ownersOf(track);
  });
  engine.metrics.listen((name, value, timed) => {
    if (timed) recent.step(name, value);
  });
  let [spent, sampled] = [process.cpuUsage(), performance.now()];
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(spent);
    const ms = performance.now() - sampled;
    [spent, sampled] = [process.cpuUsage(), performance.now()];
    recent.sample(answers.queue?.waiting ?? 0, (user + system) / 1000 / ms, process.memoryUsage.rss());
  }, SAMPLE);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
  app.addHook('onResponse', async (request, reply) => {
    if (ASKED.test(routeOf(request))) recent.request(reply.statusCode, reply.elapsedTime);
  });
  refusal.listen((_method, route) => {
    if (ASKED.test(route)) recent.refusedAtOnce();
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode !== 200 || !drift.hasRoom() || !LISTS.has(routeOf(request))) return;
    // Lists come as JSON that a thread has written; read again only where they are taken in, some a minute.
    drift.recommended((JSON.parse(String(payload)) as { tracks: RecommendedTrack[] }).tracks);
  });
  app.get(
    '/api/operation',
    {
      schema: {
        operationId: 'operation',
        summary: 'Load, latency, queue, jobs and drift of this server over the last hours, and the lag of the stream',
        tags: ['operation'],
        response: { 200: operationSchema, ...errorResponses },
      },
    },
    async () => {
      const ended = { running: 0, done: 0, failed: 0, cancelled: 0 };
      for (const { state, count } of jobs.tally()) ended[state] += count;
      const { waiting = 0, limit = 0, refused = 0 } = answers.queue ?? {};
      const stream = await household
        .repository()
        .then(({ streamLag }) => streamLag.all())
        .catch(() => null);
      const hours = drift.hours();
      return {
        minutes: recent.minutes(),
        steps: recent.steps(),
        queue: { waiting, limit, refused },
        jobs: ended,
        stream,
        drift: { hours, compared: compareHours(hours) },
      };
    },
  );
};
