import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { datasetOf } from '../../../test/support/small-dataset.ts';
import { Rng } from '../../math/rng.ts';
import { ExactSongs } from './exact-songs.ts';
import { PostingBits } from './posting-bits.ts';
import { mayHaveVersion, plainTitle, splitSong, titleKey } from './song-text.ts';
import { SURE, TrackSearch, trackPrior } from './track-search.ts';
import { TrigramIndex } from './trigram-index.ts';
import { TrigramSets } from './trigram-sets.ts';
import { dice, searchWords, textTrigrams, trigramsOf, wordTrigrams } from './trigrams.ts';

const now = async (): Promise<void> => {};

/** The score of trigram-index.ts, computed text by text. */
function naive(texts: string[][], query: string[], unfinished: boolean): number[] {
  const grams = texts.map((t) => new Set(trigramsOf(t)));
  const weight = (g: number): number =>
    Math.fround(Math.log(1 + texts.length / (1 + grams.filter((s) => s.has(g)).length)));
  const asked = trigramsOf(query, unfinished);
  const total = asked.reduce((sum, g) => sum + weight(g), 0);
  return grams.map((set) => {
    const shared = asked.reduce((sum, g) => sum + (set.has(g) ? weight(g) : 0), 0);
    const excess = Math.max(0, set.size - asked.length);
    return (shared / total) * (1 - (0.2 * excess) / (excess + 40));
  });
}

const gramsOf =
  (texts: readonly string[][]) =>
  (i: number, grams: number[]): void => {
    for (const word of texts[i]!) wordTrigrams(word, true, grams);
  };

const word = fc.string({ minLength: 1, maxLength: 7, unit: fc.constantFrom('a', 'b', 'c', 'é', '1') });
const words = fc.array(word, { minLength: 1, maxLength: 4 });

test('the trigram index finds what a naive scan finds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(words, { minLength: 1, maxLength: 30 }),
      words,
      fc.boolean(),
      async (texts, query, open) => {
        const index = await TrigramIndex.build(texts.length, gramsOf(texts));
        const expected = naive(texts, query, open);
        const { items, scores } = index.search(query, texts.length, open);
        for (let i = 0; i < items.length; i++)
          assert.ok(Math.abs(scores[i]! - expected[items[i]!]!) < 1e-3 || scores[i]! < expected[items[i]!]!);
        // Texts that share more than half of the query are never missed, and never misjudged.
        const found = new Map(Array.from(items, (item, i) => [item, scores[i]!]));
        for (let t = 0; t < texts.length; t++)
          if (expected[t]! > 0.5) assert.ok(Math.abs((found.get(t) ?? 0) - expected[t]!) < 1e-3);
      },
    ),
  );
});

test('rare, middling and common trigrams all count, to the last bit', async () => {
  const rng = new Rng(3);
  const syllable = (): string =>
    'bcdfghlm'[Math.floor(8 * rng.uniform() ** 3)]! + 'aeiou'[Math.floor(5 * rng.uniform() ** 3)]!;
  const texts = Array.from({ length: 700 }, () =>
    Array.from({ length: 1 + rng.below(4) }, () => Array.from({ length: 1 + rng.below(4) }, syllable).join('')),
  );
  const index = await TrigramIndex.build(texts.length, gramsOf(texts));
  const { ptr, weight } = index.parts;
  const sets = texts.map((text) => new Set(trigramsOf(text)));
  const lengths = new Set<string>();
  for (const query of texts.slice(0, 100)) {
    const grams = trigramsOf(query).sort((a, b) => weight[b]! - weight[a]!);
    const total = grams.reduce((sum, gram) => sum + weight[gram]!, 0);
    const expected = sets.map((set) => {
      let [shared, done, rare] = [0, 0, false];
      for (const gram of grams) {
        const common = done >= total * 0.5;
        done += weight[gram]!;
        if (common) lengths.add(ptr[gram + 1]! - ptr[gram]! < texts.length / 32 ? 'list' : 'bits');
        if (!set.has(gram) || (common && !rare)) continue;
        rare = true;
        shared = Math.fround(shared + weight[gram]!);
      }
      const excess = Math.max(0, set.size - grams.length);
      return Math.fround((shared / total) * (1 - (0.2 * excess) / (excess + 40)));
    });
    const order = [...expected.keys()].sort((a, b) => expected[b]! - expected[a]! || a - b).slice(0, 20);
    const { items, scores } = index.search(query, 20);
    assert.deepEqual(
      [...scores],
      order.map((text) => expected[text]!).filter((score) => score > 0),
    );
    for (const [i, text] of items.entries()) assert.equal(scores[i], expected[text]);
  }
  assert.deepEqual([...lengths].sort(), ['bits', 'list']);
});

