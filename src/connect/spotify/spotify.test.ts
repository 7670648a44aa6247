import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CLIENT_ID, FakeSpotify, fakeSaved, fakeTrack, send } from '../../../test/support/fake-spotify.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import type { ListenerRepository } from '../../listeners/repository.ts';
import { Connections } from '../connections.ts';
import type { Service } from '../contract.ts';
import type { SongMatcher } from '../matching.ts';
import { ConnectionStore } from '../store.ts';
import { spotifyAt } from './spotify.ts';

const REDIRECT = 'http://127.0.0.1:8787/api/connections/callback';

/** The catalogue knows every second song, by its id. */
const evens: SongMatcher = {
  match: async (songs) =>
    songs.map(({ uri }) => (Number(uri?.slice(-4)) % 2 === 0 ? { uri: uri!, confidence: 1 } : null)),
};

interface World {
  fake: FakeSpotify;
  service: Service;
  connections: Connections;
  store: ConnectionStore;
  target: RecordingTarget;
  /** What was waited, in milliseconds; nothing really waits. */
  waits: number[];
  clock: { now: number };
  forgotten: string[];
  again(): void;
}

async function worldOf(context: TestContext, dir: string): Promise<World> {
  const fake = await FakeSpotify.start();
  context.after(() => fake.stop());
  const service: Service = spotifyAt({ accounts: fake.origin, api: fake.origin });
  const target = new RecordingTarget();
  const clock = { now: Date.UTC(2026, 10, 28) };
  const waits: number[] = [];
  const forgotten: string[] = [];
  const open = (): Pick<World, 'connections' | 'store'> => {
    const store = ConnectionStore.open(dir);
    const connections = new Connections({
      store,
      matcher: evens,
      repository: {
        ...target.target,
        forgetSource: async (listener: string, source: string) => void forgotten.push(`${listener} ${source}`),
      } as ListenerRepository,
      library: { importBatches: () => assert.fail('what Spotify says joined the catalogue') },
      now: () => clock.now,
      wait: async (ms) => {
        waits.push(ms);
        clock.now += ms;
        await new Promise((resolve) => setImmediate(resolve));
      },
      services: [service],
    });
    return { store, connections };
  };
  const world: World = { fake, service, target, waits, clock, forgotten, ...open(), again: () => {} };
  world.again = () => {
    world.store.close();
    Object.assign(world, open());
  };
  context.after(() => world.store.close());
  return world;
}

async function signIn({ fake, service, connections }: World): Promise<string> {
  const begun = await service.browser!.begin({ clientId: CLIENT_ID }, REDIRECT);
  const answer = fake.agree(begun.address);
  const given = { clientId: CLIENT_ID, redirect: REDIRECT, answer, ...begun.kept };
  const { id } = await connections.connect('spotify', 'alice', given);
  fake.requests = [];
  return id;
}

const inWorld = (name: string, use: (world: World, dir: string) => Promise<void>): void => {
  test(name, (context) => withTemporary(async (dir) => use(await worldOf(context, dir), dir)));
};

inWorld('sign-in goes by PKCE, verifies the state, and leaves no token readable on disk', async (world, dir) => {
  const { fake, service, connections, store } = world;
  const begun = await service.browser!.begin({ clientId: CLIENT_ID }, REDIRECT);
  const given = { clientId: CLIENT_ID, redirect: REDIRECT, ...begun.kept };
  const forged = fake.agree(begun.address).replace(/state=.*/, 'state=another');
  await assert.rejects(connections.connect('spotify', 'alice', { ...given, answer: forged }), {
    code: 'SIGN_IN_REFUSED',
  });
  await assert.rejects(
    connections.connect('spotify', 'alice', { ...given, answer: fake.agree(begun.address), verifier: 'x'.repeat(43) }),
    { code: 'SIGN_IN_REFUSED' },
  );
  await assert.rejects(
    connections.connect('spotify', 'alice', { ...given, answer: `error=access_denied&state=${begun.state}` }),
    /declined/,
  );
  assert.equal(store.list().length, 0);
  const id = await signIn(world);
  assert.equal(store.get(id).account, 'Alice at Spotify');
  const secrets = [fake.refresh, ...fake.access];
  assert.ok(store.secrets(id).refresh === fake.refresh);
  assert.ok(!secrets.some((s) => JSON.stringify(store.get(id)).includes(s)));
  for (const file of readdirSync(dir))
    for (const text of secrets) assert.ok(!readFileSync(join(dir, file)).includes(text), file);
  assert.deepEqual(fake.broken, []);
});

