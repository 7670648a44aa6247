import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../../scripts/write-openapi.ts';
import { randomDataset } from '../../test/support/small-dataset.ts';
import { SegueError } from '../errors.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { resolveOptions } from '../evaluate/options.ts';
import { protocolById } from '../evaluate/registry.ts';
import { Explorer } from '../explore/explorer.ts';
import { Library } from '../library/library.ts';
import { openHousehold } from '../listeners/personal/household.ts';
import { modelById } from '../models/registry.ts';
import { Engine } from '../recommend/engine.ts';
import { MemoryLibrary } from '../recommend/memory-library.ts';
import type { RecommendResponse } from '../recommend/request.ts';
import { train } from '../recommend/train.ts';
import { openAccess } from './access.ts';
import { buildApp } from './app.ts';
import type { App } from './context.ts';
import { type ErrorAnswer, quote } from './errors.ts';
import { type Job, type JobRunner, Jobs } from './jobs.ts';

const dataset = randomDataset(3, 300, 120);
const library = new MemoryLibrary(dataset);
const uri = (track: number): string => dataset.tracks.vocabulary.id(track);
const household = openHousehold(await Library.open(join(tmpdir(), 'no-such-library')), undefined);
let app: App;
const nobody = (): Promise<never> => Promise.reject(new Error('no connections here'));
let jobs: Jobs;
/** What the running job waits for; each test that starts one decides. */
let work: JobRunner = async () => {};

before(async () => {
  await train(library, { models: ['popularity', 'balanced'] });
  const engine = await Engine.open(library);
  jobs = new Jobs(
    (...call) => work(...call),
    () => engine.refresh(),
  );
  app = await buildApp(
    {
      engine,
      explorer: new Explorer(engine),
      jobs,
      household,
      access: openAccess,
      report: async () => null,
      connected: nobody,
    },
    { webRoot: join(tmpdir(), 'no-such-folder') },
  );
});
after(() => app.close());

const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(payload),
  });
const errorOf = (response: { json: () => unknown }): ErrorAnswer['error'] => (response.json() as ErrorAnswer).error;

test('a recommendation over HTTP has the documented shape', async () => {
  const response = await post('/api/recommendations', { seeds: [{ track: uri(1) }], n: 5 });
  assert.equal(response.statusCode, 200);
  const answer = response.json<RecommendResponse>();
  assert.deepEqual(Object.keys(answer).sort(), ['fallback', 'model', 'tookMs', 'tracks', 'unknown']);
  assert.deepEqual(Object.keys(answer.tracks[0]!).sort(), ['artists', 'because', 'name', 'score', 'uri']);
  const detailed = (
    await post('/api/recommendations', { seeds: [{ track: uri(1) }], n: 5, details: true })
  ).json<RecommendResponse>();
  for (const key of ['album', 'year', 'genres', 'features', 'reasons', 'number', 'artistUris'] as const)
    assert.ok(key in detailed.tracks[0]!, key);
});

test('bad requests get a 4xx with code, got, expected; never a stack trace', async () => {
  const cases: [unknown, number, string][] = [
    [{ n: 0 }, 400, 'OUT_OF_RANGE'],
    [{ n: 501 }, 400, 'OUT_OF_RANGE'],
    [{ n: '5' }, 400, 'USAGE'],
    [{ n: null }, 400, 'USAGE'],
    [{ seeds: 'x' }, 400, 'USAGE'],
    [{ seeds: [{ track: 5 }] }, 400, 'USAGE'],
    [{ seeds: [{}] }, 400, 'USAGE'],
    [{ seeds: [{ track: 'a', weight: 11 }] }, 400, 'OUT_OF_RANGE'],
    [{ seeds: [{ track: 'x'.repeat(501) }] }, 400, 'USAGE'],
    [{ surprise: 1 }, 400, 'USAGE'],
    [{ title: 'x'.repeat(10_001) }, 400, 'USAGE'],
    [{ filters: { year: { from: 'then' } } }, 400, 'USAGE'],
    [{ order: 'random' }, 400, 'USAGE'],
    [[], 400, 'USAGE'],
    [{ model: 'nonsense' }, 400, 'UNKNOWN_MODEL'],
    [{ model: 'audio' }, 409, 'MODEL_NOT_TRAINED'],
    [{ owner: 'nobody' }, 404, 'NOT_FOUND'],
    [{ options: { weights: { genre: 99 } }, model: 'balanced' }, 400, ''],
  ];
  for (const [body, status, code] of cases) {
    const response = await post('/api/recommendations', body);
    const name = JSON.stringify(body).slice(0, 80);
    assert.equal(response.statusCode, status, `${name}: ${response.body.slice(0, 200)}`);
    const error = errorOf(response);
    if (code !== '') assert.equal(error.code, code, name);
    assert.ok(error.got.length > 0 && error.got.length < 400, name);
    assert.ok(!/\bat .*\.ts:\d+/.test(response.body), name);
  }
});