test('lists as bits have the texts of the lists, however many are asked for', () => {
  const rng = new Rng(4);
  const lists = Array.from({ length: 500 }, () => Int32Array.from(rng.sample(100, rng.below(60))).sort());
  const ptr = Int32Array.from([0, ...lists.map(({ length }) => length)]);
  for (let l = 0; l < lists.length; l++) ptr[l + 1]! += ptr[l]!;
  const bits = new PostingBits(ptr, Int32Array.from(lists.flatMap((list) => [...list])), 100);
  for (let turn = 0; turn < 2000; turn++) {
    const list = turn < 1000 ? turn % 500 : rng.below(500);
    const words = bits.of(list);
    const texts = Array.from({ length: 100 }, (_, t) => t).filter((t) => (words[t >> 5]! >> (t & 31)) & 1);
    assert.deepEqual(texts, [...lists[list]!]);
  }
});

test('a search leaves nothing behind for the next one', async () => {
  const texts = [['alpha', 'beta'], ['alpha'], ['gamma']];
  const index = await TrigramIndex.build(3, gramsOf(texts));
  const first = index.search(['alpha'], 3);
  index.search(['gamma', 'beta'], 3);
  assert.deepEqual(index.search(['alpha'], 3), first);
});

const name = fc.string({ maxLength: 30, unit: fc.constantFrom(..."aB9é’'`-– \t()[{]},.ftΩ") });

test('the trigrams of a text are those of its words, also where no words are made of it', () => {
  fc.assert(
    fc.property(name, (text) => assert.deepEqual([...new Set(textTrigrams(text))], trigramsOf(searchWords(text)))),
  );
});

test('sets compared with many texts give what dice gives, one after the other', () => {
  const sets = new TrigramSets();
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), name, name, (asked, a, b) => {
      const grams = asked.map((text) => trigramsOf(searchWords(text)));
      sets.take(grams);
      const whole = [...new Set([...textTrigrams(a), ...textTrigrams(b)])];
      grams.forEach((set, s) => {
        assert.equal(sets.read(textTrigrams(a)).dice(s), dice(set, trigramsOf(searchWords(a))));
        assert.equal(sets.readOn(textTrigrams(b)).dice(s), dice(set, whole));
      });
    }),
  );
});

test('a title that has no version by its looks has none', () => {
  const parts = fc.array(
    fc.constantFrom('song', ' ', '  ', '(', ']', ' - ', ' \t– ', 'live', ' feat', ' ft.', 'featuring ', '2011'),
  );
  fc.assert(
    fc.property(parts, (chosen) => {
      const title = chosen.join('');
      if (!mayHaveVersion(title)) assert.deepEqual(searchWords(plainTitle(title)), searchWords(title));
    }),
  );
});

test('the key of a title is its words without a version, also where no words are made of it', () => {
  const parts = fc.array(
    fc.constantFrom('Song', 'a', '7', ' ', '  ', '(', ')', ' - ', "'", 'é', 'live', ' feat ', ' ft. '),
  );
  fc.assert(
    fc.property(parts, (chosen) => {
      const title = chosen.join('');
      assert.equal(titleKey(title), searchWords(plainTitle(title)).join(' '));
    }),
  );
});

test('dice is 1 for equal sets, symmetric and bounded', () => {
  fc.assert(
    fc.property(words, words, (a, b) => {
      const x = trigramsOf(a);
      const y = trigramsOf(b);
      assert.equal(dice(x, x), 1);
      assert.equal(dice(x, y), dice(y, x));
      assert.ok(dice(x, y) >= 0 && dice(x, y) <= 1);
    }),
  );
});

test('titles lose what names a version, and nothing else', () => {
  assert.equal(plainTitle('Heroes - 2017 Remaster'), 'Heroes');
  assert.equal(plainTitle('Hurt (Live) [Bonus]'), 'Hurt');
  assert.equal(plainTitle('Stay (feat. Somebody)'), 'Stay');
  assert.equal(plainTitle('(Untitled)'), '(Untitled)');
  assert.equal(plainTitle('Night - Day'), 'Night - Day');
  assert.equal(plainTitle('Monk’s Dream - Take 8'), 'Monk’s Dream');
  assert.equal(plainTitle('Night - Take Me Home'), 'Night - Take Me Home');
  assert.equal(titleKey("Don't Stop – Remastered"), 'dont stop');
  assert.deepEqual(splitSong('A Band – A Song'), { text: 'A Band – A Song', artist: 'A Band', title: 'A Song' });
  assert.equal(plainTitle('Title  (one) {two]  -  2011  -  x'), 'Title');
  assert.equal(plainTitle('Open (never closed feat. X'), 'Open (never closed');
  assert.deepEqual(splitSong('A\t - \tB - C'), { text: 'A\t - \tB - C', artist: 'A', title: 'B - C' });
  assert.deepEqual(splitSong('Up-Tempo'), { text: 'Up-Tempo', artist: '', title: '' });
});