inWorld(
  '10,000 saved tracks take 200 requests; a second sync takes one page, and the unsaved are found',
  async (world) => {
    const { fake, target } = world;
    fake.saved = fakeSaved(10_000);
    const id = await signIn(world);
    const report = await world.connections.sync(id);
    assert.equal(report.likes, 10_000);
    assert.equal(report.matched, 5000);
    const count = (name: string): number => fake.requests.filter((r) => r === name).length;
    assert.equal(count('GET /me/tracks'), 200);
    assert.equal(fake.requests.length, 200 + 1 + 3 + 1, 'lists, three periods of top songs, last plays');
    assert.deepEqual(world.waits, []);
    assert.equal(
      target.opinionsBySong.get('spotify:track:track00000000000000004')?.at,
      Date.parse(fake.saved[4]!.added_at),
    );
    fake.requests = [];
    fake.saved.unshift({ added_at: '2026-11-01T00:00:00Z', track: fakeTrack(10_001) });
    await world.connections.sync(id);
    assert.equal(count('GET /me/tracks'), 1);
    assert.equal(target.opinionsBySong.size, 10_001);
    fake.saved.splice(4000, 1);
    await world.connections.sync(id);
    assert.equal(target.opinionsBySong.size, 10_000);
  },
);

inWorld('killed after any request, a sync goes on: nothing lost, nothing doubled', async (world) => {
  const { fake, target } = world;
  fake.saved = fakeSaved(530);
  const entries = Array.from({ length: 120 }, (_, i) => fakeTrack(i));
  const base = { description: '', owner: 'me', snapshot: 1, followed: true };
  fake.lists = [
    { ...base, id: 'a', name: 'Long', entries },
    { ...base, id: 'b', name: 'Short', entries: [fakeTrack(2), null, fakeTrack(2)] },
    { ...base, id: 'c', name: 'Of another', owner: 'bob', entries },
  ];
  fake.plays = [{ played_at: '2026-11-27T10:00:00.123Z', track: fakeTrack(8) }];
  const id = await signIn(world);
  let kills = 0;
  let asked = 0;
  for (;;) {
    // Enough for the parts that are read at once: lists and their top songs (4), and one page of the others each.
    let left = 7;
    fake.before = (_name, response) => {
      if (left-- > 0) {
        asked++;
        return false;
      }
      response.destroy();
      return true;
    };
    try {
      await world.connections.sync(id);
      break;
    } catch (error) {
      assert.ok(++kills < 20, String(error));
      world.again();
    }
  }
  assert.ok(kills >= 3, `${kills} kills, ${asked} requests`);
  assert.equal(target.opinionsBySong.size, 530);
  assert.deepEqual(
    [...target.listsById.values()].map(({ name, songs }) => [name, songs.length]),
    [
      ['Long', 120],
      ['Short', 2],
    ],
  );
  assert.equal(target.playsById.size, 1);
});

inWorld('entries that are null, local, episodes or half empty do no harm; numbers may be text', async (world) => {
  const { fake, target } = world;
  const odd = { ...fakeTrack(6), duration_ms: '1234', artists: [], album: null, external_ids: null };
  fake.saved = [
    { added_at: '2026-01-05T00:00:00Z', track: null },
    { added_at: '2026-01-04T00:00:00Z', track: { ...fakeTrack(1), is_local: true, id: null } },
    { added_at: '2026-01-03T00:00:00Z', track: { ...fakeTrack(3), type: 'episode' } },
    { added_at: '2026-01-02T00:00:00Z', track: odd },
  ];
  const id = await signIn(world);
  await world.connections.sync(id);
  assert.deepEqual([...target.opinionsBySong.keys()], ['spotify:track:track00000000000000006']);
});

