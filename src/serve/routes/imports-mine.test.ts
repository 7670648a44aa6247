import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { datasetOf } from '../../../test/support/small-dataset.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { SegueError } from '../../errors.ts';
import { Explorer } from '../../explore/explorer.ts';
import { Library } from '../../library/library.ts';
import { openHousehold } from '../../listeners/personal/household.ts';
import { Engine } from '../../recommend/engine.ts';
import { MemoryLibrary } from '../../recommend/memory-library.ts';
import { buildApp } from '../app.ts';
import type { App } from '../context.ts';
import { Jobs } from '../jobs.ts';

const uri = (n: number): string => `spotify:track:${String(n).padStart(22, '0')}`;
const dataset = datasetOf(
  Array.from({ length: 50 }, (_, n) => ({
    uri: uri(n),
    name: `Lantern Song ${n + 10}`,
    artists: [{ name: 'The Lanterns' }],
  })),
);
const START = Date.UTC(2024, 0, 1);
const nobody = (): Promise<never> => Promise.reject(new Error('no connections here'));
let app: App;
let close = (): void => {};
let refused: string | undefined;

before(
  () =>
    new Promise<void>((resolve, reject) => {
      withTemporary(async (dir) => {
        // Uploads of other processes must not be counted.
        process.env.TMPDIR = dir;
        const engine = await Engine.open(new MemoryLibrary(dataset));
        const household = openHousehold(await Library.open(dir), undefined);
        app = await buildApp(
          {
            engine,
            explorer: new Explorer(engine),
            jobs: new Jobs(
              async () => {},
              async () => {},
            ),
            household,
            access: async (_request, listener) => {
              if (listener === refused) throw new SegueError('NOT_FOUND', { got: 'Not for you' });
            },
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

interface OwnImport {
  id: string;
  state: string;
  fraction: number;
  error: string | null;
  report: {
    counts: Record<string, number>;
    songs: Record<string, number>;
    toReview: number;
    rejections: { cause: string }[];
  } | null;
}
interface Reviews {
  open: number;
  items: { song: { song: string; title: string; plays: number }; candidates: { song: string; title: string }[] }[];
}

async function call<T>(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, status = 200): Promise<T> {
  const response = await app.inject({ method, url, ...(payload && { payload }) });
  assert.equal(response.statusCode, status, response.body);
  return response.json() as T;
}
let people = 0;
const addListener = async (): Promise<string> =>
  (await call<{ id: string }>('POST', '/api/listeners', { name: `Person ${people++}` }, 201)).id;

async function send(id: string, name: string, content: string, status = 201): Promise<string> {
  const response = await app.inject({
    method: 'POST',
    url: `/api/listeners/${id}/files?name=${encodeURIComponent(name)}`,
    headers: { 'content-type': 'application/octet-stream' },
    payload: content,
  });
  assert.equal(response.statusCode, status, response.body);
  return (response.json() as { file: string }).file;
}

test('a file without content, or a request without a body, is refused', async () => {
  const id = await addListener();
  const url = `/api/listeners/${id}/files?name=x.csv`;
  for (const headers of [{}, { 'content-type': 'application/octet-stream' }]) {
    const response = await app.inject({ method: 'POST', url, headers });
    assert.equal(response.statusCode, 400, response.body);
    assert.match(response.body, /The file is empty/);
  }
});

/** Follows an import to its end. */
async function bring(id: string, files: string[]): Promise<OwnImport> {
  let job = await call<OwnImport>('POST', `/api/listeners/${id}/own-imports`, { files }, 202);
  while (job.state === 'running') {
    await new Promise((resolve) => setImmediate(resolve));
    job = await call<OwnImport>('GET', `/api/listeners/${id}/own-imports/${job.id}`);
  }
  return job;
}

const play = (n: number, title: string, artist: string): object => ({
  ts: new Date(START + n * 300_000).toISOString(),
  ms_played: 200_000,
  ip_addr: '203.0.113.77',
  master_metadata_track_name: title,
  master_metadata_album_artist_name: artist,
  spotify_track_uri: `spotify:track:${String(1000 + n).padStart(22, 'x')}`,
  skipped: false,
});
const history = JSON.stringify([
  ...Array.from({ length: 40 }, (_, n) => play(n, `Lantern Song ${10 + n}`, 'The Lanterns')),
  play(42, 'Of No Catalogue', 'Nobody'),
]);
/** A title without its artist is worth asking about, not taking. */
const list = '#EXTM3U\n#EXTINF:200,Lantern Song 12\nsong12.mp3\n';
const uploads = (): Promise<string[]> => readdir(join(tmpdir(), 'segue-uploads')).catch(() => []);

test('files are uploaded, imported with a report, reviewed once, and removed from the disk', async () => {
  const before = await uploads();
  const id = await addListener();
  const files = [await send(id, 'Streaming_History_Audio_2024_1.json', history), await send(id, 'Night.m3u8', list)];
  const job = await bring(id, files);
  assert.equal(job.state, 'done', job.error ?? '');
  assert.equal(job.report!.counts.plays, 41);
  assert.deepEqual(job.report!.songs, { matched: 40, unsure: 1, unknown: 1 });
  assert.equal(job.report!.toReview, 1);
  assert.deepEqual(await uploads(), before);

  const { items, open } = await call<Reviews>('GET', `/api/listeners/${id}/review`);
  assert.equal(open, 1);
  const [{ song, candidates }] = items as [Reviews['items'][number]];
  assert.equal(song.title, 'Lantern Song 12');
  assert.ok(candidates.some((one) => one.song === uri(2)));
  await call('POST', `/api/listeners/${id}/review`, { own: song.song, choose: 'spotify:track:nowhere' }, 404);
  await call('POST', `/api/listeners/${id}/review`, { own: 'own:nothing', choose: 'none' }, 404);
  assert.deepEqual(await call('POST', `/api/listeners/${id}/review`, { own: song.song, choose: uri(2) }), { open: 0 });
  const songs = await call<{ items: { song: string; plays: number }[] }>(
    'GET',
    `/api/listeners/${id}/songs?q=song%2012`,
  );
  assert.deepEqual(
    songs.items.map((one) => [one.song, one.plays]),
    [[uri(2), 1]],
  );

  const again = await bring(id, [await send(id, 'again.json', history), await send(id, 'Night.m3u8', list)]);
  assert.equal(again.report!.counts.plays, 0);
  assert.equal(again.report!.toReview, 0);
  const { items: lists } = await call<{ items: { id: string }[] }>('GET', `/api/listeners/${id}/lists`);
  const url = `/api/listeners/${id}/lists/${encodeURIComponent(lists[0]!.id)}`;
  const { latest } = await call<{ latest: { songs: { song: string }[] } }>('GET', url);
  assert.equal(latest.songs[0]!.song, uri(2));
});

test('bad files are refused in one sentence without a path, and nothing is kept', async () => {
  const before = await uploads();
  const id = await addListener();
  const job = await bring(id, [await send(id, 'MyData.json', '<!doctype html><p>Sign in</p>')]);
  assert.equal(job.state, 'failed');
  assert.doesNotMatch(job.error!, /segue-uploads|\n/);
  assert.equal(job.report, null);
  await send(id, 'empty.json', '', 400);
  await call('POST', `/api/listeners/${id}/own-imports`, { files: ['no-such-file'] }, 404);
  assert.deepEqual(await uploads(), before);
});

test('files, imports and reviews belong to one listener, and are deleted with them', async () => {
  const before = await uploads();
  const [ada, bob] = [await addListener(), await addListener()];
  const file = await send(ada, 'history.json', history);
  await call('POST', `/api/listeners/${bob}/own-imports`, { files: [file] }, 404);
  const { id: job } = await bring(ada, [file]);
  await call('GET', `/api/listeners/${bob}/own-imports/${job}`, undefined, 404);
  refused = ada;
  for (const path of ['own-imports', `own-imports/${job}`, 'review', 'backtest'])
    await call('GET', `/api/listeners/${ada}/${path}`, undefined, 404);
  await send(ada, 'history.json', history, 404);
  refused = undefined;
  await send(ada, 'waits.json', history);
  await call('DELETE', `/api/listeners/${ada}`);
  assert.deepEqual(await uploads(), before);
  assert.deepEqual(await call('GET', `/api/listeners/${ada}/own-imports`), { jobs: [] });
});

test('a backtest of a short history says what it lacks', async () => {
  const id = await addListener();
  let job = await call<{ state: string; error: string | null }>('GET', `/api/listeners/${id}/backtest`);
  while (job.state === 'running') {
    await new Promise((resolve) => setImmediate(resolve));
    job = await call('GET', `/api/listeners/${id}/backtest`);
  }
  assert.match(job.error!, /dates to cut at/);
});
