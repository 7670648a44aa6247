import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { datasetOf } from '../../../test/support/small-dataset.ts';
import { StringColumn } from '../../dataset/strings.ts';
import { Engine } from '../engine.ts';
import { MemoryLibrary } from '../memory-library.ts';
import type { RecommendResponse } from '../request.ts';
import { train } from '../train.ts';
import { FILLERS } from './lexicon.ts';
import { withEnglish } from './other-languages.ts';
import { withoutWords } from './tokens.ts';

/**
 * Song t: artist t % 4; year 1980 + t, unknown for the first ten; rock when even, otherwise jazz; in turns fast and lively, slow and calm, without
 * features.
 */
const SONGS = 40;
const dataset = datasetOf(
  Array.from({ length: SONGS }, (_, t) => ({
    uri: `t:${t}`,
    name: `Song ${t}`,
    artists: [{ name: ['Ann', 'Bob', 'Cid', 'Running Heads'][t % 4]! }],
    genres: [t % 2 === 0 ? 'rock' : 'jazz'],
    year: t < 10 ? undefined : 1980 + t,
    features: t % 3 === 0 ? { energy: 0.9, tempo: 150 } : t % 3 === 1 ? { energy: 0.2, tempo: 80 } : undefined,
  })),
  Array.from({ length: 30 }, (_, o) => ({
    id: `o:${o}`,
    title: o % 2 === 0 ? 'rock for a run' : 'quiet evening jazz',
    items: Array.from({ length: SONGS }, (_, t) => t).filter((t) => t % 2 === o % 2 && (t + o) % 5 > 0),
  })),
);
const library = new MemoryLibrary(dataset);
let engine: Engine;
before(async () => {
  await train(library, { models: ['popularity', 'title', 'balanced'] });
  engine = await Engine.open(library);
});

const numbers = (answer: RecommendResponse): number[] => answer.tracks.map(({ uri }) => Number(uri.slice(2)));
const ask = (text: string, without?: string[]): Promise<RecommendResponse> =>
  engine.recommend({ text, n: 40, model: 'title', ...(without && { without }) });

test('every demand holds in the list, and the rest is read as a title', async () => {
  const answer = await ask('energetic 90s rock for a run');
  assert.deepEqual(
    answer.understood!.map(({ id }) => id),
    ['mood:energetic', 'years:1990-1999', 'genre:rock'],
  );
  // Rock of the nineties with an energy of at least .65; song 14's energy is unknown.
  assert.deepEqual(numbers(answer).sort(), [12, 18]);
  assert.match(answer.tracks[0]!.because[0]!, /playlists with “rock” and “run” in the title/);
});

test('a demand that is taken back no longer holds, and its words say nothing', async () => {
  const answer = await ask('energetic 90s rock for a run', ['years:1990-1999']);
  assert.deepEqual(
    answer.understood!.map(({ id }) => id),
    ['mood:energetic', 'genre:rock'],
  );
  assert.ok(numbers(answer).some((t) => t < 10) && numbers(answer).every((t) => t % 2 === 0));
});

test('artists: only, never and like, the latter as seeds that do not come back', async () => {
  assert.ok(numbers(await ask('rock by Ann')).every((t) => t % 4 === 0));
  assert.ok(numbers(await ask('rock without Ann')).every((t) => t % 4 !== 0));
  const like = await engine.recommend({ text: 'like Bob', n: 40, model: 'balanced' });
  assert.equal(like.fallback, false);
  const songs = numbers(like);
  const bobs = Array.from({ length: 10 }, (_, i) => 4 * i + 1);
  assert.equal(bobs.filter((t) => !songs.includes(t)).length, 5);
});

test('a name that people listen to is no sentence', async () => {
  assert.deepEqual((await ask('Running Heads')).understood, []);
  assert.equal((await ask('running heads of rock')).understood!.length, 2);
});

