import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { randomDataset } from '../../../test/support/small-dataset.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { SegueError } from '../../errors.ts';
import { Explorer } from '../../explore/explorer.ts';
import { Library } from '../../library/library.ts';
import { openHousehold } from '../../listeners/personal/household.ts';
import { Engine } from '../../recommend/engine.ts';
import { MemoryLibrary } from '../../recommend/memory-library.ts';
import type { Access } from '../access.ts';
import { buildApp } from '../app.ts';
import type { App } from '../context.ts';
import { Jobs } from '../jobs.ts';

const AT = Date.UTC(2026, 0, 5, 12);
const nobody = (): Promise<never> => Promise.reject(new Error('no connections here'));
let app: App;
let close = (): void => {};
/** Listeners to whom requests are refused; set by the tests that need it. */
let refused: string | null | undefined;
const access: Access = async (_request, listener) => {
  if (listener === refused) throw new SegueError('NOT_FOUND', { got: 'Not for you' });
};

before(
  () =>
    new Promise<void>((resolve, reject) => {
      withTemporary(async (dir) => {
        const engine = await Engine.open(new MemoryLibrary(randomDataset(3, 60, 20)));
        const household = openHousehold(await Library.open(dir), undefined);
        const jobs = new Jobs(
          async () => {},
          async () => {},
        );
        app = await buildApp(
          {
            engine,
            explorer: new Explorer(engine),
            jobs,
            household,
            access,
            report: async () => null,
            connected: nobody,
          },
          { webRoot: join(dir, 'no-page') },
        );
        resolve();
        await new Promise<void>((end) => (close = end));
        await household.close();
      }).catch(reject);
    }),
);
after(async () => {
  await app.close();
  close();
});

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The answer's JSON; the status must be the expected one. */
async function call<T = Record<string, unknown>>(
  method: Method,
  url: string,
  payload?: object,
  status = 200,
): Promise<T> {
  const response = await app.inject({ method, url, ...(payload && { payload }) });
  assert.equal(response.statusCode, status, response.body);
  return (response.body === '' ? null : response.json()) as T;
}

let people = 0;
const addListener = async (): Promise<string> =>
  (await call<{ id: string }>('POST', '/api/listeners', { name: `Person ${people++}` }, 201)).id;

const event = (listener: string, id: string, more: object = {}) => ({
  id,
  listener,
  kind: 'play',
  song: 'demo:track:1',
  title: 'Silver River',
  artists: ['The Lamps'],
  at: AT,
  ...more,
});

test('people are added, renamed, listed and deleted', async () => {
  const id = await addListener();
  assert.equal((await call('PATCH', `/api/listeners/${id}`, { name: 'Ada' })).name, 'Ada');
  const { listeners } = await call<{ listeners: { id: string; name: string }[] }>('GET', '/api/listeners');
  assert.ok(listeners.some((one) => one.id === id && one.name === 'Ada'));
  await call('POST', '/api/listeners', { name: 'ADA' }, 409);
  await call('POST', '/api/listeners', { name: '' }, 400);
  await call('POST', '/api/listeners', { name: 'x', admin: true }, 400);
  assert.deepEqual(await call('DELETE', `/api/listeners/${id}`), { contributed: false, removedModels: [] });
  await call('GET', `/api/listeners/${id}`, undefined, 404);
  await call('DELETE', `/api/listeners/${id}`, undefined, 404);
});

test('events are recorded once and take effect before the response', async () => {
  const [ada, bob] = [await addListener(), await addListener()];
  const events = [
    event(ada, 'e1'),
    event(ada, 'e2', { kind: 'like', list: 'mix-1', position: 3, model: 'als', modelVersion: 'v1' }),
    event(bob, 'e1', { kind: 'ban', until: AT + 1000 }),
  ];
  assert.deepEqual(await call('POST', '/api/events', { events }), { recorded: 3, known: 0 });
  assert.deepEqual(await call('POST', '/api/events', { events }), { recorded: 0, known: 3 });
  const plays = await call<{ items: object[]; next: null }>('GET', `/api/listeners/${ada}/plays?q=silver`);
  assert.equal(plays.items.length, 1);
  assert.equal((await call<{ items: object[] }>('GET', `/api/listeners/${ada}/likes`)).items.length, 1);
  assert.equal((await call<{ bans: object[] }>('GET', `/api/listeners/${bob}/bans`)).bans.length, 1);
  const { listener: _, ...one } = event(ada, 'e9', { kind: 'clear', at: AT + 5 });
  assert.deepEqual(await call('POST', `/api/listeners/${ada}/events`, one), { recorded: 1, known: 0 });
  assert.equal((await call<{ items: object[] }>('GET', `/api/listeners/${ada}/likes`)).items.length, 0);
  const stored = await call<{ items: { id: string }[] }>('GET', `/api/listeners/${ada}/events?list=mix-1`);
  assert.deepEqual(
    stored.items.map(({ id }) => id),
    ['e2'],
  );
});

