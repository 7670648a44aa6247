import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SharedOnce } from './shared-once.ts';

const [one, two, three] = [{}, {}, {}];

/** What a promise holds by now; 'waiting' while it does not. */
const now = <T>(promise: Promise<T>): Promise<T | 'waiting'> =>
  Promise.race([promise, new Promise<'waiting'>((resolve) => setImmediate(resolve, 'waiting'))]);

test('the first caller makes the value; all others wait for it and get the same one', async () => {
  const once = new SharedOnce();
  assert.deepEqual(await once.ask('search', 'a', one), { make: true });
  const waiting = [once.ask('search', 'a', two), once.ask('search', 'a', three)];
  assert.equal(await now(waiting[0]!), 'waiting');
  const value = { made: 1 };
  once.made('search', 'a', value);
  for (const told of [...waiting, once.ask('search', 'a', one)]) assert.equal(Object(await told).value, value);
});

test('if the maker ends, the next in line makes the value; waiting threads that have ended are skipped', async () => {
  const once = new SharedOnce();
  await once.ask('search', 'a', one);
  void once.ask('search', 'a', two);
  const last = once.ask('search', 'a', three);
  once.lost(two);
  once.lost(one);
  assert.deepEqual(await now(last), { make: true });
  once.lost(three);
  assert.deepEqual(await once.ask('search', 'a', one), { make: true }, 'nobody was left in line');
});

test('versions are made separately; the latest replaces only others of its kind', async () => {
  const once = new SharedOnce();
  for (const [kind, version] of [
    ['search', 'a'],
    ['map', 'a'],
    ['search', 'b'],
  ] as const) {
    assert.deepEqual(await once.ask(kind, version, one), { make: true });
    once.made(kind, version, `${kind} ${version}`);
  }
  assert.deepEqual(await once.ask('search', 'b', two), { value: 'search b' });
  assert.deepEqual(await once.ask('map', 'a', two), { value: 'map a' });
  assert.deepEqual(await once.ask('search', 'a', two), { make: true });
});
