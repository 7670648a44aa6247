import { Type } from '#typebox';
import type { RecommendedTrack } from '../../recommend/request.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { compareHours, Drift } from '../monitoring/drift.ts';
import { routeOf } from '../monitoring/log.ts';
import { RecentMinutes } from '../monitoring/recent-minutes.ts';

/** Milliseconds between two samples of queue, processor and memory. */
const SAMPLE = 5000;

/** Routes whose lists count as recommendations. */
const LISTS: ReadonlySet<string> = new Set(['/api/recommendations', '/api/listeners/:id/for-you']);
/** Requests by people. Streams last as long as their reader, and this page must not count itself. */
const ASKED = /^\/(?:api|rest|1)\/(?!operation$|metrics$|docs)(?!.*\/(?:live|events)$)/;

const orNull = <T extends ReturnType<typeof Type.Number>>(schema: T) => Type.Union([schema, Type.Null()]);
const moment = Type.Integer({ description: 'start of the interval, milliseconds since 1970' });

const minuteSchema = Type.Object({
  at: moment,
  requests: Type.Integer({ description: 'number of requests' }),
  failed: Type.Integer({ description: 'responses with status 500 or above, except 503' }),
  refused: Type.Integer({ description: 'responses with status 503' }),
  p50Ms: orNull(Type.Number({ description: 'median response time, in milliseconds' })),
  p95Ms: orNull(Type.Number({ description: '95th percentile of the response time, in milliseconds' })),
  waiting: Type.Integer({ description: 'largest number of queries waiting for a thread' }),
  processor: orNull(Type.Number({ description: 'cores in use' })),
  memoryBytes: orNull(Type.Number({ description: 'memory of the process' })),
});

const stepSchema = Type.Object({
  step: Type.String({ description: 'name of the step' }),
  model: Type.Union([Type.String(), Type.Null()], { description: 'id of the model; null when the step has none' }),
  count: Type.Integer({ description: 'how often it ran' }),
  p50Ms: Type.Number({ description: 'median time, in milliseconds' }),
  p95Ms: Type.Number({ description: '95th percentile of the time, in milliseconds' }),
  maxMs: Type.Number({ description: 'longest time, in milliseconds' }),
});

const hourSchema = Type.Object({
  at: moment,
  lists: Type.Integer({ description: 'number of lists recommended' }),
  songs: Type.Integer({ description: 'number of recommended songs, repeats included' }),
  differentSongs: orNull(
    Type.Number({ description: 'number of distinct songs in a random sample of 100; null with fewer than 100 songs' }),
  ),
  differentArtists: orNull(Type.Number({ description: 'number of distinct artists in the same sample' })),
  heldBy: orNull(Type.Number({ description: 'median number of playlists that hold a recommended song' })),
});

const lagSchema = Type.Object({
  group: Type.String({ description: 'consumer group' }),
  topic: Type.String({ description: 'Kafka topic' }),
  partition: Type.Integer({ description: 'partition of the topic' }),
  lag: Type.Integer({ description: 'number of messages waiting on the broker' }),
  at: Type.Integer({ description: 'when it was measured, in milliseconds since 1970' }),
});

const operationSchema = Type.Object({
  minutes: Type.Array(minuteSchema, { description: 'up to three hours, oldest first' }),
  steps: Type.Array(stepSchema, { description: 'the last hour by step and model, most time first' }),
  queue: Type.Object(
    {
      waiting: Type.Integer({ description: 'number waiting now' }),
      limit: Type.Integer({ description: 'number at which further queries are refused' }),
      refused: Type.Integer({ description: 'number refused since the start' }),
    },
    { description: 'queries that wait for a thread' },
  ),
  jobs: Type.Object(
    {
      running: Type.Integer({ description: 'number running' }),
      done: Type.Integer({ description: 'number done' }),
      failed: Type.Integer({ description: 'number failed' }),
      cancelled: Type.Integer({ description: 'number cancelled' }),
    },
    { description: 'jobs since the start, by state' },
  ),
  stream: Type.Union([Type.Array(lagSchema), Type.Null()], {
    description: 'last reported lag of `segue stream` by partition; null while the store does not answer',
  }),
  drift: Type.Object(
    {
      hours: Type.Array(hourSchema, { description: 'up to a week, oldest first' }),
      compared: Type.Array(
        Type.Object({
          measure: Type.Union(
            [Type.Literal('differentSongs'), Type.Literal('differentArtists'), Type.Literal('heldBy')],
            { description: 'field of `hours` that is compared' },
          ),
          now: orNull(Type.Number({ description: 'value of the latest hour that has one' })),
          usual: Type.Union(
            [
              Type.Object({
                median: Type.Number({ description: 'median' }),
                least: Type.Number({ description: 'smallest value' }),
                most: Type.Number({ description: 'largest value' }),
              }),
              Type.Null(),
            ],
            { description: 'the same over all earlier hours' },
          ),
          unusual: Type.Boolean({ description: 'true when the latest hour is outside the range of all earlier hours' }),
        }),
        { description: 'the latest hour against earlier ones, by measure' },
      ),
    },
    { description: 'whether recommendations change over time' },
  ),
});

/** Figures of the last hours for administrators, kept in memory, for this server only. */
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
    // Lists arrive as JSON serialised by a thread; only those that are counted are parsed, a few per minute.
    drift.recommended((JSON.parse(String(payload)) as { tracks: RecommendedTrack[] }).tracks);
  });
  app.get(
    '/api/operation',
    {
      schema: {
        operationId: 'operation',
        summary: 'Recent load, latency, queue, jobs and drift of this server, and the lag of the stream',
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
