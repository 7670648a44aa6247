import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ServerProcess } from './server-process.ts';
import { ROOT } from './source-files.ts';

/*
 * Runs inside a network namespace that has the loopback alone: starts the real server, asks it everything its API describes, opens its pages, and
 * prints what was counted. Arguments: the library, the file for attempts, a Chromium ('' = none).
 */

const [library, attempts, browser] = process.argv.slice(2) as [string, string, string];
const GUARD = join(ROOT, 'test/support/network-guard.ts');
const VIEWS = ['discover', 'map', 'data', 'lab', 'home', 'mine', 'connections', 'live', 'operate'];

/** Packets from this namespace that had no route, as counted by the kernel, from any process. */
function unroutable(): number {
  const [names, values] = readFileSync('/proc/self/net/snmp', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Ip:'))
    .map((line) => line.split(' '));
  return Number(values![names!.indexOf('OutNoRoutes')]);
}
const attempted = (): string[] =>
  existsSync(attempts) ? readFileSync(attempts, 'utf8').split('\n').filter(Boolean) : [];

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: unknown;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const server = await ServerProcess.start(library, {
  env: { NODE_OPTIONS: `--import=${GUARD}`, SEGUE_ATTEMPTS: attempts },
});
const { tracks } = (await (await server.get('/api/tracks?q=a'))!.json()) as { tracks: { uri: string }[] };
const song = tracks[0]!.uri;
const other = tracks[1]!.uri;

/** A value for a path parameter. */
function standIn(path: string, name: string): string {
  if (name === 'id' && path.startsWith('/api/tracks')) return song;
  if (name === 'id' && path.startsWith('/api/models')) return 'popularity';
  if (name === 'id' && path.startsWith('/api/listeners')) return 'alice';
  if (name === 'list') return 'mine';
  if (name === 'version') return '1';
  return 'none';
}

/** Bodies for the operations that need one; the others get an empty one. */
const BODIES: Readonly<Record<string, unknown>> = {
  'post /api/recommendations': { seeds: [{ track: song }], n: 5 },
  'post /api/similar': { track: song, n: 5 },
  'post /api/path': { from: song, to: other, n: 5 },
  'post /api/resolve': { songs: [{ text: 'Some song – Some artist' }] },
  'post /api/map/tracks': { tracks: [song] },
  'post /api/listeners': { name: 'Bob' },
  'post /api/jobs': { kind: 'train', models: ['popularity'] },
  'post /api/connections': { service: 'spotify', listener: 'alice', settings: {} },
  'post /api/connections/sign-in': { service: 'spotify', listener: 'alice', settings: { clientId: 'x'.repeat(32) } },
  'post /api/access-tokens': { listener: 'alice', name: 'a player' },
};

const description = (await (await server.get('/api/openapi.json'))!.json()) as Description;
const statuses: Record<string, number> = {};
const ask = async (method: string, path: string, address: string): Promise<void> => {
  const withBody = method !== 'get' && method !== 'delete';
  const response = await fetch(server.address + address, {
    method: method.toUpperCase(),
    redirect: 'manual',
    ...(withBody && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(BODIES[`${method} ${path}`] ?? {}),
    }),
    // Streams of events never end.
    signal: AbortSignal.timeout(10_000),
  });
  statuses[`${method} ${path}`] = response.status;
  if (/event-stream/.test(response.headers.get('content-type') ?? '')) await response.body?.cancel();
  else await response.arrayBuffer();
};
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => ({ path, method })),
);
// Deletions come last, so that the other requests find data.
operations.sort((a, b) => Number(a.method === 'delete') - Number(b.method === 'delete'));
for (const { path, method } of operations)
  await ask(
    method,
    path,
    path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(standIn(path, name))),
  );
for (const path of ['/', '/healthz', '/readyz', '/metrics', '/rest/ping?f=json', '/1/validate-token', '/api/docs/'])
  await ask('get', path, path);
// Wait for the job's child process before counting.
for (let running = true; running; ) {
  const { jobs } = (await (await server.get('/api/jobs'))!.json()) as { jobs: { state: string }[] };
  running = jobs.some(({ state }) => state === 'running');
}
const routes = { unroutable: unroutable(), attempts: attempted() };

const foreign: string[] = [];
let pages = 0;
if (browser !== '') {
  const chrome = await chromium.launch({
    executablePath: browser,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
  const page = await chrome.newPage();
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== server.address) foreign.push(request.url());
  });
  for (const view of VIEWS) {
    await page.goto(`${server.address}/#/${view}`);
    await page.waitForLoadState('networkidle');
    pages++;
  }
  await chrome.close();
}
const viewed = attempted();

// Browsers contact networks on their own; what they sent is not counted here.
const before = unroutable();
// Check that the instruments see an attempt by this process.
const added = await server.post('/api/listeners', { name: 'Cy' });
if (!added?.ok) throw new Error(`the listener was refused: ${await added?.text()}`);
const refused = await server.post('/api/connections', {
  service: 'subsonic',
  listener: 'Cy',
  settings: { address: 'http://192.0.2.1:4533', user: 'a', password: 'b' },
});
const control = {
  status: refused?.status,
  unroutable: unroutable() - before,
  attempts: attempted().slice(viewed.length),
};
await server.end('SIGTERM');
writeFileSync(1, `${JSON.stringify({ statuses, routes, pages, foreign, viewed, control })}\n`);
process.exit(0);
