import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type ConnectedWorld, connectedWorld } from '../../../test/support/connected-world.ts';
import { SegueError } from '../../errors.ts';
import { type Household, openHousehold } from '../../listeners/personal/household.ts';
import { PersonalRecommender } from '../../listeners/personal/personal-recommender.ts';
import { Scopes } from '../brain/scope.ts';
import { type Connected, openConnected } from '../open.ts';
import { Weekly, type WeeklyParts } from './weekly.ts';

const MONDAY = Date.UTC(2026, 10, 23, 12);
const DAY = 86_400_000;

let world: ConnectedWorld;
let household: Household;
let now = MONDAY;
before(async () => {
  world = await connectedWorld({ models: ['track-neighbours', 'clusters'] });
  household = openHousehold(world.library, undefined);
  const { engine, connected } = world;
  const { dataset } = engine.current;
  // Two tastes: the songs of four playlists, loved.
  const tracks = [...new Set([3, 4, 40, 41].flatMap((owner) => [...dataset.tracksOf(owner)]))];
  await connected.repository.opinions.set(
    'alice',
    tracks.map((t) => ({ song: dataset.tracks.vocabulary.id(t), kind: 'like' as const, at: MONDAY - 30 * DAY })),
  );
  await connected.repository.lists.save('alice', {
    id: 'mine',
    name: 'Mine',
    songs: tracks
      .slice(0, 8)
      .map((t) => ({ song: dataset.tracks.vocabulary.id(t), title: dataset.tracks.names.get(t) })),
  });
});
after(async () => {
  await household.close();
  await world.close();
});
beforeEach(() => {
  now = MONDAY;
  world.fake.before = () => undefined;
  world.fake.playlists = [];
  world.connected.connections.store.run('DELETE FROM weekly');
  world.connected.connections.store.run('DELETE FROM weekly_list');
  world.connected.connections.store.run('DELETE FROM written');
});

const weeklyOf = (connected: Connected = world.connected, personal?: WeeklyParts['personal']): Weekly => {
  const { connections, repository } = connected;
  return new Weekly({
    connections,
    repository,
    engine: world.engine,
    personal: personal ?? new PersonalRecommender(world.engine, household, () => now),
    scopes: new Scopes(connections.store, connections.held),
    now: () => now,
  });
};
const there = () => world.fake.playlists.map(({ id, name, songs }) => ({ id, name, songs: [...songs] }));

test('mixes of what the server holds and saved lists are written now, then each Monday, into the same playlists', async () => {
  const { connection, fake, connected } = world;
  const weekly = weeklyOf();
  assert.equal(await weekly.status(connection), null, 'off until somebody switches it on');
  await weekly.writeDue();
  assert.deepEqual(there(), []);

  await weekly.choose(connection, { mixes: true, lists: ['mine'] });
  assert.equal((await weekly.status(connection))!.state, 'due');
  await weekly.writeDue();
  const first = there();
  assert.ok(first.length >= 3, JSON.stringify(first.map(({ name }) => name)));
  assert.ok(first.some(({ name }) => name === 'Mine') && first.every(({ name }) => !/unfinished/.test(name)));
  const mixes = first.filter(({ name }) => name !== 'Mine');
  for (const { name, songs } of mixes) assert.ok(songs.length >= 20, `${name}: ${songs.length} songs that are there`);
  const songs = mixes.flatMap((list) => list.songs);
  assert.equal(new Set(songs).size, songs.length, 'no song in two mixes');
  const status = (await weekly.status(connection))!;
  assert.equal(status.state, 'waiting');
  assert.equal(status.next, '2026-11-30');
  assert.equal(status.written.length, first.length);
  assert.ok(status.written.every((list) => list.written !== null));

  const requests = fake.requests.length;
  now += 6 * DAY;
  await weekly.writeDue();
  assert.equal(fake.requests.length, requests, 'nothing more in this week, not even a question');

  now = MONDAY + 7 * DAY;
  await connected.repository.lists.save('alice', { id: 'mine', name: 'Mine', songs: [] });
  await connected.repository.lists.describe('alice', 'mine', { name: 'Mine, changed' });
  await weekly.writeDue();
  const second = there();
  assert.deepEqual(second.map(({ id }) => id).sort(), first.map(({ id }) => id).sort(), 'none doubled, none lost');
  assert.deepEqual(second.find(({ name }) => name === 'Mine, changed')?.songs, []);
  const again = second.flatMap((list) => list.songs).filter((song) => songs.includes(song)).length;
  assert.ok(again <= songs.length * 0.2, `${again} of ${songs.length} songs come back a week later`);
  // What was written there comes back as no list of the listener.
  await connected.connections.sync(connection);
  const { items } = await connected.repository.lists.page('alice', { limit: 100 });
  assert.deepEqual(
    items.map(({ id }) => id),
    ['mine'],
  );
  await connected.repository.lists.revert('alice', 'mine', 1);
  await connected.repository.lists.describe('alice', 'mine', { name: 'Mine' });
});

