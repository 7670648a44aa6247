import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserLists, type SavedList } from './list-store.ts';

const storage = (limit = Number.POSITIVE_INFINITY) => {
  const map = new Map<string, string>();
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > limit) throw new DOMException('full', 'QuotaExceededError');
      map.set(key, value);
    },
  };
};
const list = (id: string, songs = 2): SavedList => ({
  id,
  title: `List ${id}`,
  savedAt: '2026-01-01T00:00:00.000Z',
  hash: '#/discover',
  songs: Array.from({ length: songs }, (_, i) => ({ uri: `demo:track:${i}`, name: `Song ${i}`, artists: ['Band'] })),
});

test('lists are kept newest first, replaced by id, and deleted', async () => {
  const place = storage();
  const store = browserLists(place);
  await store.save(list('a'));
  await store.save(list('b'));
  await store.save({ ...list('a'), title: 'Again' });
  assert.deepEqual(
    (await browserLists(place).all()).map((l) => l.title),
    ['Again', 'List b'],
  );
  await store.remove('a');
  assert.deepEqual(
    (await store.all()).map((l) => l.id),
    ['b'],
  );
});

test('what is damaged in the store is left out; a full store refuses in words and keeps what it had', async () => {
  const place = storage(400);
  place.setItem('segue:lists', JSON.stringify([{ id: 1 }, list('a', 1), { ...list('c'), songs: [null] }]));
  const store = browserLists(place);
  assert.deepEqual(
    (await store.all()).map((l) => l.id),
    ['a'],
  );
  await assert.rejects(store.save(list('b', 50)), /no room/);
  assert.deepEqual(
    (await store.all()).map((l) => l.id),
    ['a'],
  );
  place.setItem('segue:lists', '{');
  assert.deepEqual(await store.all(), []);
});
