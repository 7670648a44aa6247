import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserLists } from './browser-lists.ts';
import type { NewList } from './list-store.ts';

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
const list = (title: string, songs = 2): NewList => ({
  title,
  songs: Array.from({ length: songs }, (_, i) => ({ uri: `demo:track:${i}`, name: `Song ${i}`, artists: ['Band'] })),
  recipe: null,
});
const titles = async (place: ReturnType<typeof storage>): Promise<string[]> =>
  (await browserLists(place).all()).lists.map(({ title }) => title);

test('lists are kept newest first with their songs; a deleted one is put back where it stood', async () => {
  const place = storage();
  const store = browserLists(place);
  for (const title of ['a', 'b', 'c']) await store.save(list(title, title === 'b' ? 3 : 1));
  assert.deepEqual(await titles(place), ['c', 'b', 'a']);
  const { lists } = await store.all();
  assert.equal(lists[1]!.length, 3);
  assert.equal((await store.songs(lists[1]!.id))[2]!.name, 'Song 2');
  const restore = await store.remove(lists[1]!.id);
  assert.deepEqual(await titles(place), ['c', 'a']);
  await restore();
  assert.deepEqual(await titles(place), ['c', 'b', 'a']);
});

test('what is damaged in the store is left out; a full store refuses in words and keeps what it had', async () => {
  const place = storage(400);
  const kept = { id: 'x', title: 'a', savedAt: '2026-01-01T00:00:00.000Z', songs: list('a', 1).songs };
  place.setItem('segue:lists', JSON.stringify([{ id: 1 }, kept, { ...kept, songs: [null] }]));
  const store = browserLists(place);
  assert.deepEqual(await titles(place), ['a']);
  await assert.rejects(store.save(list('b', 50)), /no room/);
  assert.deepEqual(await titles(place), ['a']);
  place.setItem('segue:lists', '{');
  assert.deepEqual(await titles(place), []);
});