const catalogue = datasetOf(
  [
    { uri: 't:0', name: 'Silver Morning', artists: [{ name: 'The Lanterns' }], durationMs: 200_000 },
    { uri: 't:1', name: 'Silver Morning - Remastered 2011', artists: [{ name: 'The Lanterns' }], durationMs: 200_500 },
    { uri: 't:2', name: 'Silver Morning', artists: [{ name: 'Other People' }], durationMs: 180_000 },
    { uri: 't:3', name: 'Lanterns', artists: [{ name: 'Somebody' }] },
    { uri: 't:4', name: 'Évening Ràin', artists: [{ name: 'Zoë' }, { name: 'The Lanterns' }] },
    { uri: 't:5', name: '', artists: [] },
    { uri: 't:6', name: '夜に駆ける', artists: [{ name: '夜' }] },
  ],
  [
    { id: 'p:0', items: [1, 4] },
    { id: 'p:1', items: [1, 2] },
    { id: 'p:2', items: [1] },
  ],
);
const search = await TrackSearch.build(catalogue, now);
const first = (text: string): number | undefined => search.find(text, 5)[0]?.track;

test('songs are found both ways round, with typos, accents and other scripts', () => {
  for (const text of ['The Lanterns - Silver Morning', 'silver morning - the lanterns', 'Silvr Mornin lanterns'])
    assert.ok([0, 1].includes(first(text)!), text);
  assert.equal(first('Other People - Silver Morning'), 2);
  assert.equal(first('evening rain'), 4);
  assert.equal(first('夜に駆け'), 6);
  assert.equal(first('zoe evening'), 4);
});

test("an artist's name brings the best known songs of the artist", () => {
  assert.ok(search.find('the lanterns', 3).some((h) => h.track === 1));
});

test('exact matches are sure, absent ones are not', () => {
  assert.equal(search.songs.find('the lanterns', 'SILVER MORNING (Live)')?.track, 1);
  assert.equal(search.songs.find('Nobody', 'Silver Morning'), null);
  assert.equal(search.songs.findLine(splitSong('Evening Rain - Zoe'))?.track, 4);
  assert.ok(search.find('Lanterns - Silver Morning', 1, false)[0]!.match > SURE);
  assert.equal(search.find('completely different words', 1, false).filter((h) => h.match > SURE).length, 0);
});

test('a pass over all names finds the songs that the table of titles finds', async () => {
  const unit = fc.constantFrom(
    'a',
    'b',
    'A',
    'é',
    "'",
    '`',
    ' ',
    '(',
    ')',
    '[',
    ']',
    '-',
    ' - live',
    '1',
    '日',
    'ß',
    '.',
  );
  const title = fc.array(unit, { maxLength: 9 }).map((units) => units.join(''));
  const artist = fc.constantFrom('Ann', 'Bo');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(title, artist), { minLength: 1, maxLength: 30 }),
      fc.array(fc.tuple(artist, title), { maxLength: 10 }),
      async (rows, others) => {
        const dataset = datasetOf(
          rows.map(([name, by], n) => ({ uri: `t:${n}`, name, artists: [{ name: by }] })),
          [{ id: 'p', items: [0] }],
        );
        const prior = trackPrior(dataset);
        const [table, pass] = [await ExactSongs.build(dataset, prior, now), new ExactSongs(dataset, prior)];
        for (const [by, name] of [...others, ...rows.map(([name, by]) => [by, name] as const)])
          assert.deepEqual(pass.find(by, name), table.find(by, name), name);
      },
    ),
    { numRuns: 300 },
  );
});

test('hostile text is answered quietly', () => {
  for (const text of ['', ' ', '<script>', '\u0000', '💥', 'x'.repeat(10_000), 'a '.repeat(5000), '‮right to left'])
    for (const hit of search.find(text, 5)) assert.ok(hit.match >= 0 && hit.match <= 1);
  assert.deepEqual(searchWords("Don't!"), ['dont']);
});
