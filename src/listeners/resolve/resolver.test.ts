import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { damagedPlays, matchQuality } from '../../../test/support/damaged-names.ts';
import { MPD_SAMPLE, skipWithoutRealData } from '../../../test/support/real-data.ts';
import { datasetOf } from '../../../test/support/small-dataset.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { Library } from '../../library/library.ts';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { mpd } from '../../sources/mpd.ts';
import type { SongName } from '../../sources/personal/rows.ts';
import { artistKey, writtenArtists } from './artist-keys.ts';
import { editDistance } from './edit-distance.ts';
import { foldedKey } from './fold.ts';
import { Resolver } from './resolver.ts';
import { titleParts } from './title-parts.ts';

const SONGS: readonly (readonly [string, string])[] = [
  ['The Lanterns', 'Harbour Lights'],
  ['The Lanterns', 'Harbour Lights - Live'],
  ['The Lanterns', 'Part of It, Pt. 2'],
  ['Кино', 'Группа крови'],
  ['Björk', 'Jóga'],
  ['Ke$ha', 'Tik Tok'],
  ['Simon & Garfunkel', 'The Boxer'],
  ['Earth, Wind & Fire', 'September'],
  ['Weather', '(I Can’t) Wait for Summer'],
  ['Weather', 'Dream'],
  ['???', '!!!'],
];
const world = (): Dataset =>
  datasetOf(
    SONGS.map(([artist, name], i) => ({
      uri: `test:${i}`,
      name,
      artists: [{ name: artist }],
      album: { name: `Album ${i}` },
    })),
  );
const named = (artist: string, title: string, rest: Partial<SongName> = {}): SongName => ({
  title,
  artists: artist === '' ? [] : [artist],
  ...rest,
});

test('names meet across spellings, editions and guests', async () => {
  const resolver = await Resolver.build(world());
  const cases: [SongName, number][] = [
    [named('The Lanterns', 'Harbour Lights'), 0],
    [named('lanterns', 'HARBOUR LIGHTS (2011 Remaster)'), 0],
    [named('Lanterns, The', 'Harbour Lights [feat. Somebody]'), 0],
    [named('The Lanterns feat. Somebody', 'Harbour Lights - Single Version'), 0],
    [named('The Lanterns', 'Harbour Lights (Live)'), 1],
    [named('The Lanterns', 'Harbuor Lights'), 0],
    [named('The Lantrens', 'Harbour Lights'), 0],
    [named('The Lanterns', 'Part of It, Part 2'), 2],
    [named('Kino', 'Gruppa krovi'), 3],
    [named('Bjork', 'Joga'), 4],
    [named('Kesha', 'TiK ToK'), 5],
    [named('Simon and Garfunkel', 'The Boxer'), 6],
    [named('Simon & Garfunkel; A Guest', 'The Boxer'), 6],
    [named('Earth, Wind and Fire', 'September'), 7],
    [named('Weather', 'Wait for Summer'), 8],
    [named('', 'September', { album: 'Album 7' }), 7],
    [named('???', '!!!'), 10],
    [named('', '', { uri: 'test:3' }), 3],
  ];
  for (const [song, track] of cases)
    assert.equal(resolver.resolve(song).track, track, `${song.artists[0]} - ${song.title}`);
});

test('what may be another song is asked about or left alone', async () => {
  const resolver = await Resolver.build(world());
  const asked = [
    named('The Lanterns', 'Harbour Lights (Karaoke Version)'),
    named('Weather', 'Dreams'),
    named('', 'September'),
  ];
  for (const song of asked) {
    const found = resolver.resolve(song);
    assert.equal(found.track, -1, song.title);
    assert.ok(found.candidates.length > 0, song.title);
  }
  const unknown = [
    named('The Lanterns', 'Part of It, Pt. 3'),
    named('The Owls', 'Harbour Lights'),
    named('The Lanterns', 'Quartz'),
    named('', ''),
  ];
  for (const song of unknown) assert.deepEqual(resolver.resolve(song).candidates, [], song.title);
});

test('two songs that are equally near are not chosen between', async () => {
  const names = ['Silver Rivet', 'Silver River'];
  const dataset = datasetOf(names.map((name, i) => ({ uri: `t:${i}`, name, artists: [{ name: 'Weather' }] })));
  const resolver = await Resolver.build(dataset);
  const found = resolver.resolve(named('Weather', 'Silver Rivex'));
  assert.equal(found.track, -1);
  assert.equal(found.candidates.length, 2);
});

