import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { fromBufferPromise } from 'yauzl';
import { SERVICES } from '../../src/connect/registry.ts';
import { ACCOUNTS, type AccountElsewhere, LIST_NAME, LOVED, SONGS } from '../support/account-elsewhere.ts';
import { mbidOf } from '../support/fake-listenbrainz.ts';
import { type SpotifyWorld, spotifyWorld } from '../support/spotify-world.ts';

const accounts: Record<string, AccountElsewhere> = {};
/** Errors shown to people. */
const sentences: string[] = [];
let world: SpotifyWorld;

before(async () => {
  for (const { id } of SERVICES) accounts[id] = await ACCOUNTS[id]!();
  world = await spotifyWorld([], {
    services: Object.values(accounts).map(({ service }) => service),
    wait: async () => {},
  });
});
after(async () => {
  await world?.close();
  await Promise.all(Object.values(accounts).map((account) => account.stop()));
});

test('every registered service has a fake account', () =>
  assert.deepEqual(Object.keys(ACCOUNTS).sort(), SERVICES.map(({ id }) => id).sort()));

/** A listener's data, in a form that reveals losses and duplicates. */
async function stateOf(listener: string) {
  const { opinions, plays, lists } = world.connected.repository;
  const liked = (await opinions.page(listener, 'like', { limit: 1000 })).items;
  const saved = (await lists.page(listener, { limit: 1000 })).items;
  const contents = await Promise.all(saved.map(({ id }) => lists.version(listener, id)));
  let heard = 0;
  for (let next: string | undefined; ; ) {
    const page = await plays.page(listener, { limit: 1000, after: next });
    heard += page.items.length;
    if (page.next === null) break;
    next = page.next;
  }
  return {
    liked: liked.map(({ song }) => `${song.title} by ${song.artists.join(', ')}`).sort(),
    lists: saved.map(({ name, length }, i) => [name, length, new Set(contents[i]!.songs.map((s) => s.song)).size]),
    heard,
  };
}

