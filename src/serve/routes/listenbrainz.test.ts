import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ConnectedWorld, connectedWorld } from '../../../test/support/connected-world.ts';
import { SegueError } from '../../errors.ts';

let world: ConnectedWorld;
before(async () => {
  world = await connectedWorld();
});
after(() => world.close());

const authorization = (): { authorization: string } => ({ authorization: `Token ${world.token}` });
const submit = (payload: unknown, headers: Record<string, string> = authorization()) =>
  world.app.inject({ method: 'POST', url: '/1/submit-listens', headers, payload: payload as object });
const listen = (title: string, artist: string, at?: number, info: Record<string, unknown> = {}) => ({
  ...(at !== undefined && { listened_at: at }),
  track_metadata: { track_name: title, artist_name: artist, release_name: 'An album', additional_info: info },
});
const plays = async () => (await world.connected.repository.plays.page('alice', { limit: 1000 })).items;

test('a token is validated with the name of its listener', async () => {
  const valid = await world.app.inject({ url: '/1/validate-token', headers: authorization() });
  assert.deepEqual(valid.json(), { code: 200, message: 'Token valid.', valid: true, user_name: 'alice' });
  const asked = await world.app.inject(`/1/validate-token?token=${world.token}`);
  assert.equal(asked.json<{ valid: boolean }>().valid, true);
  for (const header of ['Token wrong', world.token, ''])
    assert.equal(
      (await world.app.inject({ url: '/1/validate-token', headers: { authorization: header } })).json<{
        valid: boolean;
      }>().valid,
      false,
    );
});

test('a play arrives once however often it is sent, as the song of the catalogue; unknown songs stay the listener’s own', async () => {
  const { dataset } = world.engine.current;
  const title = dataset.tracks.names.get(7);
  const artist = dataset.artists.names.get(dataset.mainArtist(7));
  const one = { listen_type: 'single', payload: [listen(title, artist, 1_700_000_000, { duration_ms: 200_000 })] };
  for (let i = 0; i < 3; i++) assert.deepEqual((await submit(one)).json(), { status: 'ok' });
  assert.equal(
    (await submit({ listen_type: 'single', payload: [listen('夜に駆ける', 'YOASOBI', 1_700_001_000)] })).statusCode,
    200,
  );
  const stored = await plays();
  assert.deepEqual(
    stored.map((p) => [p.title, p.at]),
    [
      ['夜に駆ける', 1_700_001_000_000],
      [title, 1_700_000_200_000],
    ],
  );
  assert.ok(dataset.tracks.vocabulary.indexOf(stored[1]!.song) >= 0);
  assert.match(stored[0]!.song, /^own:/);
});

test('imports of a thousand, and what is playing now', async () => {
  const payload = Array.from({ length: 1000 }, (_, i) => listen(`Import ${i}`, 'Somebody', 1_600_000_000 + i * 300));
  assert.equal((await submit({ listen_type: 'import', payload })).statusCode, 200);
  const count = await world.app.inject({ url: '/1/user/alice/listen-count', headers: authorization() });
  assert.equal(count.json<{ payload: { count: number } }>().payload.count, 1002);
  assert.equal((await submit({ listen_type: 'playing_now', payload: [listen('Now', 'Here')] })).statusCode, 200);
  const now = await world.app.inject({ url: '/1/user/alice/playing-now', headers: authorization() });
  assert.match(now.body, /"track_name":"Now"/);
  assert.equal((await plays()).filter((p) => p.title === 'Now').length, 0);
});

test('listens are read back newest first, between exclusive bounds', async () => {
  const read = async (query: string) =>
    (await world.app.inject({ url: `/1/user/alice/listens?${query}`, headers: authorization() }))
      .json<{ payload: { listens: { listened_at: number }[] } }>()
      .payload.listens.map((l) => l.listened_at);
  const [first, second, third] = await read('count=3');
  assert.deepEqual(await read(`count=2&max_ts=${first}`), [second, third]);
  assert.deepEqual((await read(`count=1000&min_ts=${third}`)).slice(-2), [first, second]);
  assert.equal(
    (await world.app.inject({ url: `/1/user/alice/listens?min_ts=1&max_ts=2`, headers: authorization() })).statusCode,
    400,
  );
});

test('bad submissions are refused whole, with the reason in the service’s own shape', async () => {
  const before = (await plays()).length;
  const good = listen('a', 'b', 1_500_000_000);
  const cases: unknown[] = [
    {},
    { listen_type: 'single' },
    { listen_type: 'sung', payload: [good] },
    { listen_type: 'single', payload: [good, good] },
    { listen_type: 'single', payload: [] },
    { listen_type: 'import', payload: [good, listen('', 'b', 5)] },
    { listen_type: 'import', payload: [good, listen('a', 'b')] },
    { listen_type: 'import', payload: [good, listen('a', 'b', 1.5)] },
    { listen_type: 'import', payload: [good, listen('x'.repeat(11_000), 'b', 5)] },
    { listen_type: 'import', payload: Array.from({ length: 1001 }, () => good) },
    { listen_type: 'import', payload: [null] },
  ];
  for (const body of cases) {
    const response = await submit(body);
    assert.equal(response.statusCode, 400, JSON.stringify(body).slice(0, 80));
    assert.deepEqual(Object.keys(response.json<object>()).sort(), ['code', 'error']);
  }
  for (const headers of [{}, { authorization: 'Token wrong' }])
    assert.equal(
      (await submit({ listen_type: 'single', payload: [good] }, headers as Record<string, string>)).statusCode,
      401,
    );
  assert.equal((await plays()).length, before);
  assert.equal((await world.app.inject({ url: '/1/user/bob/listens', headers: authorization() })).statusCode, 404);
});

