import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeQuery, encodeQuery } from './codec.ts';
import { HISTORY_LIMIT, push, redo, startHistory, undo } from './history.ts';
import { readPlace, writePlace } from './location.ts';
import {
  addSeeds,
  ban,
  chooseModel,
  countChanged,
  EMPTY_QUERY,
  keepUnknown,
  type Query,
  relax,
  resetDials,
  setRange,
  setTitle,
  stepWeight,
  takeBack,
} from './query.ts';
import { toRequest } from './request.ts';
import { type Environment, type Mark, Session } from './session.ts';
import { queryOf } from './validate.ts';

const seed = (n: number): Query['seeds'][number] => ({
  uri: `spotify:track:${n}`,
  name: `Song ${n}`,
  artists: ['A'],
  weight: 1,
});
const some: Query = {
  ...EMPTY_QUERY,
  seeds: [seed(1), { ...seed(2), weight: -1 }],
  title: 'rainy sunday',
  diversity: 0.4,
};

test('a query survives its link, short and deflated', async () => {
  assert.equal(await encodeQuery(EMPTY_QUERY), '');
  const short = await encodeQuery(some);
  assert.match(short, /^q[\w-]+$/);
  assert.deepEqual(await decodeQuery(short), some);
  const big = {
    ...some,
    seeds: Array.from({ length: 200 }, (_, i) => seed(i)),
    bans: [{ id: 'artist:x', label: 'X' }],
  };
  const long = await encodeQuery(big);
  assert.match(long, /^z[\w-]+$/);
  assert.ok(long.length < 4_000);
  assert.deepEqual(await decodeQuery(long), big);
});

test('no limit of artists survives its link; a link from before the limit gets the default', async () => {
  const free = { ...some, perArtist: null };
  assert.equal((await decodeQuery(await encodeQuery(free))).perArtist, null);
  assert.equal((await decodeQuery(await encodeQuery(some))).perArtist, 'auto');
});

test('titles of any script survive the link', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (title) => {
      assert.deepEqual(await decodeQuery(await encodeQuery({ ...EMPTY_QUERY, title })), { ...EMPTY_QUERY, title });
    }),
  );
});

test('damaged and hostile links give a usable query', async () => {
  for (const text of [
    'q',
    'z',
    'q!!!',
    'zAAAA',
    'qbnVsbA',
    'qMTI',
    `q${btoa('{"seeds":[1,null,["",1]],"n":"x","filters":{"year":{"from":"1"}}}')}`,
  ])
    assert.deepEqual(await decodeQuery(text), EMPTY_QUERY);
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const query = queryOf(value);
      assert.deepEqual(queryOf(query), query);
    }),
  );
  const clamped = queryOf({
    n: 9_999,
    diversity: -3,
    perArtist: 99,
    seeds: [{ uri: 'a', weight: 1e9 }, { uri: 'a' }],
    filters: { year: { from: 3000, to: 1 } },
  });
  assert.deepEqual(
    [clamped.n, clamped.diversity, clamped.perArtist, clamped.seeds.length, clamped.seeds[0]!.weight],
    [500, 0, 15, 1, 10],
  );
  assert.deepEqual(clamped.filters.year, { from: 1920, to: 2026 });
});