inWorld('a saved song that comes as null loses no like, and is read when it is back', async (world) => {
  const { fake, target } = world;
  fake.saved = fakeSaved(170);
  const whole = fake.saved.map((entry) => ({ ...entry }));
  fake.saved[120]!.track = null;
  const id = await signIn(world);
  const pages = async (): Promise<number> => {
    fake.requests = [];
    await world.connections.sync(id);
    return fake.requests.filter((name) => name === 'GET /me/tracks').length;
  };
  await pages();
  assert.equal(target.opinionsBySong.size, 169);
  fake.saved = whole;
  assert.equal(await pages(), 4, 'it may have been a passing fault');
  assert.equal(target.opinionsBySong.size, 170);
  assert.equal(await pages(), 1);
  fake.saved[120]!.track = null;
  fake.saved.splice(60, 1);
  await pages();
  assert.equal(target.opinionsBySong.size, 170, 'the null entry may be any of those that are missing');
  assert.equal(await pages(), 4);
  assert.equal(await pages(), 1, 'an entry that stays null is looked at once more, not every time');
});

inWorld('songs that are unsaved while pages are read hide none of those after them', async (world) => {
  const { fake, target } = world;
  fake.saved = fakeSaved(200);
  const id = await signIn(world);
  let requests = 0;
  fake.before = (name) => {
    if (name === 'GET /me/tracks' && ++requests === 3) fake.saved.splice(0, 10);
    return false;
  };
  await world.connections.sync(id);
  for (const { track } of fake.saved) {
    const number = Number(String(track!.id).slice(-4));
    const key = number % 2 === 0 ? String(track!.uri) : `${id}:${String(track!.id)}`;
    assert.ok(target.opinionsBySong.has(key), key);
  }
});

inWorld(
  '429: a short wait is waited, none told backs off, a long one and the quota end the sync until when',
  async (world) => {
    const { fake, waits, clock } = world;
    fake.saved = fakeSaved(100);
    const id = await signIn(world);
    const answers: [string, Record<string, string>][] = [
      ['{}', { 'retry-after': '7' }],
      ['{}', {}],
      ['{}', {}],
    ];
    fake.before = (_name, response) => {
      const next = answers.shift();
      if (next) send(response, 429, next[0], next[1]);
      return next !== undefined;
    };
    await world.connections.sync(id);
    assert.equal(waits.length, 3);
    assert.ok(waits[0]! >= 7000 && waits[0]! <= 7250, String(waits[0]));
    assert.ok(waits[1]! >= 500 && waits[1]! <= 1000 && waits[2]! >= 1000 && waits[2]! <= 2000, String(waits));
    for (const [body, headers] of [
      ['{}', { 'retry-after': '7200' }],
      ['{"error":{"reason":"QUOTA_EXCEEDED"}}', { 'retry-after': '7200' }],
    ] as const) {
      fake.before = (_name, response) => {
        send(response, 429, body, headers);
        return true;
      };
      const asked = fake.requests.length;
      const until = new Date(clock.now + 7_200_000).toISOString().slice(11, 16);
      await assert.rejects(world.connections.sync(id), (error: Error) => error.message.includes(until));
      assert.equal(fake.requests.length, asked + 1);
    }
  },
);

inWorld('5xx and cut connections are tried four times, then the sync ends with what it has', async (world) => {
  const { fake } = world;
  fake.saved = fakeSaved(60);
  const id = await signIn(world);
  let failures = 3;
  fake.before = (_name, response) => {
    if (failures-- <= 0) return false;
    if (failures === 1) response.destroy();
    else send(response, 502, 'Bad gateway');
    return true;
  };
  assert.equal((await world.connections.sync(id)).likes, 60);
  failures = Number.POSITIVE_INFINITY;
  const asked = fake.requests.length;
  await assert.rejects(world.connections.sync(id), { code: 'SERVICE_AWAY' });
  assert.equal(fake.requests.length - asked, 4);
});

