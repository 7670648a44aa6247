import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf } from '../../test/support/small-dataset.ts';
import { modelQuery, type Reason } from '../models/model.ts';
import { neighbourReason, titleReason } from '../models/playlist-neighbours/reasons.ts';
import { CitedTitles, isCrude } from './cited-titles.ts';
import { varied, withPlainTitles } from './explain.ts';
import { listReason } from './list-reason.ts';
import { askedFacts } from './words/asked-facts.ts';

const names = ['Candidate', 'Strong', 'Weak', 'Absent'];
/** Candidate shares six playlists with Strong and another one with Weak; none contains all three. */
const dataset = datasetOf(
  names.map((name) => ({ uri: `test:${name}`, name, artists: [{ name: `by ${name}` }] })),
  [
    ...Array.from({ length: 6 }, (_, i) => ({
      id: `s${i}`,
      title: ['fuck this', 'Road Trip', 'road trip!', '', 'Scunthorpe', 'Dickens'][i]!,
      items: [0, 1],
    })),
    { id: 'w', title: 'The weak one', items: [0, 2] },
    { id: 'other', title: 'elsewhere', items: [2, 3] },
  ],
);
const all = modelQuery({ seeds: [2, 1, 3] });

test('a reason leads with the strongest seed and its own count; a union is not worded as an intersection', () => {
  const reason = neighbourReason(dataset, all, 0, () => 1)!;
  assert.equal(reason.text, 'Often next to “Strong” — 6 playlists; also found with 1 more of your songs');
  assert.ok(!reason.owners!.some((owner) => dataset.owners.titles.get(owner) === 'The weak one'));
  assert.equal(neighbourReason(dataset, modelQuery({ seeds: [2] }), 0, () => 1)!.text, 'Next to “Weak” — 1 playlist');
});

test('a list cites a title once, spelling aside, and never a crude one; the cited playlist holds the seed', () => {
  const cited = new CitedTitles(dataset);
  const reason = { ...neighbourReason(dataset, all, 0, () => 1)!, share: 1 } as Reason;
  const texts = Array.from({ length: 4 }, () => cited.complete(reason));
  assert.equal(
    texts[0],
    'Often next to “Strong” — 6 playlists, such as “Road Trip”; also found with 1 more of your songs',
  );
  assert.equal(texts.filter((text) => /road trip/i.test(text)).length, 1);
  assert.equal(new Set(texts.slice(0, 2)).size, 2);
  for (const text of texts) assert.doesNotMatch(text, /fuck/);
  const one = { ...titleReason(dataset, 'weak ones', 2, (owner) => (owner === 6 ? 1 : 0))!, share: 1 } as Reason;
  assert.equal(cited.complete(one), 'On a playlist with “weak” in the title, “The weak one”');
});

test('a song whose title holds a semicolon or the word playlists is quoted whole, whatever is cited', () => {
  const odd = datasetOf(
    ['Candidate', 'Odd; my playlists mix', 'Other'].map((name) => ({ uri: `test:${name}`, name })),
    [
      { id: 'a', title: 'Road Trip', items: [0, 1] },
      { id: 'b', title: '', items: [0, 2] },
    ],
  );
  const reason = { ...neighbourReason(odd, modelQuery({ seeds: [1, 2] }), 0, () => 1)!, share: 1 };
  assert.equal(
    new CitedTitles(odd).complete(reason),
    'Next to “Odd; my playlists mix” — 1 playlist, “Road Trip”; also found with 1 more of your songs',
  );
});

test('the word list knows spelling tricks and harmless words', () => {
  for (const title of [
    'fvck it',
    'f*ck',
    'sh1t',
    'n1ggas',
    'Hoes only',
    'thot',
    'WHITE-TRASH party',
    'f u c k',
    'my t h o t s',
  ])
    assert.equal(isCrude(title), true, title);
  for (const title of [
    'Scunthorpe',
    'Classic rock',
    'Dickens',
    'Bass assassins',
    'Shoes',
    'A B C',
    'white flag',
    'R E M',
  ])
    assert.equal(isCrude(title), false, title);
});

test('neighbours in a list begin with different evidence where another kind brought enough', () => {
  const reason = (kind: Reason['kind'], share: number): Reason => ({ kind, share, text: kind });
  const kinds = (reasons: Reason[], before: Reason['kind'] | null): string[] =>
    varied(reasons, before).map((r) => r.kind);
  const mixed = [reason('genres', 0.3), reason('playlists', 0.6), reason('era', 0.1)];
  assert.deepEqual(kinds(mixed, null), ['playlists', 'genres', 'era']);
  assert.deepEqual(kinds(mixed, 'playlists'), ['genres', 'playlists', 'era']);
  assert.deepEqual(kinds([reason('playlists', 0.96), reason('era', 0.04)], 'playlists'), ['playlists', 'era']);
  // Popularity does not come first, unless it is the main reason.
  const popular = [reason('playlists', 0.7), reason('popularity', 0.2), reason('artists', 0.1)];
  assert.deepEqual(kinds(popular, 'playlists'), ['artists', 'playlists', 'popularity']);
  // A requested fact is mentioned for every song, and first where neighbours would start alike.
  const fact = { ...reason('era', 0), text: 'From 1991' };
  assert.deepEqual(varied(mixed.slice(0, 2), null, fact).at(-1), fact);
  assert.equal(varied([reason('title', 1)], 'title', fact)[0], fact);
});

