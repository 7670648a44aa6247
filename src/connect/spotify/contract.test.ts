import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeSaved, fakeTrack } from '../../../test/support/fake-spotify.ts';
import { SpotifyContract, skipWithoutContract } from '../../../test/support/spotify-contract.ts';
import { spotifyWorld } from '../../../test/support/spotify-world.ts';

for (const age of ['new', 'old'] as const)
  test(`every request, and every answer that tests rely on, is as the API describes it (${age})`, {
    skip: skipWithoutContract,
  }, async (context) => {
    const world = await spotifyWorld([]);
    context.after(() => world.close());
    const { fake, connected } = world;
    fake.age = age;
    fake.saved = fakeSaved(120);
    fake.catalogue = Array.from({ length: 130 }, (_, n) => fakeTrack(n));
    const base = { description: '', owner: 'me', snapshot: 1, followed: true };
    fake.lists = [{ ...base, id: 'a', name: 'Long', entries: Array.from({ length: 120 }, (_, n) => fakeTrack(n)) }];
    fake.top = [fakeTrack(1), fakeTrack(2)];
    fake.plays = [{ played_at: '2026-11-27T10:00:00.123Z', track: fakeTrack(8) }];
    const id = await world.signIn();
    await connected.connections.sync(id);
    await connected.connections.sync(id);
    const songs = Array.from({ length: 130 }, (_, n) => ({
      uri: `own:${n}`,
      title: `Song ${n}`,
      artist: `Artist ${n % 40}`,
    }));
    const sent = await connected.connections.send(id, { key: 'k', name: 'Sent', comment: 'From here', songs });
    assert.equal(sent.written, 130);
    const { connection } = connected.connections.open(id);
    const ids = [0, 1, 2].map((n) => String(fakeTrack(n).id));
    for (const kind of ['features', 'tracks', 'artists'] as const)
      await connection
        .facts!.lookUp(kind, ids)
        .catch((error: { code: string }) => assert.equal(error.code, 'NOT_POSSIBLE'));
    await connection.recommend!(ids, 5).catch((error: { code: string }) => assert.equal(error.code, 'NOT_POSSIBLE'));
    assert.deepEqual([...new Set(fake.broken)], []);
    assert.ok(
      new Set(fake.requests.map((name) => name.replace(/\w{20,}/, '{id}'))).size >= 10,
      fake.requests.join('\n'),
    );
  });

test('a request that the API lacks, a page too long, a body of another kind and an answer of another shape are told', {
  skip: skipWithoutContract,
}, () => {
  const contract = SpotifyContract.of('new')!;
  const good = { method: 'GET', path: '/me/tracks', body: null, status: 200, answer: {} };
  const of = (change: object): string =>
    contract.problems({ ...good, query: new URLSearchParams(), ...change }).join('; ');
  assert.match(of({ path: '/me/nothing' }), /there is no GET/);
  assert.match(of({ query: new URLSearchParams({ limit: '51' }) }), /limit/);
  assert.match(of({ query: new URLSearchParams({ unknown: '1' }) }), /no parameter unknown/);
  assert.match(of({ path: '/audio-features', query: new URLSearchParams({ ids: 'a' }) }), /deprecated/);
  assert.match(of({ method: 'POST', path: '/me/playlists', status: 201, body: { name: 7 } }), /body\/name/);
  assert.match(of({ answer: { items: 'none', total: 'many' } }), /answer/);
});
