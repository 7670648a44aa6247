import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { failing } from '../../../test/support/fake-json-server.ts';
import { FakeLastFm } from '../../../test/support/fake-lastfm.ts';
import type { Connection, Page, Readable, ServiceContext } from '../contract.ts';
import { outgoingTo } from '../network.ts';
import { lastFmAt } from './lastfm.ts';

const running: FakeLastFm[] = [];
after(() => Promise.all(running.map((fake) => fake.stop())));

async function bench(given: { user?: string; key?: string } = {}) {
  const fake = await new FakeLastFm().start();
  running.push(fake);
  fake.plays = Array.from({ length: 950 }, (_, i) => ({
    at: 1_700_000_000 - Math.floor(i / 2) * 2 * 180,
    title: i % 40 === 0 ? '夜に駆ける' : `Song ${i}`,
    artist: `Artist ${i % 30}`,
  }));
  const service = lastFmAt(fake.address);
  const waits: number[] = [];
  let time = 0;
  const context: ServiceContext = {
    outgoing: outgoingTo('test', service.hosts({}), { note: () => {} }),
    now: () => time,
    wait: async (ms) => {
      waits.push(ms);
      time += ms;
    },
    refusals: { because: () => null, note: () => {} },
    renewSecrets: (renew) => renew({}),
  };
  const { settings, secrets, account } = await service.signIn({ user: 'alice', key: fake.key, ...given }, context);
  assert.equal(account, 'alice at Last.fm');
  return { fake, waits, connection: service.open(settings, secrets, context) };
}

async function pagesOf(connection: Connection, part: Readable, cursor: string | null = null): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of connection.read(part, cursor)) all.push(page);
  return all;
}
const playsOf = (pages: readonly Page[]): string[] =>
  pages.flatMap((p) => p.items.flatMap((i) => (i.kind === 'play' ? [`${i.play.at} ${i.play.song.title}`] : [])));
const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

test('a wrong or changed key, an unknown user and hidden plays are plain sentences without the key', async () => {
  await assert.rejects(bench({ key: 'wrong-key' }), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'SIGN_IN_REFUSED');
    assert.ok(!error.message.includes('wrong-key'));
    return true;
  });
  await assert.rejects(bench({ user: 'nobody' }), { code: 'NOT_FOUND', message: /no user with this name/ });
  const { fake, connection } = await bench();
  fake.key = 'made anew there';
  for (const part of ['plays', 'likes'] as const)
    await assert.rejects(pagesOf(connection, part), { code: 'SIGN_IN_REFUSED' });
  fake.fail = () => ({ status: 403, body: { error: 17, message: 'Login: User required to be logged in' } });
  await assert.rejects(pagesOf(connection, 'plays'), { code: 'NOT_POSSIBLE', message: /hides the plays/ });
});

test('reads all plays, goes on after any page, then asks once for what is new', async () => {
  const { fake, connection } = await bench();
  fake.nowPlaying = true;
  const before = fake.requests.length;
  const whole = await pagesOf(connection, 'plays');
  const expected = sorted(fake.plays.map(({ at, title }) => `${at} ${title}`));
  assert.deepEqual(sorted(playsOf(whole)), expected);
  assert.equal(fake.requests.length - before, 5);
  for (let stop = 0; stop < whole.length - 1; stop++)
    assert.deepEqual(
      sorted([
        ...playsOf(whole.slice(0, stop + 1)),
        ...playsOf(await pagesOf(connection, 'plays', whole[stop]!.cursor)),
      ]),
      expected,
      `stopped after page ${stop}`,
    );
  fake.plays.unshift({ at: fake.plays[0]!.at + 500, title: 'New', artist: 'A' });
  const count = fake.requests.length;
  assert.equal(playsOf(await pagesOf(connection, 'plays', whole.at(-1)!.cursor))[0], `${fake.plays[0]!.at} New`);
  assert.equal(fake.requests.length - count, 1);
});

test('plays that come and go between two pages move no other play; one play and none are lists too', async () => {
  const { fake, connection } = await bench();
  const kept = fake.plays.filter((_, i) => i !== 4).map(({ at, title }) => `${at} ${title}`);
  const seen: string[] = [];
  for await (const page of connection.read('plays', null)) {
    seen.push(...playsOf([page]));
    fake.plays.unshift({ at: fake.plays[0]!.at + 5, title: 'During', artist: 'A' });
    if (fake.plays[5]?.title === 'Song 4') fake.plays.splice(5, 1);
  }
  for (const play of kept) assert.ok(seen.includes(play), play);
  for (const n of [1, 0]) {
    fake.plays = fake.plays.slice(0, n);
    assert.equal(playsOf(await pagesOf(connection, 'plays')).length, n);
  }
});

test('passing errors and limits are waited for, whichever way the service reports them', async () => {
  const passing = [
    { status: 200, body: { error: 29, message: 'Rate limit exceeded' } },
    { status: 500, body: { error: 8, message: 'Operation failed' } },
    { status: 429, headers: { 'retry-after': '3' } },
    'drop',
  ] as const;
  for (const failure of passing) {
    const { fake, connection, waits } = await bench();
    fake.fail = failing(2, failure);
    assert.equal(playsOf(await pagesOf(connection, 'plays')).length >= 950, true);
    assert.ok(waits.some((ms) => ms >= 1000));
    fake.fail = () => failure;
    await assert.rejects(pagesOf(connection, 'plays'), { code: 'SERVICE_AWAY' });
  }
});

test('no more than five requests a second', async () => {
  const { connection, waits } = await bench();
  await pagesOf(connection, 'plays');
  assert.deepEqual(waits, [200, 200, 200, 200]);
});

test('loved songs are read, and again from the first page when they change meanwhile; nameless ones are passed over', async () => {
  const { fake, connection } = await bench();
  fake.loved = Array.from({ length: 450 }, (_, i) => ({ title: i === 7 ? '' : `L${i}`, artist: 'A' }));
  let calls = 0;
  fake.fail = ({ url }) => {
    if (url.searchParams.get('method') === 'user.getLovedTracks' && ++calls === 2) fake.loved.splice(0, 2);
    return undefined;
  };
  const pages = await pagesOf(connection, 'likes');
  const seen = new Set(pages.flatMap((p) => p.items.flatMap((i) => (i.kind === 'like' ? [i.song?.title] : []))));
  for (const { title } of fake.loved) assert.ok(title === '' || seen.has(title), title);
  assert.ok(pages.at(-1)!.complete);
});