test('a single playlist in common leads only where nothing else is worth it, and titles are named without their versions', () => {
  const thin: Reason = {
    kind: 'playlists',
    share: 0.7,
    text: 'Next to “X” — 1 playlist',
    citation: { at: 0, only: true },
  };
  const genres: Reason = { kind: 'genres', share: 0.3, text: 'Jazz, like your song' };
  assert.equal(varied([thin, genres], null)[0], genres);
  assert.equal(varied([thin, genres], 'genres')[0], thin);
  const versions = datasetOf([{ uri: 'a', name: 'Bohemian Rhapsody - Remastered 2011' }]);
  assert.equal(
    withPlainTitles(versions, { tracks: [0] }, 'Next to “Bohemian Rhapsody - Remastered 2011” — 2 playlists'),
    'Next to “Bohemian Rhapsody” — 2 playlists',
  );
});

test('the words that most titles share are named, and those titles counted; where few share one, likeness is all that is said', () => {
  const titles = ['rainy days', 'Rainy', 'sunday rain', 'sundaze', 'Sunday 90s', 'monday'];
  const named = datasetOf(
    [{ uri: 'test:song', name: 'Song' }],
    titles.map((title, o) => ({ id: `o${o}`, title, items: [0] })),
  );
  const said = (title: string, among: readonly number[]): string =>
    titleReason(named, title, 0, (owner) => (among.includes(owner) ? 1 : 0))!.text;
  assert.equal(said('Rainy Sunday', [0, 1, 5]), 'On 2 playlists with “Rainy” in the title');
  assert.equal(said('Rainy Sunday', [0, 1, 4]), 'On 3 playlists with “Rainy” or “Sunday” in the title');
  assert.equal(said('90s sunday', [4]), 'On a playlist with “90s” and “sunday” in the title');
  assert.equal(said('Rainy', [2]), 'On a playlist with a title like yours');
  assert.equal(said('Sunday 90s', [4]), 'On a playlist with “Sunday 90s” in the title');
  const pairs = ['Hip Hop', 'HIPHOP 2', 'hip-hop', 'K-Pop', 'kpop <3', 'pop'];
  const paired = datasetOf(
    [{ uri: 'test:song', name: 'Song' }],
    pairs.map((title, o) => ({ id: `o${o}`, title, items: [0] })),
  );
  const pair = (title: string): string =>
    titleReason(paired, title, 0, (owner) => (/hip/i.test(title) ? +(owner < 3) : +(owner > 2)))!.text;
  assert.equal(pair('hip hop'), 'On 3 playlists with “hip hop” in the title');
  assert.equal(pair('hip-hop'), 'On 3 playlists with “hip-hop” in the title');
  assert.equal(pair('k-pop'), 'On 2 playlists with “k-pop” in the title');
  const hues = datasetOf(
    [{ uri: 'test:song', name: 'Song' }],
    ['silver crimson', 'crimson olive', 'crimson silver'].map((title, o) => ({ id: `o${o}`, title, items: [0] })),
  );
  assert.equal(
    titleReason(hues, 'crimson azure olive silver', 0, () => 1)!.text,
    'On 3 playlists with “crimson” or “silver” in the title',
    'one of them has another word instead',
  );
});

test('a song that only the list leads to is said to stand next to a song of it', () => {
  assert.equal(listReason(dataset, [2, 1])(0)!.text, 'Often next to “Strong” in this list — 6 playlists');
  assert.equal(listReason(dataset, [2])(0), null, 'one playlist says nothing');
});

test('facts are what the words ask for, where it is known', () => {
  const songs = datasetOf([
    {
      uri: 'a',
      name: 'A',
      genres: ['rock', 'grunge', 'art rock'],
      year: 1991,
      popularity: 70,
      features: { energy: 0.9, tempo: 117.2 },
    },
    { uri: 'b', name: 'B', features: { energy: 0.5 } },
  ]);
  const facts = askedFacts(songs, [
    { kind: 'mood', bounds: [{ feature: 'energy', from: 0.4 }] },
    { kind: 'years', range: { from: 1990, to: 1999 } },
    { kind: 'genre', genres: ['grunge', 'rock', 'art rock'], never: false },
    { kind: 'tempo', from: 110, to: 120 },
  ]);
  assert.equal(facts(0)!.text, 'grunge and art rock from 1991, energetic, 117 BPM');
  assert.equal(facts(1), null);
  const calm = askedFacts(songs, [{ kind: 'mood', bounds: [{ feature: 'energy', from: 0.4 }] }]);
  assert.equal(calm(0)!.text, 'sounds energetic');
});