test('the lists made for a listener are JSPF, the same all week, with songs of the server that are new to them', async () => {
  const get = async (url: string) =>
    (await world.app.inject({ url, headers: authorization() })).json<Record<string, unknown>>();
  const overview = (await get('/1/user/alice/playlists/createdfor')) as {
    playlists: { playlist: { identifier: string; track: unknown[] } }[];
  };
  const { identifier, track } = overview.playlists[0]!.playlist;
  assert.deepEqual(track, []);
  const id = identifier.split('/').at(-1)!;
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const { playlist } = (await get(`/1/playlist/${id}`)) as {
    playlist: { title: string; track: { title: string; creator: string; identifier: string[] }[] };
  };
  assert.match(playlist.title, /^Weekly discovery for Alice, week of \d{4}-\d\d-\d\d$/);
  assert.ok(playlist.track.length >= 20, `${playlist.track.length} songs`);
  const heard = new Set((await plays()).map((p) => p.title));
  for (const song of playlist.track) {
    assert.ok(!heard.has(song.title));
    assert.match(song.identifier[0]!, /^https:\/\/musicbrainz\.org\/recording\//);
  }
  assert.deepEqual(await get('/1/user/alice/playlists/createdfor'), overview);
});

test('mixes of the listener are among the lists made for them: pages, kinds and tracks as programs read them', async () => {
  const { dataset } = world.engine.current;
  // Songs of several playlists, loved: several tastes.
  const tracks = [...new Set([3, 4, 40, 41].flatMap((owner) => [...dataset.tracksOf(owner)]))];
  await world.connected.repository.opinions.set(
    'alice',
    tracks.map((t) => ({ song: dataset.tracks.vocabulary.id(t), kind: 'like' as const, at: Date.now() - 86_400_000 })),
  );
  interface Page {
    count: number;
    offset: number;
    playlist_count: number;
    playlists: { playlist: { identifier: string; title: string; extension: Record<string, Record<string, never>> } }[];
  }
  const get = async <T>(url: string): Promise<T> =>
    (await world.app.inject({ url, headers: authorization() })).json<T>();
  const address = '/1/user/alice/playlists/createdfor';
  const { playlists, playlist_count: all, count } = await get<Page>(address);
  assert.ok(all >= 3 && count === all, `${all} lists`);
  // A program that pages meets each list once, and an end.
  const paged: string[] = [];
  for (let offset = 0; ; offset += 2) {
    const page = await get<Page>(`${address}?count=2&offset=${offset}`);
    assert.deepEqual([page.offset, page.playlist_count], [offset, all]);
    if (page.playlists.length === 0) break;
    paged.push(...page.playlists.map(({ playlist }) => playlist.identifier));
  }
  assert.deepEqual(
    paged,
    playlists.map(({ playlist }) => playlist.identifier),
  );
  const kinds = playlists.map(
    ({ playlist }) =>
      (
        playlist.extension['https://musicbrainz.org/doc/jspf#playlist'] as unknown as {
          additional_metadata: { algorithm_metadata: { source_patch: string } };
        }
      ).additional_metadata.algorithm_metadata.source_patch,
  );
  assert.deepEqual(kinds, ['weekly-exploration', ...Array.from({ length: all - 1 }, () => 'segue-mix')]);
  const met = new Set<string>();
  for (const { playlist: head } of playlists.slice(1)) {
    assert.match(head.title, /^\S.* for Alice, week of \d{4}-\d\d-\d\d$/);
    const { playlist } = await get<{
      playlist: {
        track: {
          identifier: string[];
          extension: Record<string, { additional_metadata: { artists: { artist_credit_name: string }[] } }>;
        }[];
      };
    }>(`/1/playlist/${head.identifier.split('/').at(-1)}`);
    assert.ok(playlist.track.length >= 20, `${head.title}: ${playlist.track.length} songs that the server has`);
    for (const { identifier, extension } of playlist.track) {
      assert.match(identifier[0]!, /^https:\/\/musicbrainz\.org\/recording\//);
      assert.ok(!met.has(identifier[0]!), 'in one mix only');
      met.add(identifier[0]!);
      const { artists } = extension['https://musicbrainz.org/doc/jspf#track']!.additional_metadata;
      assert.ok(artists[0]!.artist_credit_name.length > 0);
    }
  }
});

test('a program that is refused under load is told when to try again', async (t) => {
  t.mock.method(world.connected.repository.listeners, 'counts', () =>
    Promise.reject(new SegueError('OVERLOADED', { got: 'The server is overloaded' })),
  );
  const response = await world.app.inject({ url: '/1/user/alice/listen-count', headers: authorization() });
  assert.equal(response.statusCode, 503);
  assert.equal(response.headers['retry-after'], '1');
  assert.deepEqual(response.json(), { code: 503, error: 'The server is overloaded.' });
});
