import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Value } from '#typebox/value';
import { datasetOf } from '../../../test/support/small-dataset.ts';
import { Rng } from '../../math/rng.ts';
import { defaultModel } from '../../recommend/model-store.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { mainArtists } from '../artists/artist-rows.ts';
import { balanced } from '../balanced.ts';
import { numberWorks } from '../hybrid/works.ts';
import { type Fitted, type ModelQuery, modelQuery } from '../model.ts';
import { newByArtist } from './new-by-artist.ts';
import { newSongs } from './new-songs.ts';

/** Owners after the first 200 are left out, so that many songs have no owner; the left-out owners are the truth. */
const KNOWN = 200;
const all = demoDataset({ tracks: 2000, playlists: 800, seed: 4 });
const dataset = all.withOwners(Int32Array.from({ length: KNOWN }, (_, owner) => owner));
const artistOf = mainArtists(dataset);
const isNew = (track: number): boolean => dataset.ownersOf(track) === 0;
/** For each unseen list, its songs that somebody holds, and those that nobody does. */
const questions = Array.from({ length: all.owners.count - KNOWN }, (_, i) => all.tracksOf(KNOWN + i))
  .map((tracks) => ({ seeds: tracks.filter((t) => !isNew(t)).slice(0, 10), truth: new Set(tracks.filter(isNew)) }))
  .filter(({ seeds, truth }) => seeds.length >= 5 && truth.size >= 2);

describe('new-songs', () => {
  let fitted: Fitted;
  before(async () => {
    fitted = await newSongs.fit(dataset, { factors: 64 }, { rng: new Rng(1) });
  });

  const meanRecall = (model: Fitted, n: number): number => {
    let sum = 0;
    for (const { seeds, truth } of questions)
      sum += [...model.recommend(modelQuery({ seeds }), n).tracks].filter((t) => truth.has(t)).length / truth.size;
    return sum / questions.length;
  };

  test('recommends what nobody holds, and finds three times as much of it as lists by content', async (t) => {
    const content = await balanced.fit(dataset, Value.Create(balanced.config), { rng: new Rng(1) });
    assert.ok(questions.length > 150, `${questions.length} questions`);
    for (const { seeds } of questions.slice(0, 20)) {
      const { tracks } = fitted.recommend(modelQuery({ seeds }), dataset.tracks.count);
      assert.ok(tracks.length > 20 && [...tracks].every(isNew), `${tracks.length} songs`);
    }
    const [own, other] = [meanRecall(fitted, 50), meanRecall(content, 50)];
    t.diagnostic(`recall of new songs among 50: ${own.toFixed(3)}, balanced ${other.toFixed(3)}`);
    assert.ok(own > 3 * other, `${own} against ${other}`);
  });

  test('new songs by the liked seeds’ artists come first, those of most seeds before all, each with its reason', () => {
    const songs = newByArtist(dataset, artistOf);
    const seedOf = (artist: number): number[] =>
      Array.from(artistOf.keys()).filter((track) => artistOf[track] === artist && !isNew(track));
    const [first, second] = [...songs.artists].filter((artist) => seedOf(artist).length >= 2);
    const seeds = [...seedOf(first!).slice(0, 2), seedOf(second!)[0]!];
    const best = (query: ModelQuery): number => fitted.recommend(query, 1).tracks[0]!;
    const query = modelQuery({ seeds });
    assert.equal(artistOf[best(query)], first);
    const name = dataset.artists.names.get(first!);
    assert.deepEqual(fitted.explain!(query, best(query))[0]!.text, `Also by ${name}, and in no playlist yet`);
    assert.equal(artistOf[best(modelQuery({ seeds, weights: [-1, -1, 1] }))], second);
    const other = [...fitted.recommend(query, 200).tracks].find((t) => ![first, second].includes(artistOf[t]!))!;
    assert.match(fitted.explain!(query, other)[0]!.text, /^Goes with “/);
  });

  test('cannot be trained where each song is in a list', () => {
    const full = demoDataset({ tracks: 200, playlists: 400, seed: 4 });
    assert.ok(Array.from({ length: full.tracks.count }, (_, t) => full.ownersOf(t)).every((owners) => owners > 0));
    assert.match(newSongs.unusable!(full)!, /in some playlist already/);
    assert.equal(newSongs.unusable!(dataset), null);
  });
});

test('never answers unless it is named', () => {
  assert.equal(
    defaultModel((id) => id === newSongs.id),
    null,
  );
  assert.equal(
    defaultModel((id) => id === newSongs.id || id === balanced.id),
    balanced.id,
  );
});

test('new songs stand by artist, other versions of known songs last, then the best known first; copies of held recordings are not new', () => {
  const { artists, ptr, tracks } = newByArtist(dataset, artistOf);
  const { popularity, song, count } = dataset.tracks;
  const every = Array.from({ length: count }, (_, t) => t);
  const heldSongs = new Set(every.filter((t) => !isNew(t)).map((t) => song[t]!));
  const works = numberWorks(dataset, artistOf);
  const heldWorks = new Set(every.filter((t) => !isNew(t)).map((t) => works.of[t]!));
  const isKnown = (track: number): number => Number(heldWorks.has(works.of[track]!));
  const expected = every
    .filter((t) => artistOf[t]! >= 0 && !heldSongs.has(song[t]!))
    .sort((a, b) => artistOf[a]! - artistOf[b]! || isKnown(a) - isKnown(b) || popularity[b]! - popularity[a]! || a - b);
  assert.deepEqual([...tracks], expected);
  assert.deepEqual([...artists], [...new Set(expected.map((t) => artistOf[t]!))]);
  for (let i = 0; i < artists.length; i++)
    for (const track of tracks.subarray(ptr[i]!, ptr[i + 1]!)) assert.equal(artistOf[track], artists[i]);
});

test('a copy of a held recording is not new, a live version of a held song comes after what is new', () => {
  const named = (id: string, name: string) => ({
    uri: `s:${id}`,
    name,
    artists: [{ name: 'Band' }],
    durationMs: 200_000,
  });
  const small = datasetOf(
    [named('a', 'Known'), named('b', 'Known'), named('c', 'Known - Live'), named('d', 'Unheard')],
    [{ id: 'p', kind: 'playlist', title: 'List', items: [0] }],
  );
  const found = [...newByArtist(small, mainArtists(small)).tracks].map((t) => small.tracks.names.get(t));
  assert.deepEqual(found, ['Unheard', 'Known - Live']);
});