test('bodies nested deeper than the stack allows, or very long ones, are refused and quoted by their beginning', async () => {
  const refused = async (payload: string, status: number): Promise<string> => {
    const headers = { 'content-type': 'application/json' };
    const response = await app.inject({ method: 'POST', url: '/api/path', headers, payload });
    assert.equal(response.statusCode, status, response.body.slice(0, 200));
    return errorOf(response).got;
  };
  const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  assert.match(await refused(nested(32), 400), /^body is \[{32}/);
  for (const body of [nested(33), nested(1_000_000), `{"from":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}`])
    assert.match(await refused(body, 413), /nested too deep/);
  // Closed brackets count no more, those of strings not at all.
  assert.match(await refused(`[${'[[]],'.repeat(1000)}0]`, 400), /^body is \[\[\[\]\],/);
  assert.match(await refused(JSON.stringify({ from: '[{"\\'.repeat(100_000) }), 400), /lacks "to"/);
  assert.match(await refused(`[${'1,'.repeat(299_999)}1]`, 400), /^body is \[1,1,/);
  for (const one of ['1', '{}', '""'])
    assert.match(await refused(`[${`${one},`.repeat(300_000)}1]`, 413), /too many values/);
  const fields = (count: number): string => Array.from({ length: count }, (_, i) => `"k${i}":[1,2]`).join(',');
  assert.match(await refused(`{${fields(1000)}}`, 400), /^body /);
  assert.match(await refused(`[[1],{${fields(1001)}}]`, 413), /too many fields/);
  assert.match(await refused('{"from":"', 400), /JSON/);
  for (const [value, quoted] of [
    [[1, 'two', null, { a: true, b: [] }], '[1,"two",null,{"a":true,"b":[]}]'],
    [{}, '{}'],
    ['x', '"x"'],
    [false, 'false'],
  ] as const)
    assert.equal(quote(value), quoted);
  assert.equal(quote(Array.from({ length: 100_000 }, () => 'long')).length, 121);
});

test('errors describe the expected value of a field in words', async () => {
  const cases: [body: object, expected: RegExp][] = [
    [{ seeds: ['Tiny Dancer'] }, /^an object$/],
    [{ title: 5 }, /^text$/],
    [{ seeds: [{ track: '' }] }, /^at least 1 character$/],
    [{ n: 2.5 }, /^a whole number$/],
    [{ title: 'x'.repeat(10_001) }, /^at most 10000 characters$/],
    [{ order: 'sideways' }, /^one of /],
  ];
  for (const [body, expected] of cases)
    assert.match(
      errorOf(await post('/api/recommendations', body)).expected ?? '',
      expected,
      JSON.stringify(body).slice(0, 60),
    );
});

test('unreadable JSON, another content type, no body, and a body over the limit are named', async () => {
  const raw = (payload: string, type: string) =>
    app.inject({ method: 'POST', url: '/api/recommendations', headers: { 'content-type': type }, payload });
  const cut = await raw('{"n":', 'application/json');
  assert.equal(cut.statusCode, 400);
  assert.equal(errorOf(cut).got, 'The request body is not valid JSON');
  assert.equal((await raw('<n>5</n>', 'text/xml')).statusCode, 400);
  assert.equal((await raw('{"n":5}', 'text/plain')).statusCode, 400);
  assert.equal((await app.inject({ method: 'POST', url: '/api/recommendations' })).statusCode, 400);
  const large = await raw(JSON.stringify({ title: 'x'.repeat(5 * 1024 * 1024) }), 'application/json');
  assert.equal(large.statusCode, 413);
  assert.equal(errorOf(large).code, 'BODY_TOO_LARGE');
});

test('hostile text comes back as text', async () => {
  const title = '<img src=x onerror=alert(1)>\u202e💥\u0000';
  const response = await post('/api/recommendations', { title, seeds: [{ track: '<script>' }], n: 1 });
  assert.equal(response.statusCode, 200);
  assert.match(String(response.headers['content-type']), /^application\/json/);
  assert.deepEqual(response.json<RecommendResponse>().unknown, ['<script>']);
  for (const q of ['%00', 'x'.repeat(9000), '%F0%9F%92%A5', "';DROP TABLE", '../../etc/passwd'])
    assert.equal((await app.inject(`/api/tracks?q=${q}`)).statusCode, 200);
  assert.equal((await app.inject(`/api/tracks/${encodeURIComponent('../../etc/passwd')}`)).statusCode, 404);
});

test('every read answers', async () => {
  const owner = encodeURIComponent(dataset.owners.vocabulary.id(0));
  for (const url of [
    '/healthz',
    '/api/metrics',
    '/api/operation',
    '/api/models',
    '/api/models/balanced',
    '/api/library',
    '/api/owners?q=playlist',
    `/api/owners/${owner}`,
    '/api/tracks?q=song&limit=3',
    `/api/tracks/${encodeURIComponent(uri(3))}`,
    '/api/map',
    '/api/explore',
    '/api/evaluation',
    '/api/jobs',
    '/api/openapi.json',
    '/api/docs/',
  ]) {
    const response = await app.inject(url);
    assert.equal(response.statusCode, 200, `${url}: ${response.body.slice(0, 200)}`);
  }
  assert.equal((await post('/api/similar', { track: uri(1), n: 3 })).statusCode, 200);
  assert.equal((await post('/api/path', { from: uri(1), to: uri(4), n: 5 })).statusCode, 200);
  assert.equal((await post('/api/path', { from: uri(1), to: 'nothing' })).statusCode, 404);
  assert.equal((await post('/api/resolve', { text: 'a\nb' })).statusCode, 200);
  assert.equal(
    (await post('/api/map/tracks', { numbers: [0, 5, 1_000_000] })).json<{ tracks: unknown[] }>().tracks.length,
    2,
  );
  for (const url of ['/api/tracks', '/api/tracks?q=x&limit=0', '/api/tracks?q=x&limit=many'])
    assert.equal((await app.inject(url)).statusCode, 400, url);
  for (const url of ['/api/nothing', '/api/models/nothing', '/api/owners/nothing', '/api/jobs/nothing', '/asset.js'])
    assert.equal((await app.inject(url)).statusCode, 404, url);
});

test('map points are binary, cacheable, and as long as the header says', async () => {
  const header = (await app.inject('/api/map')).json<{ count: number; columns: { offset: number }[] }>();
  const response = await app.inject('/api/map/points');
  assert.equal(response.headers['content-type'], 'application/octet-stream');
  assert.ok(response.rawPayload.length >= header.columns.at(-1)!.offset + header.count);
  const etag = String(response.headers.etag);
  assert.equal((await app.inject({ url: '/api/map/points', headers: { 'if-none-match': etag } })).statusCode, 304);
});

test('pages load nothing from elsewhere except the player, and other host names are refused', async () => {
  const response = await app.inject('/');
  assert.equal(response.statusCode, 200);
  assert.match(response.body, /npm run build/);
  const policy = String(response.headers['content-security-policy']);
  assert.match(policy, /default-src 'self'/);
  assert.match(policy, /frame-src https:\/\/open\.spotify\.com/);
  assert.doesNotMatch(policy, /unsafe|data:|blob:/);
  assert.deepEqual(policy.match(/https?:\/\/[^\s;]+/g), ['https://open.spotify.com']);
  const docs = String((await app.inject('/api/docs/')).headers['content-security-policy']);
  assert.doesNotMatch(docs, /https?:/);
  const rebound = await app.inject({ url: '/api/library', headers: { host: 'evil.example:8787' } });
  assert.equal(rebound.statusCode, 400);
  assert.equal(rebound.headers['content-security-policy'], policy);
  assert.equal((await app.inject({ url: '/healthz', headers: { host: 'localhost:8787' } })).statusCode, 200);
  // What changes something must come from a page of this server, or from a program.
  const ask = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/api/recommendations',
      headers: { host: 'localhost:8787', ...headers },
      body: {},
    });
  assert.equal((await ask({ 'sec-fetch-site': 'cross-site' })).statusCode, 400);
  assert.equal((await ask({ 'sec-fetch-site': 'same-site' })).statusCode, 400);
  assert.equal((await ask({ origin: 'http://evil.example' })).statusCode, 400);
  assert.equal((await ask({ origin: 'http://localhost:8787' })).statusCode, 200);
  assert.equal((await ask({ 'sec-fetch-site': 'same-origin' })).statusCode, 200);
});

test('the evaluation report is served as a page with its own content-security policy', async () => {
  assert.equal(errorOf(await app.inject('/api/evaluation/page')).code, 'NOT_FOUND');
  const protocol = protocolById('kfold');
  const report = await evaluate({
    dataset,
    protocol,
    options: resolveOptions(protocol.options, { folds: 3 }, 'protocol'),
    seed: 1,
    candidates: [{ name: 'popularity', model: modelById('popularity'), config: {} }],
    threads: 0,
  });
  const engine = await Engine.open(library);
  const reported = await buildApp(
    {
      engine,
      explorer: new Explorer(engine),
      jobs,
      household,
      access: openAccess,
      report: async () => report,
      connected: nobody,
    },
    { webRoot: '/no-such-folder' },
  );
  const { body, headers } = await reported.inject('/api/evaluation/page');
  await reported.close();
  assert.match(String(headers['content-type']), /^text\/html/);
  const [, hash] = /script-src 'sha256-([^']+)'/.exec(String(headers['content-security-policy']))!;
  const start = body.indexOf('<script>', body.indexOf('id="data"')) + '<script>'.length;
  const script = body.slice(start, body.lastIndexOf('</script>'));
  assert.equal(createHash('sha256').update(script).digest('base64'), hash);
});

