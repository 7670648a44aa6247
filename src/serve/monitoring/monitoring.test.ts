import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { after, before, test } from 'node:test';
import { randomDataset } from '../../../test/support/small-dataset.ts';
import { Explorer } from '../../explore/explorer.ts';
import { Library } from '../../library/library.ts';
import { openHousehold } from '../../listeners/personal/household.ts';
import { Engine } from '../../recommend/engine.ts';
import { MemoryLibrary } from '../../recommend/memory-library.ts';
import { train } from '../../recommend/train.ts';
import { openAccess } from '../access.ts';
import { type Answering, answerHere } from '../answering/question.ts';
import { buildApp } from '../app.ts';
import type { App } from '../context.ts';
import { Jobs } from '../jobs.ts';
import { logOptions } from './log.ts';
import { mayScrape } from './may-scrape.ts';

const dataset = randomDataset(3, 300, 120);
const queue = { waiting: 3, limit: 64, refused: 2 };
let app: App;
let jobs: Jobs;
let endJob = (): void => {};
let logged = '';

before(async () => {
  const library = new MemoryLibrary(dataset);
  await train(library, { models: ['popularity'] });
  const engine = await Engine.open(library);
  const answers: Answering = { ...answerHere(engine), queue };
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk;
      done();
    },
  });
  jobs = new Jobs(
    () => new Promise((resolve) => (endJob = resolve)),
    () => engine.refresh(),
  );
  app = await buildApp(
    {
      engine,
      answers,
      explorer: new Explorer(engine),
      jobs,
      household: openHousehold(await Library.open(join(tmpdir(), 'no-such-library')), undefined),
      access: openAccess,
      report: async () => null,
      connected: () => Promise.reject(new Error('no connections here')),
    },
    { webRoot: join(tmpdir(), 'no-such-folder'), log: logOptions('info', sink) },
  );
});
after(() => app.close());

const recommend = () =>
  app.inject({
    method: 'POST',
    url: '/api/recommendations',
    payload: { seeds: [{ track: dataset.tracks.vocabulary.id(1) }], n: 3 },
  });

/** The value of a series, undefined when it is not there. */
async function series(name: string): Promise<number | undefined> {
  const { body } = await app.inject('/metrics');
  const line = body.split('\n').find((text) => text.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length));
}

test('requests are counted by method, route pattern and status; ids in paths create no series', async () => {
  assert.equal((await recommend()).statusCode, 200);
  for (const id of ['none-1', 'none-2']) await app.inject(`/api/tracks/${id}`);
  await app.inject('/no/such/route-7');
  const count = (method: string, route: string, status: number): Promise<number | undefined> =>
    series(
      `http_server_request_duration_seconds_count{http_request_method="${method}",http_route="${route}",http_response_status_code="${status}"}`,
    );
  assert.equal(await count('POST', '/api/recommendations', 200), 1);
  const { body } = await app.inject('/metrics');
  assert.match(body, /http_route="\/api\/tracks\/:\w+",http_response_status_code="404"\} 2\n/);
  assert.doesNotMatch(body, /none-1|route-7/);
});

test('steps are timed by model, in seconds; events, queue, loop lag and memory are there', async () => {
  await recommend();
  const model = 'segue_step_duration_seconds_count{step="candidates",model="popularity"}';
  assert.ok((await series(model))! >= 1);
  assert.ok((await series('segue_step_duration_seconds_sum{step="recommend",model=""}'))! < 60);
  assert.ok((await series('segue_events_total{event="recommendations"}'))! >= 1);
  assert.equal(await series('segue_queue_waiting'), 3);
  assert.equal(await series('segue_queue_limit'), 64);
  assert.equal(await series('segue_queue_refused_total'), 2);
  assert.equal(await series('segue_queue_refused_total'), 2, 'a second reading adds nothing');
  assert.ok((await series('process_resident_memory_bytes'))! > 1e6);
  assert.notEqual(await series('nodejs_eventloop_lag_seconds'), undefined);
});

test('metrics are readable from this machine, or with the token', async () => {
  const secret = 'a-token-of-20-signs!';
  const cases: [Record<string, string>, string | undefined, string | undefined, boolean][] = [
    [{}, '127.0.0.1', undefined, true],
    [{}, '::1', undefined, true],
    [{}, '::ffff:127.0.0.1', undefined, true],
    [{}, '10.0.0.5', undefined, false],
    [{}, '127.0.0.1.evil', undefined, false],
    [{}, undefined, undefined, false],
    [{ 'x-forwarded-for': '9.9.9.9' }, '127.0.0.1', undefined, false],
    [{ forwarded: 'for=9.9.9.9' }, '127.0.0.1', undefined, false],
    [{}, '127.0.0.1', secret, false],
    [{ authorization: 'Bearer wrong' }, '127.0.0.1', secret, false],
    [{ authorization: secret }, '127.0.0.1', secret, false],
    [{ authorization: `Bearer ${secret}` }, '10.0.0.5', secret, true],
  ];
  for (const [headers, address, token, allowed] of cases)
    assert.equal(mayScrape(headers, address, token), allowed, JSON.stringify([headers, address, token]));
  const refused = await app.inject({ url: '/metrics', remoteAddress: '10.0.0.5' });
  assert.equal(refused.statusCode, 403);
  assert.equal(refused.json<{ error: { code: string } }>().error.code, 'NOT_ALLOWED');
});

test('log lines contain the response’s request id, and neither query strings nor paths nor headers', async () => {
  logged = '';
  const response = await app.inject({
    url: '/rest/ping.view?u=ann&p=hush-password&t=hush-token',
    headers: { authorization: 'Bearer hush-header', cookie: 'hush-cookie' },
  });
  await app.inject('/api/tracks/hush-id?q=hush-search');
  await app.inject('/nowhere/hush-path');
  const lines = logged
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const id = response.headers['x-request-id'];
  assert.match(String(id), /^[0-9a-f-]{36}$/);
  assert.ok(
    lines.some(({ reqId }) => reqId === id),
    'the id is in the log',
  );
  assert.ok(lines.length >= 6, 'requests and answers are logged');
  assert.doesNotMatch(logged, /hush/);
});

test('jobs are counted by kind and outcome, and while they run', async () => {
  const done = 'segue_jobs_ended_total{kind="train",state="done"}';
  assert.equal(await series('segue_jobs_running'), 0);
  const { id } = jobs.start({ kind: 'train' });
  assert.equal(await series('segue_jobs_running'), 1);
  assert.equal(await series(done), undefined);
  endJob();
  await jobs.ended(id);
  assert.equal(await series('segue_jobs_running'), 0);
  assert.equal(await series(done), 1);
});