test('batches with events of unknown listeners, or with unknown fields, are refused as a whole', async () => {
  const ada = await addListener();
  await call('POST', '/api/events', { events: [event(ada, 'x1'), event('nobody', 'x2')] }, 404);
  await call('POST', '/api/events', { events: [event(ada, 'x1'), event(ada, 'x2', { ip_addr: '203.0.113.7' })] }, 400);
  await call('POST', '/api/events', { events: [event(ada, 'with space')] }, 400);
  await call('POST', '/api/events', { events: [event(ada, 'x', { kind: 'dance' })] }, 400);
  await call('POST', '/api/events', { events: [] }, 400);
  await call('POST', '/api/events', { events: Array.from({ length: 1001 }, (_, i) => event(ada, `n${i}`)) }, 400);
  assert.equal((await call<{ items: object[] }>('GET', `/api/listeners/${ada}/plays`)).items.length, 0);
});

test('plays are paged, removed, restored and purged', async () => {
  const ada = await addListener();
  const events = Array.from({ length: 25 }, (_, i) =>
    event(ada, `p${i}`, { at: AT + i * 60_000, song: `demo:track:${i % 5}` }),
  );
  await call('POST', '/api/events', { events });
  const url = `/api/listeners/${ada}/plays`;
  const first = await call<{ items: { id: string }[]; next: string }>('GET', `${url}?limit=10`);
  const second = await call<{ items: { id: string }[] }>('GET', `${url}?limit=10&after=${first.next}`);
  assert.deepEqual([first.items[0]!.id, second.items[0]!.id], ['p24', 'p14']);
  assert.deepEqual(await call('POST', `${url}/remove`, { ids: ['p24', 'p23'] }), { plays: 2 });
  assert.equal((await call<{ items: { id: string }[] }>('GET', url)).items[0]!.id, 'p22');
  assert.equal((await call<{ items: object[] }>('GET', `${url}?removed=true`)).items.length, 2);
  assert.deepEqual(await call('POST', `${url}/restore`, { ids: ['p24'] }), { plays: 1 });
  assert.deepEqual(await call('DELETE', `${url}/removed`), { plays: 1 });
  const songs = await call<{ items: { plays: number }[] }>('GET', `/api/listeners/${ada}/songs?order=most-played`);
  assert.equal(
    songs.items.reduce((sum, song) => sum + song.plays, 0),
    24,
  );
  await call('GET', `${url}?limit=0`, undefined, 400);
  await call('GET', `${url}?after=nonsense`, undefined, 400);
});

test('likes, dislikes and bans are set and removed', async () => {
  const ada = await addListener();
  const songs = [{ song: 'demo:track:1', title: 'One' }, { song: 'demo:track:2' }];
  assert.deepEqual(await call('POST', `/api/listeners/${ada}/likes`, { songs }), { changed: 2 });
  assert.deepEqual(await call('POST', `/api/listeners/${ada}/dislikes`, { songs: songs.slice(1) }), { changed: 1 });
  assert.equal((await call<{ items: object[] }>('GET', `/api/listeners/${ada}/likes`)).items.length, 1);
  assert.deepEqual(await call('DELETE', `/api/listeners/${ada}/likes/demo:track:1`), { changed: 1 });
  const ban = { kind: 'artist', target: 'artist:The Lamps', label: 'The Lamps', until: Date.now() + 1e9 };
  assert.equal((await call('POST', `/api/listeners/${ada}/bans`, ban)).target, ban.target);
  assert.deepEqual(await call('DELETE', `/api/listeners/${ada}/bans/artist/${encodeURIComponent(ban.target)}`), {
    lifted: true,
  });
  await call('POST', `/api/listeners/${ada}/bans`, { kind: 'mood', target: 'x' }, 400);
});