test('a built app is served, with its own addresses, and API misses stay JSON', async () => {
  const root = `${mkdtempSync(join(tmpdir(), 'segue-web-'))}/`;
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>App</title>');
  const engine = await Engine.open(library);
  const built = await buildApp(
    {
      engine,
      explorer: new Explorer(engine),
      jobs,
      household,
      access: openAccess,
      report: async () => null,
      connected: nobody,
    },
    { webRoot: root },
  );
  for (const url of ['/', '/map', '/lab/models?x=1']) assert.match((await built.inject(url)).body, /<title>App/);
  assert.equal((await built.inject('/missing.js')).statusCode, 404);
  assert.equal(errorOf(await built.inject('/api/nothing')).code, 'NOT_FOUND');
  assert.ok(!(await built.inject('/..%2f..%2fetc%2fpasswd')).body.includes('root:'));
  await built.close();
});

/** The events of a stream, as they were sent. */
const eventsOf = (body: string): string[] => [...body.matchAll(/^event: (\w+)$/gm)].map((m) => m[1]!);

test('a job reports its progress and its end; a second one is refused meanwhile', async () => {
  let finish = (): void => {};
  work = (_request, onProgress) =>
    new Promise((resolve) => {
      onProgress({ fraction: 0.5, model: 'balanced', note: 'half' });
      finish = resolve;
    });
  const started = await post('/api/jobs', { kind: 'train', models: ['balanced'] });
  assert.equal(started.statusCode, 202);
  const job = started.json<Job>();
  const busy = await post('/api/jobs', { kind: 'train' });
  assert.deepEqual([busy.statusCode, errorOf(busy).code], [409, 'LIBRARY_BUSY']);
  const stream = app.inject(`/api/jobs/${job.id}/events`);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal((await app.inject(`/api/jobs/${job.id}`)).json<Job>().fraction, 0.5);
  finish();
  const { headers, body } = await stream;
  assert.match(String(headers['content-type']), /^text\/event-stream/);
  assert.deepEqual(eventsOf(body), ['progress', 'done']);
  assert.equal((await app.inject(`/api/jobs/${job.id}`)).json<Job>().state, 'done');
});