/** Checks that an error is one or two sentences for people: no stack, no program's error code, no secrets. */
function plain(error: unknown, account: AccountElsewhere): string {
  const { message } = error as Error;
  sentences.push(message);
  assert.match(message, /^.{20,400}\.$/u);
  assert.doesNotMatch(message, /undefined|\[object|\bat \w+ \(|ECONN|fetch failed|TypeError/);
  assert.match(message, new RegExp(`${account.service.title}|server|https?://`, 'i'), 'it says who');
  return message;
}

for (const { id: service, title } of SERVICES)
  describe(title, () => {
    const listener = `of-${service}`;
    let account: AccountElsewhere;
    let connection: string;
    let read: Awaited<ReturnType<typeof stateOf>>;
    const connections = () => world.connected.connections;
    const refused = async (code: string): Promise<string> => {
      const error = await connections()
        .sync(connection)
        .then(
          () => assert.fail('the sync came through'),
          (e: unknown) => e,
        );
      assert.equal((error as { code?: string }).code, code, String(error));
      const problem = plain(error, account);
      assert.equal(connections().store.get(connection).problem, problem, 'it stands on the page');
      return problem;
    };

    before(async () => {
      account = accounts[service]!;
      await world.connected.repository.listeners.add({ name: `Listener of ${title}`, id: listener });
      connection = await account.signIn(connections(), listener);
      await connections().sync(connection);
      read = await stateOf(listener);
    });

    test('scripts, namesakes and a list of 10,000 songs are read whole', () => {
      const { abilities } = connections().open(connection).connection;
      assert.deepEqual(
        read.liked,
        SONGS.slice(0, LOVED)
          .map((s) => `${s.title} by ${s.artist}`)
          .sort(),
      );
      if (abilities.playlists.able) assert.deepEqual(read.lists, [[LIST_NAME, 10_000, 10_000]]);
      if (abilities.plays.able) assert.ok(read.heard >= LOVED, String(read.heard));
    });

    test('a second sync duplicates nothing', async () => {
      await connections().sync(connection);
      assert.deepEqual(await stateOf(listener), read);
    });

    test('an unreachable or failing service is reported in one sentence, and loses no data', async () => {
      for (const how of ['drop', 'error'] as const) {
        account.fail(how);
        await refused('SERVICE_AWAY').finally(() => account.fail(null));
        assert.deepEqual(await stateOf(listener), read);
      }
      await connections().sync(connection);
      assert.deepEqual(await stateOf(listener), read);
      assert.equal(connections().store.get(connection).problem, null);
    });

    test('a changed password is reported in one sentence; signing in again continues the same connection', async () => {
      const old = account.secrets();
      account.changePassword();
      const problem = await refused('SIGN_IN_REFUSED');
      for (const secret of [...old, ...account.secrets()]) assert.ok(!problem.includes(secret), problem);
      assert.deepEqual(await stateOf(listener), read);
      assert.equal(await account.signIn(connections(), listener), connection);
      await connections().sync(connection);
      assert.deepEqual(await stateOf(listener), read);
    });

    test('a list of 10,000 songs is written once, complete, even when the response to its creation is lost', async (context) => {
      const { abilities } = connections().open(connection).connection;
      if (!abilities.write.able) {
        const song = { uri: 'a', title: 'A', artist: 'B' };
        const error = await connections()
          .send(connection, { key: 'k', name: 'N', songs: [song] })
          .catch((e: unknown) => e);
        assert.equal((error as { code?: string }).code, 'NOT_POSSIBLE');
        plain(error, account);
        context.skip(abilities.write.because);
        return;
      }
      const { items } = await world.connected.repository.lists.page(listener, { limit: 1 });
      const { songs: own } = await world.connected.repository.lists.version(listener, items[0]!.id);
      const uriOf = (song: string): string => connections().held.byUri(connection, [song]).get(song)?.facts.uri ?? song;
      const songs = own.map(({ song, title, artists }, i) => ({
        uri: uriOf(song),
        title,
        artist: artists.join(', '),
        mbid: mbidOf(i),
      }));
      const send = () => connections().send(connection, { key: 'k', name: 'Ночь 夜', songs });
      account.loseCreation();
      // Some services find the list immediately; others report the interruption and find it on the next write.
      await send().catch((error: { code?: string }) => {
        assert.equal(error.code, 'SERVICE_AWAY', String(error));
        plain(error, account);
      });
      for (let i = 0; i < 2; i++) {
        const sent = await send();
        assert.deepEqual([sent.written, sent.missing.length], [10_000, 0]);
      }
      assert.deepEqual(
        account.lists().filter(([name]) => name !== LIST_NAME),
        [['Ночь 夜', 10_000]],
      );
      await connections().sync(connection);
      assert.deepEqual(await stateOf(listener), read, 'it does not come back as a list of its own');
    });

    test('a song deleted on the service keeps its like and its plays', async () => {
      account.deleteSong();
      await connections().sync(connection);
      const { liked, heard } = await stateOf(listener);
      assert.deepEqual({ liked, heard }, { liked: read.liked, heard: read.heard });
    });
  });

test('no secret is in a log line, an error, an address, an answer, an export or a file', async () => {
  const { app, logged, dir, connected } = world;
  const texts = [...logged, ...sentences];
  for (const url of ['/api/connections', '/api/connections/hosts', '/api/listeners', '/metrics'])
    texts.push((await app.inject({ url })).body);
  for (const { id } of SERVICES) {
    texts.push(...accounts[id]!.addresses());
    const zip = (await app.inject({ url: `/api/listeners/of-${id}/export` })).rawPayload;
    const archive = await fromBufferPromise(zip, { lazyEntries: true });
    for await (const entry of archive.eachEntry())
      texts.push(String(await buffer(await archive.openReadStreamPromise(entry))));
    assert.ok(archive.entryCount > 2, 'the export is read');
  }
  for (const name of await readdir(dir, { recursive: true }))
    if (!name.endsWith('connections.key')) texts.push(await readFile(join(dir, name), 'latin1').catch(() => ''));
  const secrets = Object.values(accounts).flatMap((account) => account.secrets());
  for (const { id } of connected.connections.store.list())
    secrets.push(...Object.values(connected.connections.store.secrets(id)));
  assert.ok(secrets.length >= SERVICES.length && secrets.every((secret) => secret.length > 9), String(secrets.length));
  assert.ok(logged.length > 5, 'something was logged');
  for (const secret of secrets)
    for (const text of texts) assert.ok(!text.includes(secret), `${secret}: ${text.slice(0, 300)}`);
});