test('a text of limits alone says so; filters of the request hold besides', async () => {
  const answer = await ask('no jazz');
  assert.match(answer.fallbackReason!, /The text only sets limits/);
  assert.ok(numbers(answer).every((t) => t % 2 === 0));
  const late = await engine.recommend({ text: 'rock', filters: { year: { from: 2010 }, keepUnknown: false }, n: 40 });
  assert.deepEqual(numbers(late).sort(), [30, 32, 34, 36, 38]);
  const nothing = await ask('rock by Bob');
  assert.match(
    nothing.notes!.join(),
    /^No song matches all of: Rock, By Bob\. 20 match without “By Bob”, 10 without “Rock”\.$/,
  );
  const barred = await engine.recommend({ text: 'rock by Ann', filters: { year: { from: 2090 }, keepUnknown: false } });
  assert.match(barred.notes!.join(), /The words, filters and bans exclude every song/);
});

test('a year in the name of playlists or of a known song does not limit the songs; alone, or in any other text, it does', async () => {
  const named = new MemoryLibrary(
    datasetOf(
      [
        { uri: 't:0', name: 'December 1963', artists: [{ name: 'Ann' }], year: 1975 },
        { uri: 't:1', name: 'Beach', artists: [{ name: 'Bob' }], year: 2016 },
        { uri: 't:2', name: 'Wave', artists: [{ name: 'Bob' }], year: 2017 },
      ],
      Array.from({ length: 30 }, (_, o) => ({
        id: `o:${o}`,
        title: o < 3 ? 'Summer 2017' : o < 5 ? 'Winter 2017' : '',
        items: o < 5 ? [1, 2] : [0],
      })),
    ),
  );
  await train(named, { models: ['popularity', 'title'] });
  const other = await Engine.open(named);
  const understood = async (text: string): Promise<string[]> =>
    (await other.recommend({ text, n: 3, model: 'title' })).understood!.map(({ id }) => id);
  assert.deepEqual(await understood('summer 2017'), []);
  assert.deepEqual(numbers(await other.recommend({ text: 'Summer 2017', n: 3, model: 'title' })).sort(), [1, 2]);
  assert.deepEqual(await understood('December 1963'), []);
  // Two playlists do not make a name.
  for (const text of ['Winter 2017', '2017', 'summer of 2017'])
    assert.deepEqual(await understood(text), ['years:2017-2017'], text);
});

test('what is known of no song is no demand: its words are a title', async () => {
  const bare = new MemoryLibrary(
    datasetOf(
      Array.from({ length: 4 }, (_, t) => ({ uri: `t:${t}`, name: `Song ${t}`, artists: [{ name: 'Ann' }] })),
      Array.from({ length: 6 }, (_, o) => ({ id: `o:${o}`, title: 'sad 90s songs', items: [0, 1, 2, 3] })),
    ),
  );
  await train(bare, { models: ['popularity', 'title'] });
  const answer = await (await Engine.open(bare)).recommend({ text: 'sad 90s', n: 4, model: 'title' });
  assert.deepEqual(answer.understood, []);
  assert.equal(answer.tracks.length, 4);
});

test('words between demands that say nothing are no title; German, Spanish and pictographs are read in English', () => {
  const titles = StringColumn.from(['rainy sunday', 'strand', 'Strand', 'strand 2', '🎄', '🎄', '🎄']);
  assert.equal(withEnglish('verregneter Sonntag am Strand', titles), 'verregneter rainy Sonntag sunday am Strand');
  assert.equal(withEnglish('🎄 ☔️', titles), '🎄 ☔ rainy\ufe0f');
  assert.equal(withEnglish('tristes', titles), 'tristes sad');
  assert.equal(withoutWords('Songs, but happy for the gym', FILLERS), ',  happy   gym');
});

test('a mood in another language is the same demand', async () => {
  assert.deepEqual(
    (await ask('ruhiger jazz zum lernen')).understood!.map(({ id }) => id),
    ['genre:jazz'],
  );
  assert.deepEqual(
    (await ask('rock der 80er Jahre')).understood!.map(({ id }) => id),
    ['genre:rock', 'years:1980-1989'],
  );
});