test('a cancelled job and a failed job are reported as such', async () => {
  work = (_request, _onProgress, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new SegueError('CANCELLED', { got: 'stopped' })));
    });
  const { id } = (await post('/api/jobs', { kind: 'evaluate' })).json<Job>();
  const stream = app.inject(`/api/jobs/${id}/events`);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal((await app.inject({ method: 'DELETE', url: `/api/jobs/${id}` })).statusCode, 200);
  assert.equal(eventsOf((await stream).body).at(-1), 'cancelled');
  work = async () => {
    throw new SegueError('UNSOLVABLE', { got: 'Row 3 has no solution' });
  };
  const failing = (await post('/api/jobs', { kind: 'train' })).json<Job>();
  const { body } = await app.inject(`/api/jobs/${failing.id}/events`);
  assert.equal(eventsOf(body).at(-1), 'failed');
  assert.match(body, /Row 3 has no solution/);
  assert.equal((await post('/api/jobs', { kind: 'sing' })).statusCode, 400);
});

test('the OpenAPI document in the repository is current', async () => {
  const file = fileURLToPath(new URL('../../web/openapi.json', import.meta.url));
  assert.equal(
    readFileSync(file, 'utf8'),
    await openApiDocument(),
    'run `npm run openapi` and commit web/openapi.json',
  );
});

test('errors of HTTP itself have the same shape: broken requests, two Host headers, expectations', async () => {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const say = async (text: string): Promise<{ status: number; code: string }> => {
    const socket = connect(port, '127.0.0.1');
    socket.end(text);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    return { status: Number(answer.slice(9, 12)), code: /"code":"(\w+)"/.exec(answer)?.[1] ?? '' };
  };
  assert.deepEqual(await say('NONSENSE\r\n\r\n'), { status: 400, code: 'USAGE' });
  const get = 'GET /healthz HTTP/1.1\r\nconnection: close\r\nhost: localhost\r\n';
  assert.deepEqual(await say(`${get}host: evil.example\r\n\r\n`), { status: 400, code: 'USAGE' });
  assert.deepEqual(await say(`${get}expect: the-impossible\r\n\r\n`), { status: 417, code: 'USAGE' });
  assert.equal((await say(`${get}\r\n`)).status, 200);
});
