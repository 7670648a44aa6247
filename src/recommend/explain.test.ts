import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf } from '../../test/support/small-dataset.ts';
import { modelQuery, type Reason } from '../models/model.ts';
import { neighbourReason, titleReason } from '../models/playlist-neighbours/reasons.ts';
import { CitedTitles, isCrude } from './cited-titles.ts';
import { varied } from './explain.ts';

const names = ['Candidate', 'Strong', 'Weak', 'Absent'];
/** Candidate is with Strong in six playlists, with Weak in one other, with both in none. */
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
  assert.equal(cited.complete(one), 'On a playlist with a title like yours, “The weak one”');
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
  // Being popular is no reason to begin with, unless it is the main one.
  const popular = [reason('playlists', 0.7), reason('popularity', 0.2), reason('artists', 0.1)];
  assert.deepEqual(kinds(popular, 'playlists'), ['artists', 'playlists', 'popularity']);
});