test('an inflating bomb is refused', async () => {
  const zeros = new Blob([new Uint8Array(20_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = Buffer.from(await new Response(zeros).arrayBuffer());
  assert.deepEqual(await decodeQuery(`z${bytes.toString('base64url')}`), EMPTY_QUERY);
});

test('addresses are read back; strange ones are the front page', () => {
  assert.deepEqual(readPlace(writePlace({ view: 'map', code: 'qabc' })), { view: 'map', code: 'qabc' });
  assert.deepEqual(readPlace('#/nowhere?<script>'), { view: 'discover', code: '', damaged: true });
  assert.deepEqual(readPlace(''), { view: 'discover', code: '' });
});

test('undo and redo walk the steps; a dragged dial is one step', () => {
  let history = startHistory(0);
  history = push(history, 1, 'one', 0);
  for (let i = 0; i < 20; i++) history = push(history, 2 + i, 'dial', 1_000 + i * 50, 'diversity');
  assert.equal(history.past.length, 2);
  history = undo(history);
  assert.equal(history.present.value, 1);
  history = redo(history);
  assert.equal(history.present.value, 21);
  assert.equal(push(undo(history), 9, 'new', 1e6).future.length, 0);
  for (let i = 0; i < 500; i++) history = push(history, -i, 'many', 1e6 + i);
  assert.equal(history.past.length, HISTORY_LIMIT);
});

test('the steps of a query', () => {
  const once = addSeeds(ban(EMPTY_QUERY, { id: seed(1).uri, label: 'x' }), [seed(1), seed(1)]);
  assert.deepEqual([once.seeds.length, once.bans.length], [1, 0]);
  assert.equal(addSeeds(once, [seed(1)]), once);
  assert.equal(stepWeight(1, 1), 2);
  assert.equal(stepWeight(0.5, -1), -1);
  assert.equal(stepWeight(4, 1), 4);
  assert.deepEqual(setRange(EMPTY_QUERY, 'year', 1920, 1979).filters, { year: { to: 1979 } });
  assert.deepEqual(setRange(some, 'year', 1920, 2026).filters, {});
  assert.equal(countChanged({ ...some, perArtist: 2 }), 2);
  assert.deepEqual(relax({ ...some, filters: { year: { from: 1 } }, genres: ['a'] }, 'year').filters, {});
  assert.deepEqual(keepUnknown(keepUnknown(some, 'year', true), 'year', true).keepUnknown, ['year']);
  assert.deepEqual(chooseModel({ ...some, options: { a: 1 } }, 'als').options, {});
});

test('the request leaves defaults out', () => {
  assert.deepEqual(toRequest(EMPTY_QUERY), { n: 50, details: true, perArtist: 'auto', balance: 0.5 });
  assert.equal('perArtist' in toRequest({ ...EMPTY_QUERY, perArtist: null }), false);
  const body = toRequest({ ...some, explicit: false, filters: { year: { from: 1990 } } });
  assert.deepEqual(body.seeds, [{ track: 'spotify:track:1' }, { track: 'spotify:track:2', weight: -1 }]);
  assert.deepEqual(body.filters, { year: { from: 1990 }, explicit: false, keepUnknown: [] });
});

test('words are asked as text; what is taken back of them goes with the words', async () => {
  const back = takeBack(takeBack(some, 'mood:rainy'), 'mood:rainy');
  assert.deepEqual(back.without, ['mood:rainy']);
  assert.deepEqual(await decodeQuery(await encodeQuery(back)), back);
  const body = toRequest(resetDials(back));
  assert.deepEqual([body.text, body.title, body.without], ['rainy sunday', undefined, ['mood:rainy']]);
  assert.equal('without' in toRequest(setTitle(back, 'snow')), false);
});

function memory() {
  const store = (): Pick<Storage, 'getItem' | 'setItem'> => {
    const map = new Map<string, string>();
    return { getItem: (key) => map.get(key) ?? null, setItem: (key, value) => void map.set(key, value) };
  };
  const environment = {
    hash: '',
    hashes: [] as string[],
    pushes: 0,
    /** The browser's history, and the position in it. */
    entries: [{ hash: '', mark: null }] as { hash: string; mark: Mark | null }[],
    entry: 0,
    readHash: () => environment.hash,
    readMark: () => environment.entries[environment.entry]!.mark,
    writeHash: (hash: string, how: 'push' | 'replace', mark: Mark) => {
      environment.hash = hash;
      environment.hashes.push(hash);
      if (how === 'push') {
        environment.pushes++;
        environment.entries.length = ++environment.entry;
      }
      environment.entries[environment.entry] = { hash, mark };
    },
    /** Back (−1) or Forward (1). */
    go: (by: number) => {
      environment.entry += by;
      environment.hash = environment.entries[environment.entry]!.hash;
    },
    tab: store(),
    browser: store(),
    now: () => 0,
  };
  return environment;
}

test('a reload brings back the query and its undo list', async () => {
  const environment = memory();
  const first = new Session(environment);
  await first.start();
  first.change((q) => addSeeds(q, [seed(1)]), 'Added Song 1');
  first.change((q) => addSeeds(q, [seed(2)]), 'Added Song 2');
  first.undo();
  await first.settled();
  const second = new Session(environment);
  await second.start();
  assert.deepEqual(second.read().query, first.read().query);
  second.redo();
  assert.equal(second.read().query.seeds.length, 2);
  second.undo();
  second.undo();
  assert.deepEqual(second.read().query, EMPTY_QUERY);
});

test('a dial leaves one entry in the history of the browser', async () => {
  const environment = memory();
  const session = new Session(environment);
  await session.start();
  session.change((q) => addSeeds(q, [seed(1)]), 'Added');
  for (let i = 1; i <= 10; i++) session.change((q) => ({ ...q, diversity: i / 10 }), 'Diversity', 'diversity');
  await session.settled();
  assert.equal(environment.pushes, 2);
});

test('back restores the earlier state, and the change can be redone', async () => {
  const environment = memory();
  const session = new Session(environment);
  await session.start();
  session.change((q) => addSeeds(q, [seed(1)]), 'Added');
  await session.settled();
  const before = environment.hash;
  session.change((q) => ({ ...q, title: 'x' }), 'Titled');
  session.show('map');
  await session.settled();
  environment.go(-2);
  assert.equal(environment.hash, before);
  await session.moved();
  assert.deepEqual([session.read().view, session.read().query.title], ['discover', '']);
  session.redo();
  assert.equal(session.read().query.title, 'x');
});

test('two tabs keep their own state and the newest is offered to a third', async () => {
  const environment = memory();
  const other: Environment = { ...memory(), browser: environment.browser };
  const [a, b] = [new Session(environment), new Session(other)];
  await a.start();
  await b.start();
  a.change((q) => ({ ...q, title: 'a' }), 'a');
  b.change((q) => ({ ...q, title: 'b' }), 'b');
  await a.settled();
  await b.settled();
  assert.deepEqual([a.read().query.title, b.read().query.title], ['a', 'b']);
  assert.equal(new Session(environment).lastQuery()?.title, 'b');
});

test('back never applies again what was undone', async () => {
  const environment = memory();
  const session = new Session(environment);
  const back = async (): Promise<string> => {
    environment.go(-1);
    await session.moved();
    await session.settled();
    return session.read().query.title;
  };
  await session.start();
  for (const title of ['a', 'b', 'c']) session.change((q) => ({ ...q, title }), title);
  session.undo();
  session.undo();
  await session.settled();
  assert.deepEqual([session.read().query.title, await back(), await back()], ['a', 'a', 'a']);
  assert.equal(await back(), '');

  session.redo();
  session.change((q) => ({ ...q, title: 'd' }), 'd');
  await session.settled();
  // The branch with b and c was abandoned: neither comes back.
  while (environment.entry > 0) assert.ok(['a', ''].includes(await back()));
});

test('edits of a list too long for a link survive a reload', async () => {
  const environment = memory();
  const session = new Session(environment);
  await session.start();
  // Names that do not compress.
  let state = 1;
  const noise = (): string => {
    let text = '';
    while (text.length < 60) text += (state = (state * 48_271) % 2_147_483_647).toString(36);
    return text;
  };
  const many = Array.from({ length: 3_000 }, (_, i) => ({ ...seed(i), name: noise() }));
  session.change((q) => addSeeds(q, many), 'Added many');
  await session.settled();
  assert.equal(readPlace(environment.hash).code, 's');
  session.change((q) => ({ ...q, seeds: q.seeds.slice(1) }), 'Removed one');
  session.change((q) => ({ ...q, seeds: q.seeds.slice(1) }), 'Removed another');
  await session.settled();
  const second = new Session(environment);
  await second.start();
  assert.equal(second.read().query.seeds.length, 2_998);
});

test('a damaged link opens an empty page that says so', async () => {
  for (const hash of ['#/discover?qAAAA', '#/discover?z_damaged', '#/discover?q%20broken', '#/map?s']) {
    const environment = memory();
    environment.hash = hash;
    const session = new Session(environment);
    await session.start();
    assert.equal(session.read().damaged, true, hash);
    assert.deepEqual(session.read().query, EMPTY_QUERY);
    session.change((q) => ({ ...q, title: 'x' }), 'x');
    assert.equal(session.read().damaged, false);
  }
});