test('ids decide before names', async () => {
  const dataset = datasetOf([
    { uri: 'mbid:11111111-2222-3333-4444-555555555555', name: 'A', artists: [{ name: 'X' }] },
    { uri: 'isrc:GBAAA2000001', name: 'B', artists: [{ name: 'X' }] },
    { uri: `spotify:track:${'a'.repeat(22)}`, name: 'C', artists: [{ name: 'X' }] },
  ]);
  const resolver = await Resolver.build(dataset);
  const ids = [
    { mbid: '11111111-2222-3333-4444-555555555555' },
    { isrc: 'GBAAA2000001' },
    { uri: `spotify:track:${'a'.repeat(22)}` },
  ];
  for (const [track, id] of ids.entries()) {
    const found = resolver.resolve(named('X', 'Z', id));
    assert.deepEqual([found.track, found.confidence, found.by], [track, 1, 'id']);
  }
});

test('titles are taken apart into song, edition and performance', () => {
  const parts = (title: string): string => {
    const { core, plain, performance } = titleParts(title);
    return [core, plain, ...performance].join(' ');
  };
  assert.equal(parts('Harbour (Part 1) - 2009 Remaster'), 'harbourpart1 harbour');
  assert.equal(parts('Harbour - Live at the Pier, 1999'), 'harbour harbour live');
  assert.equal(parts('Harbour (Somebody Remix)'), 'harbour harbour remix');
  assert.equal(parts('Harbour - Original Mix'), 'harbour harbour');
  assert.equal(parts('(Live)'), 'live live live');
});

test('artists are split where they are joined, wholes first', () => {
  assert.deepEqual(writtenArtists(['Simon & Garfunkel; A Guest']).parts, [
    'simonandgarfunkel',
    'simon',
    'garfunkel',
    'aguest',
  ]);
  assert.equal(artistKey('Beatles, The'), artistKey('the beatles'));
  assert.equal(artistKey('The The'), 'the');
  assert.notEqual(foldedKey('東京'), '');
});

test('edit distance equals the naive recursion', () => {
  const naive = (a: string, b: string): number => {
    if (a === '' || b === '') return a.length + b.length;
    const same = a.at(-1) === b.at(-1) ? 0 : 1;
    let best = Math.min(
      naive(a.slice(0, -1), b) + 1,
      naive(a, b.slice(0, -1)) + 1,
      naive(a.slice(0, -1), b.slice(0, -1)) + same,
    );
    if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
      best = Math.min(best, naive(a.slice(0, -2), b.slice(0, -2)) + 1);
    return best;
  };
  const text = fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', 'c') });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 4 }), (a, b, most) => {
      assert.equal(editDistance(a, b, most), Math.min(naive(a, b), most + 1));
    }),
  );
});

const PLAYS = 20_000;

async function holds(dataset: Dataset, say: (text: string) => void): Promise<void> {
  const resolver = await Resolver.build(dataset);
  const plays = damagedPlays(dataset, PLAYS, new Rng(1));
  const { recall, precision, wrong, missed } = matchQuality(dataset, plays, (song) => resolver.resolve(song).track);
  say(`${PLAYS} plays: ${(100 * recall).toFixed(2)} % matched, ${(100 * precision).toFixed(2)} % of the matches right`);
  const worst = JSON.stringify({ wrong: [...wrong].slice(0, 5), missed: [...missed].slice(0, 5) }, null, 1);
  assert.ok(recall >= 0.98, `recall ${recall}: ${worst}`);
  assert.ok(precision >= 0.995, `precision ${precision}: ${worst}`);
}

test('98 % of 20,000 damaged plays are matched at 99.5 % precision: demo world', async (context) => {
  await holds(demoDataset({ tracks: 20_000, playlists: 1000, seed: 1 }), (text) => context.diagnostic(text));
});

test(
  '98 % of 20,000 damaged plays are matched at 99.5 % precision: real sample',
  { skip: skipWithoutRealData },
  (context) =>
    withTemporary(async (dir) => {
      const library = await Library.open(dir);
      await library.importFiles(mpd, [MPD_SAMPLE]);
      await holds(await library.dataset(), (text) => context.diagnostic(text));
    }),
);