test('the week begins when it is Monday where the listener is', async () => {
  const { connection, connected, fake } = world;
  await connected.repository.settings.set('alice', { timeZone: 'Pacific/Auckland' });
  const weekly = weeklyOf();
  await weekly.choose(connection, { mixes: false, lists: ['mine'] });
  now = Date.UTC(2026, 10, 29, 10, 59);
  await weekly.writeDue();
  assert.equal((await weekly.status(connection))!.next, '2026-11-30');
  const requests = fake.requests.length;
  now = Date.UTC(2026, 10, 29, 11, 1);
  assert.equal((await weekly.status(connection))!.state, 'due');
  await weekly.writeDue();
  assert.ok(fake.requests.length > requests);
  assert.equal((await weekly.status(connection))!.next, '2026-12-07');
  await connected.repository.settings.set('alice', { timeZone: 'UTC' });
});

test('cut off at any request, another process goes on with the same lists, and nothing is doubled', async () => {
  const { connection, fake, connected } = world;
  // Two mixes that are other ones each time they are made.
  const { vocabulary, names } = world.engine.current.dataset.tracks;
  let made = 0;
  const mixes = async () =>
    ['Rock mix', 'Jazz mix'].map((title) => {
      const tracks = Array.from({ length: 5 }, (_, i) => 2 * (5 * made + i)).map((t) => ({
        uri: vocabulary.id(t),
        name: names.get(t),
        artists: [],
        score: 1,
        because: [],
      }));
      made++;
      return { id: title, kind: 'mix' as const, title, model: 'm', tracks, notes: [] };
    });
  const whole = weeklyOf(connected, { mixes });
  await whole.choose(connection, { mixes: true, lists: ['mine'] });
  const from = fake.requests.length;
  await whole.writeDue();
  const needed = fake.requests.length - from;
  assert.equal(there().length, 3);
  for (let cut = 1; cut <= needed; cut++) {
    fake.playlists = [];
    made = 0;
    connected.connections.store.run('DELETE FROM written');
    const first = weeklyOf(connected, { mixes });
    await first.choose(connection, { mixes: true, lists: ['mine'] });
    let left = cut;
    let closing: Promise<void> | null = null;
    fake.before = () => {
      if (--left === 0) closing = first.close();
      return undefined;
    };
    await first.writeDue().catch((error: unknown) => {
      assert.ok(error instanceof SegueError && error.code === 'CANCELLED', String(error));
    });
    await closing;
    fake.before = () => undefined;
    await weeklyOf(connected, { mixes }).writeDue();
    // Cut off before the lists of the week were kept they are made again, after that never.
    const names = there().map(({ name }) => name);
    assert.deepEqual(names.sort(), ['Jazz mix', 'Mine', 'Rock mix'], `cut off at request ${cut} of ${needed}`);
    const songs = there().flatMap((list) => (list.name === 'Mine' ? [] : list.songs));
    const batch = Math.floor(Number(songs[0]!.slice(2)) / 20) * 20;
    assert.deepEqual(
      songs.map((id) => Number(id.slice(2))).sort((x, y) => x - y),
      Array.from({ length: 10 }, (_, i) => batch + 2 * i),
      'the lists of one making, whole',
    );
  }
});