test('a list is saved, changed, reverted, binned and restored', async () => {
  const ada = await addListener();
  const url = `/api/listeners/${ada}/lists`;
  const recipe = {
    request: { seeds: [{ track: 'demo:track:1' }], diversity: 0.3 },
    model: 'hybrid',
    modelVersion: null,
  };
  const list = { name: 'Morning', songs: [{ song: 'demo:track:1', title: 'One', artists: ['A'] }], recipe };
  const { id } = await call<{ id: string }>('POST', url, list, 201);
  await call('PUT', `${url}/${id}`, { name: 'Mornings', songs: [] });
  const now = await call<{ list: { name: string; version: number }; latest: { songs: object[] } }>(
    'GET',
    `${url}/${id}`,
  );
  assert.deepEqual([now.list.name, now.list.version, now.latest.songs.length], ['Mornings', 2, 0]);
  assert.deepEqual((await call('GET', `${url}/${id}/versions/1`)).recipe, recipe);
  assert.equal((await call('POST', `${url}/${id}/versions/1/revert`)).version, 3);
  assert.equal((await call<{ versions: object[] }>('GET', `${url}/${id}/versions`)).versions.length, 3);
  await call('DELETE', `${url}/${id}`, undefined, 204);
  assert.equal((await call<{ items: object[] }>('GET', url)).items.length, 0);
  await call('POST', `${url}/${id}/restore`);
  assert.equal((await call<{ items: object[] }>('GET', `${url}?q=morn`)).items.length, 1);
  await call('DELETE', `${url}/${id}?forGood=true`, undefined, 204);
  await call('GET', `${url}/${id}`, undefined, 404);
});

test('every route of a listener checks access first', async () => {
  const ada = await addListener();
  refused = ada;
  try {
    for (const [path, methods] of Object.entries(app.swagger().paths ?? {})) {
      if (!path.startsWith('/api/listeners/{id}')) continue;
      for (const method of Object.keys(methods as object)) {
        const url = path
          .replace('{id}', ada)
          .replace(/\{version\}/, '1')
          .replace('{kind}', 'song')
          .replace(/\{\w+\}/g, 'x');
        const bytes = path.endsWith('/files');
        const body = bytes ? 'x' : bodies.find(([end, verb]) => path.endsWith(end) && verb === method)?.[2];
        const response = await app.inject({
          method: method.toUpperCase() as Method,
          url: `${url}${bytes ? '?name=x' : path.endsWith('/period') ? '?from=0&to=1' : ''}`,
          ...(body && { payload: body }),
          ...(bytes && { headers: { 'content-type': 'application/octet-stream' } }),
        });
        assert.match(response.body, /Not for you/, `${method} ${path}: ${response.body}`);
      }
    }
    await call('POST', '/api/events', { events: [event(ada, 'secret')] }, 404);
    refused = null;
    await call('GET', '/api/listeners', undefined, 404);
    await call('POST', '/api/listeners', { name: 'Eve' }, 404);
  } finally {
    refused = undefined;
  }
  assert.equal((await call<{ items: object[] }>('GET', `/api/listeners/${ada}/events`)).items.length, 0);
});

/** Valid bodies of the routes that need one, by the end of their path. */
const songs = { songs: [{ song: 'x' }] };
const { listener: _listener, ...oneEvent } = event('', 'e');
const bodies: readonly [string, string, object][] = [
  ['/own-imports', 'post', { files: ['x'] }],
  ['/review', 'post', { own: 'own:x', choose: 'none' }],
  ['/{id}', 'patch', { name: 'Mallory' }],
  ['/settings', 'patch', { consent: true }],
  ['/plays/remove', 'post', { ids: ['x'] }],
  ['/plays/restore', 'post', { ids: ['x'] }],
  ['/likes', 'post', songs],
  ['/dislikes', 'post', songs],
  ['/bans', 'post', { kind: 'song', target: 'x' }],
  ['/lists', 'post', { name: 'x', ...songs }],
  ['/lists/{list}', 'put', { name: 'x', ...songs }],
  ['/events', 'post', oneEvent],
];