inWorld('401: one refresh for all that ask at once; the old refresh token stays when none comes', async (world) => {
  const { fake, store } = world;
  fake.saved = fakeSaved(60);
  const id = await signIn(world);
  fake.access.clear();
  const list = { key: 'k', name: 'L', songs: [{ uri: 'spotify:track:abc', title: 'T', artist: 'A' }] };
  await Promise.all([
    world.connections.sync(id),
    world.connections.send(id, list),
    world.connections.send(id, { ...list, key: 'm', name: 'M' }),
  ]);
  assert.equal(fake.refreshes, 1);
  assert.equal(store.secrets(id).refresh, fake.refresh);
  fake.rotates = false;
  fake.access.clear();
  await world.connections.sync(id);
  assert.equal(store.secrets(id).refresh, fake.refresh);
  fake.refresh = 'revoked';
  fake.access.clear();
  await assert.rejects(world.connections.sync(id), {
    code: 'SIGN_IN_REFUSED',
    message: /sign-in to Spotify has ended.*still here/,
  });
  assert.equal(world.target.opinionsBySong.size, 60);
});

inWorld('403 is never tried again and has a sentence for each cause', async (world) => {
  const { fake } = world;
  const id = await signIn(world);
  const sentences = new Set<string>();
  for (const message of [
    'User not registered in the Developer Dashboard',
    'Active premium subscription required for the owner of the app.',
    'Insufficient client scope',
    'Forbidden.',
  ]) {
    fake.before = (_name, response) => {
      send(response, 403, { error: { status: 403, message } });
      return true;
    };
    const asked = fake.requests.length;
    const problem = await world.connections.sync(id).then(
      () => '',
      (error: Error) => error.message,
    );
    assert.equal(fake.requests.length, asked + 1, message);
    sentences.add(problem);
  }
  assert.equal(sentences.size, 4);
});

for (const age of ['new', 'old'] as const)
  inWorld(
    `a list goes there once and is replaced, also when creating it gets no answer (${age} API)`,
    async (world) => {
      const { fake } = world;
      fake.age = age;
      const id = await signIn(world);
      const songs = Array.from({ length: 250 }, (_, i) => ({
        uri: `spotify:track:t${i}`,
        title: `T${i}`,
        artist: 'A',
      }));
      let losses = 2;
      fake.lost = (name) => /^POST/.test(name) && losses-- > 0;
      const first = await world.connections.send(id, { key: 'k', name: 'Fifty', songs });
      assert.equal(first.written, 250);
      fake.lost = null;
      const second = await world.connections.send(id, { key: 'k', name: 'Fifty', songs: songs.slice(0, 120) });
      assert.equal(second.id, first.id);
      assert.deepEqual(
        fake.lists.map(({ name, entries }) => [name, entries.map((t) => t!.uri)]),
        [['Fifty', songs.slice(0, 120).map(({ uri }) => uri)]],
      );
      fake.lists[0]!.followed = false;
      assert.notEqual(
        (await world.connections.send(id, { key: 'k', name: 'Fifty', songs })).id,
        first.id,
        'deleted there',
      );
      assert.deepEqual(fake.broken, []);
    },
  );

inWorld('lists of ours do not come back, and disconnecting deletes what came from Spotify', async (world) => {
  const { fake, target } = world;
  const id = await signIn(world);
  await world.connections.send(id, {
    key: 'k',
    name: 'Ours',
    songs: [{ uri: 'spotify:track:t', title: 'T', artist: 'A' }],
  });
  await world.connections.sync(id);
  assert.equal(target.listsById.size, 0);
  await world.connections.disconnect(id);
  assert.deepEqual(world.forgotten, ['alice spotify']);
  assert.equal([...world.connections.held.all(id, true)].length, 0);
  assert.equal(fake.broken.length, 0);
});

inWorld('disconnecting while the account is read ends the reading first, and nothing comes after it', async (world) => {
  const { fake, target, connections } = world;
  fake.saved = fakeSaved(400);
  const id = await signIn(world);
  let pages = 0;
  let ended: Promise<void> | null = null;
  fake.before = (name) => {
    if (name === 'GET /me/tracks' && ++pages === 3) ended = connections.disconnect(id);
    return false;
  };
  await assert.rejects(connections.sync(id), { code: 'CANCELLED' });
  const before = target.opinionsBySong.size;
  await ended;
  assert.deepEqual(world.forgotten, ['alice spotify']);
  assert.ok(pages < 8 && before < 400, `${pages} pages`);
  await assert.rejects(connections.sync(id), { code: 'NOT_FOUND' });
  assert.equal(target.opinionsBySong.size, before);
});

