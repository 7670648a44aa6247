import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arrange, moveTo, pin, removeFromList, unpin } from './arrange.ts';
import { decodeQuery, encodeQuery } from './codec.ts';
import { EMPTY_QUERY, type Query } from './query.ts';

const songs = (text: string): { uri: string; name: string; artists: string[] }[] =>
  [...text].map((letter) => ({ uri: `demo:track:${letter}`, name: letter, artists: ['Band'] }));
const shown = (text: string, query: Query): string =>
  arrange(songs(text), query, (p) => p)
    .map((song) => song.name)
    .join('');
const uri = (letter: string): string => `demo:track:${letter}`;

test('a moved song keeps its place when the list changes', () => {
  const query = moveTo(EMPTY_QUERY, songs('abcde'), uri('d'), 1);
  assert.equal(shown('abcde', query), 'adbce');
  assert.equal(shown('xyz', query), 'xdyz');
  assert.equal(shown('', query), 'd');
});

test('moving one song past pinned ones keeps their neighbours', () => {
  let query = pin(EMPTY_QUERY, songs('abcde'), uri('b'));
  query = moveTo(query, songs('abcde'), uri('e'), 0);
  assert.equal(shown('abcde', query), 'eabcd');
  assert.equal(shown('abcde', unpin(query, uri('e'))), 'acbde');
});

test('a removed song is gone, and no longer pinned', () => {
  const query = removeFromList(pin(EMPTY_QUERY, songs('abc'), uri('b')), uri('b'));
  assert.equal(shown('abc', query), 'ac');
  assert.deepEqual(query.placed, []);
  assert.deepEqual(query.bans, []);
});

test('any moves give a permutation that shows what was dragged where, and survives its link', async () => {
  const letters = 'abcdefgh';
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { minLength: 1, maxLength: 12 }),
      async (moves: [number, number][]) => {
        let query: Query = EMPTY_QUERY;
        for (const [from, to] of moves) {
          const before = arrange(songs(letters), query, (p) => p as ReturnType<typeof songs>[number]);
          query = moveTo(query, before, before[from]!.uri, to);
          assert.equal(shown(letters, query)[to], before[from]!.name);
        }
        assert.equal([...shown(letters, query)].sort().join(''), letters);
        assert.deepEqual(await decodeQuery(await encodeQuery(query)), query);
      },
    ),
    { seed: 1 },
  );
});