test('of several servers on one library one writes; a list that was being made when another looked is not made twice', async () => {
  const { connection, fake } = world;
  const household = openHousehold(world.library, undefined);
  const second = await openConnected(world.library, world.engine, household);
  try {
    const [one, two] = [weeklyOf(), weeklyOf(second)];
    await one.choose(connection, { mixes: true, lists: ['mine'] });
    await Promise.all([one.writeDue(), two.writeDue()]);
    await two.writeDue();
    const names = there().map(({ name }) => name);
    assert.equal(new Set(names).size, names.length, names.join(', '));
    assert.equal(fake.calls('createPlaylist') > 0, true);
    assert.equal((await two.status(connection))!.state, 'waiting');
  } finally {
    second.close();
    await household.close();
  }
});

test('a server that is away is tried again after an hour, one that refuses after a day or a new sign-in; both in a sentence', async () => {
  const { connection, fake, connected } = world;
  const weekly = weeklyOf();
  await weekly.choose(connection, { mixes: false, lists: ['mine'] });
  fake.before = (_method, response) => {
    response.destroy();
    return true;
  };
  await weekly.writeDue();
  const away = (await weekly.status(connection))!;
  assert.match(away.problem!, /cannot be reached/);
  assert.deepEqual([away.state, away.next, away.retryAt], ['due', null, now + 3_600_000]);
  fake.before = () => undefined;
  const requests = fake.requests.length;
  await weekly.writeDue();
  assert.equal(fake.requests.length, requests, 'not before the hour is over');
  now += 3_600_000;
  const { password } = fake;
  fake.password = 'another';
  await weekly.writeDue();
  const refused = (await weekly.status(connection))!;
  assert.doesNotMatch(refused.problem!, /hunter2/);
  assert.equal(refused.retryAt, now + DAY);
  await connected.connections.connect('subsonic', 'alice', {
    address: fake.address,
    user: fake.user,
    password: 'another',
  });
  await weekly.writeDue();
  const done = (await weekly.status(connection))!;
  assert.deepEqual([done.problem, done.state], [null, 'waiting']);
  fake.password = password;
  await connected.connections.connect('subsonic', 'alice', { address: fake.address, user: fake.user, password });
});

test('lists in the bin are left out, those read from the server cannot go back to it, and switching off ends it', async () => {
  const { connection, connected, fake } = world;
  const weekly = weeklyOf();
  const refused = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;
  await assert.rejects(weekly.choose(connection, { mixes: false, lists: [] }), refused('USAGE'));
  await assert.rejects(weekly.choose(connection, { mixes: false, lists: ['nowhere'] }), refused('NOT_FOUND'));
  await connected.repository.lists.save('alice', { id: `${connection}:x`, name: 'From there', songs: [] });
  await assert.rejects(weekly.choose(connection, { mixes: true, lists: [`${connection}:x`] }), refused('USAGE'));
  await connected.repository.lists.remove('alice', `${connection}:x`, { forGood: true });
  await weekly.choose(connection, { mixes: false, lists: ['mine'] });
  await connected.repository.lists.remove('alice', 'mine');
  await weekly.writeDue();
  assert.deepEqual(there(), []);
  await connected.repository.lists.restore('alice', 'mine');
  weekly.switchOff(connection);
  now += 7 * DAY;
  const requests = fake.requests.length;
  await weekly.writeDue();
  assert.equal(fake.requests.length, requests);
});