inWorld(
  'a list that the account may not read is left out, and answers without next, total or offset end',
  async (world) => {
    const { fake, target } = world;
    fake.checks = false;
    fake.saved = fakeSaved(3);
    const base = { description: '', owner: 'me', snapshot: 1, followed: true };
    fake.lists = [
      { ...base, id: 'closed', name: 'Closed', entries: [fakeTrack(1)] },
      { ...base, id: 'open', name: 'Open', entries: [fakeTrack(2), fakeTrack(4)] },
    ];
    const id = await signIn(world);
    fake.before = (name, response) => {
      if (name.includes('/playlists/closed/')) {
        send(response, 403, { error: { status: 403, message: 'Forbidden' } });
        return true;
      }
      if (name !== 'GET /me/tracks') return false;
      send(response, 200, { items: fake.saved });
      return true;
    };
    await world.connections.sync(id);
    assert.equal(target.opinionsBySong.size, 3);
    assert.deepEqual(
      [...target.listsById.values()].map(({ name }) => name),
      ['Open'],
    );
  },
);

inWorld('a list of 10,000 songs, in any script and with namesakes, is read and written whole', async (world) => {
  const { fake, target } = world;
  // Tens of thousands of songs are held to the API's description in another test.
  fake.checks = false;
  const names = ['夜に駆ける', 'Группа крови', 'שיר', 'Same Name'];
  const entries = Array.from({ length: 10_000 }, (_, n) => ({
    ...fakeTrack(n),
    uri: String(fakeTrack(n).uri),
    name: names[n % 4]!,
  }));
  const base = { description: '', owner: 'me', snapshot: 1, followed: true };
  fake.lists = [{ ...base, id: 'long', name: 'Список', entries }];
  const id = await signIn(world);
  await world.connections.sync(id);
  const [list] = target.listsById.values();
  assert.equal(list!.name, 'Список');
  assert.equal(list!.songs.length, 10_000);
  assert.equal(new Set(list!.songs.map(({ song }) => song)).size, 10_000, 'a song was taken for its namesake');
  assert.deepEqual(
    list!.songs.slice(0, 4).map(({ title }) => title),
    names,
  );
  const songs = entries.map(({ uri, name }) => ({ uri, title: name, artist: 'A' }));
  const sent = await world.connections.send(id, { key: 'k', name: 'Ночь 夜', songs });
  assert.equal(sent.written, 10_000);
  await world.connections.send(id, { key: 'k', name: 'Ночь 夜', songs });
  assert.deepEqual(
    fake.lists.map(({ name, entries }) => [name, entries.length]),
    [
      ['Ночь 夜', 10_000],
      ['Список', 10_000],
    ],
  );
  assert.deepEqual(
    fake.lists[0]!.entries.map((track) => track!.uri),
    songs.map(({ uri }) => uri),
  );
});

inWorld('two accounts of one name stay two, and the same one again is renewed', async (world) => {
  const { fake, store } = world;
  const first = await signIn(world);
  assert.equal(await signIn(world), first);
  fake.user = 'another';
  assert.notEqual(await signIn(world), first);
  assert.equal(store.list().length, 2);
});

inWorld('a running sync says what it reads, how far it is, and how long it will take', async (world) => {
  const { fake, connections, clock } = world;
  fake.saved = fakeSaved(1000);
  const id = await signIn(world);
  const said: unknown[] = [];
  fake.before = (name) => {
    if (name !== 'GET /me/tracks') return false;
    said.push(connections.running(id));
    clock.now += 2000;
    return false;
  };
  assert.equal(connections.running(id), null);
  await connections.sync(id);
  assert.equal(connections.running(id), null);
  // Half is left after ten pages; the first page starts the clock, and each takes two seconds.
  assert.deepEqual(said[10], { fraction: 0.5, note: 'reading saved songs: 500 of 1,000', secondsLeft: 18 });
});
