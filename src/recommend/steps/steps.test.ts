import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomDataset } from '../../../test/support/small-dataset.ts';
import { largestRemainder } from '../../math/apportion.ts';
import { Rng } from '../../math/rng.ts';
import { artistNumbers } from '../describe.ts';
import { popularityScore } from '../popularity-score.ts';
import { adventurous, adventurousEnough } from './adventure.ts';
import { type Candidate, toCandidates } from './candidate.ts';
import { diversified } from './diversity.ts';
import { limited } from './limits.ts';
import { keyDistance, ordered, pathCost, tempoDistance } from './order.ts';
import { fillSections } from './sections.ts';
import { blended, metadataSimilarity, vectorSimilarity } from './similarity.ts';
import { oneVersion } from './versions.ts';

const dataset = randomDataset(7);
const { count } = dataset.tracks;
const similarity = metadataSimilarity(dataset);

/** A model's answer over random tracks, scores descending. */
const answer = fc.integer({ min: 0, max: 1_000_000 }).map((seed) => {
  const rng = new Rng(seed);
  const tracks = rng.sample(count, 1 + rng.below(count));
  const scores = Float32Array.from(tracks, () => rng.uniform() * 10)
    .sort()
    .reverse();
  return toCandidates({ tracks, scores });
});
const sortedTracks = (list: readonly Candidate[]): number[] => list.map((c) => c.track).sort((a, b) => a - b);

/** Every element once, in the order of the whole. */
function assertSubsequence(part: readonly Candidate[], whole: readonly Candidate[]): void {
  let at = 0;
  for (const c of part) {
    while (at < whole.length && whole[at]!.track !== c.track) at++;
    assert.ok(at < whole.length, `track ${c.track} is out of order or not of the list`);
    at++;
  }
}

test('relevance keeps the order of the scores and lies in (0, 1]', () => {
  fc.assert(
    fc.property(answer, (list) => {
      for (let i = 0; i < list.length; i++) {
        assert.ok(list[i]!.relevance > 0 && list[i]!.relevance <= 1);
        if (i > 0) assert.ok(list[i]!.relevance <= list[i - 1]!.relevance);
      }
    }),
  );
});

test('adventure 0 changes nothing; of two neighbours in the order the lesser known comes first', () => {
  const known = popularityScore(dataset);
  fc.assert(
    fc.property(answer, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, adventure) => {
      assert.deepEqual(adventurous(list, 0, known), list);
      const out = adventurous(list, adventure, known);
      assert.deepEqual(sortedTracks(out), sortedTracks(list));
      const place = new Map(out.map((c, i) => [c.track, i]));
      for (let i = 1; i < list.length; i++) {
        const [before, after] = [list[i - 1]!.track, list[i]!.track];
        // A lead in the model's order is kept against equally or more popular tracks.
        if (known[before]! <= known[after]!) assert.ok(place.get(before)! < place.get(after)!);
      }
    }),
  );
});

test('adventure rises until the median song is as much less known as the dial says, or nothing less known is left', () => {
  const owners = (track: number): number => track;
  const of = (...tracks: number[]): Candidate[] =>
    tracks.map((track) => ({ track, score: 1, relevance: 1, section: -1 }));
  const asked: number[] = [];
  const listAt =
    (byWeight: Record<number, number[]>) =>
    (weight: number, without: ReadonlySet<number>): Candidate[] => {
      asked.push(weight);
      return of(...byWeight[weight]!.filter((track) => !without.has(track)).slice(0, 3));
    };
  const plain = of(90, 80, 70);
  const falls = { 0.85: [21, 30, 20], 0.9: [20, 30, 5], 0.95: [9], 1: [1] };
  assert.deepEqual(adventurousEnough(1, plain, listAt(falls), owners), of(20, 30, 5));
  assert.deepEqual(asked.splice(0), [0.85, 0.9]);
  assert.deepEqual(
    adventurousEnough(1, plain, listAt({ ...falls, 0.9: [21], 0.95: [21], 1: [21, 22] }), owners),
    of(21, 22),
  );
  assert.deepEqual(asked.splice(0), [0.85, 0.9, 0.95, 1]);
  // Less popular, but too few others: 60 % of the list should change.
  assert.deepEqual(
    adventurousEnough(1, of(8, 90, 99), listAt({ ...falls, 0.85: [8, 9, 99], 0.9: [8, 2, 3] }), owners),
    of(8, 2, 3),
  );
  assert.deepEqual(asked.splice(0), [0.85, 0.9]);
  // Half of the dial requires half of the fall: 80 to 40.
  assert.deepEqual(adventurousEnough(0.5, of(80), listAt({ 0.425: [40] }), owners), of(40));
});

test('adventure changes a list whose songs are all little known as well: the best known of those it had leave', () => {
  const of = (...tracks: number[]): Candidate[] =>
    tracks.map((track) => ({ track, score: 1, relevance: 1, section: -1 }));
  const owners = (track: number): number => (track === 3 ? 1 : track === 2 ? 3 : 2);
  const pool = (size: number) => (_: number, without: ReadonlySet<number>) =>
    of(...[1, 2, 3, 4, 5, 6, 7].filter((track) => track <= size && !without.has(track)).slice(0, 3));
  assert.deepEqual(adventurousEnough(1, of(1, 2, 3), pool(7), owners), of(3, 4, 5));
  // A shorter list is not acceptable.
  assert.deepEqual(adventurousEnough(1, of(1, 2, 3), pool(4), owners), of(1, 2, 3));
});

test('one version: no song twice, none that is known, and no song is lost', () => {
  const { song } = dataset.tracks;
  fc.assert(
    fc.property(answer, fc.array(fc.nat(count - 1), { maxLength: 10 }), (list, known) => {
      const out = oneVersion(list, (t) => [String(song[t])], known);
      const songs = out.map((c) => song[c.track]!);
      assert.equal(new Set(songs).size, songs.length);
      const knownSongs = new Set(known.map((t) => song[t]!));
      for (const s of songs) assert.ok(!knownSongs.has(s));
      const expected = new Set(list.map((c) => song[c.track]!).filter((s) => !knownSongs.has(s)));
      assert.deepEqual(new Set(songs), expected);
      assertSubsequence(out, list);
      for (const most of [0, 1, 5])
        assert.deepEqual(
          oneVersion(list, (t) => [String(song[t])], known, undefined, most),
          out.slice(0, most),
        );
    }),
  );
});

test('limits hold for every artist and album, and nothing that fits is dropped', () => {
  const most = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
  fc.assert(
    fc.property(answer, most, most, (list, perArtist, perAlbum) => {
      const out = limited(list, dataset, perArtist, perAlbum);
      assertSubsequence(out, list);
      const artists = new Map<number, number>();
      const albums = new Map<number, number>();
      const room = (track: number): boolean =>
        artistNumbers(dataset, track).every((a) => (artists.get(a) ?? 0) < (perArtist ?? Number.POSITIVE_INFINITY)) &&
        (albums.get(dataset.tracks.album[track]!) ?? 0) < (perAlbum ?? Number.POSITIVE_INFINITY);
      let next = 0;
      for (const { track } of list) {
        const kept = out[next]?.track === track;
        assert.equal(kept, room(track));
        if (!kept) continue;
        next++;
        for (const a of artistNumbers(dataset, track)) artists.set(a, (artists.get(a) ?? 0) + 1);
        const album = dataset.tracks.album[track]!;
        albums.set(album, (albums.get(album) ?? 0) + 1);
      }
    }),
  );
});

test('MMR at 0 is the order of the scores; at any dial the n are distinct candidates and the first is the best', () => {
  fc.assert(
    fc.property(
      answer,
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (list, n, lambda) => {
        assert.deepEqual(diversified(list, n, 0, similarity), list.slice(0, n));
        const out = diversified(list, n, lambda, similarity);
        assert.equal(out.length, Math.min(n, list.length));
        assert.equal(new Set(out.map((c) => c.track)).size, out.length);
        if (lambda < 1) assert.equal(out[0]!.track, list[0]!.track);
      },
    ),
  );
});

test('MMR picks what its equation says, step by step', () => {
  fc.assert(
    fc.property(answer, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (whole, lambda) => {
      const list = whole.slice(0, 25);
      const out = diversified(list, 10, lambda, similarity);
      const value = (c: Candidate, chosen: readonly Candidate[]): number =>
        (1 - lambda) * c.relevance - lambda * Math.max(0, ...chosen.map((x) => similarity(x.track, c.track)));
      for (let i = 0; i < out.length; i++) {
        const chosen = out.slice(0, i);
        const best = Math.max(...list.filter((c) => !chosen.includes(c)).map((c) => value(c, chosen)));
        assert.ok(Math.abs(value(out[i]!, chosen) - best) < 1e-12);
      }
    }),
    { numRuns: 50 },
  );
});

test('orders for listening are permutations; smooth keeps the best first and is no rougher than by score', () => {
  fc.assert(
    fc.property(answer, (whole) => {
      const list = whole.slice(0, 40);
      assert.deepEqual(ordered(list, dataset, 'score'), list);
      for (const order of ['smooth', 'arc'] as const)
        assert.deepEqual(sortedTracks(ordered(list, dataset, order)), sortedTracks(list));
      const smooth = ordered(list, dataset, 'smooth');
      assert.equal(smooth[0], list[0]);
      assert.ok(pathCost(smooth, dataset) <= pathCost(list, dataset) + 1e-6);
    }),
    { numRuns: 40 },
  );
});

test('an arc is louder in its middle third than at its ends', () => {
  const energetic = Array.from({ length: count }, (_, t) => t).filter((t) => !Number.isNaN(dataset.feature(t, 1)));
  const list = toCandidates({ tracks: Int32Array.from(energetic), scores: new Float32Array(energetic.length).fill(1) });
  const energy = ordered(list, dataset, 'arc').map((c) => dataset.feature(c.track, 1));
  const mean = (part: number[]): number => part.reduce((sum, e) => sum + e, 0) / part.length;
  const n = energy.length;
  const around = mean(energy.slice(Math.floor(n * 0.5), Math.floor(n * 0.8)));
  assert.ok(around > mean(energy.slice(0, Math.floor(n * 0.25))));
  assert.ok(around > mean(energy.slice(Math.floor(n * 0.9))));
});

test('distances of key and tempo: circle of fifths, half and double time', () => {
  assert.equal(keyDistance(0, 11), 1 / 6);
  assert.equal(keyDistance(0, 6), 1);
  assert.equal(tempoDistance(70, 140), 0);
  assert.ok(Math.abs(tempoDistance(100, 100 * Math.SQRT2) - 1) < 1e-12);
});

test('sections keep their shares, fill up with the best of the rest, and never exceed n', () => {
  fc.assert(
    fc.property(answer, fc.integer({ min: 1, max: 80 }), (plain, n) => {
      const list = plain.map((c) => ({ ...c, section: c.track % 3 }));
      const shares = [0.5, 0.3, 0.2];
      const out = fillSections(list, shares, n);
      assert.equal(out.length, Math.min(n, list.length));
      assertSubsequence(out, list);
      if (list.length <= n) return;
      const places = largestRemainder(shares, n);
      for (let s = 0; s < 3; s++) {
        const offered = list.filter((c) => c.section === s).length;
        assert.ok(out.filter((c) => c.section === s).length >= Math.min(places[s]!, offered));
      }
    }),
  );
});

test('similarities are symmetric, bounded, and 1 for the same track', () => {
  const vectors = vectorSimilarity(
    Float32Array.from({ length: count * 4 }, (_, i) => Math.sin(i * 12.9898)),
    4,
  );
  fc.assert(
    fc.property(fc.nat(count - 1), fc.nat(count - 1), (a, b) => {
      for (const like of [similarity, vectors, blended(vectors, similarity)]) {
        assert.ok(Math.abs(like(a, b) - like(b, a)) < 1e-6);
        assert.ok(like(a, b) >= 0 && like(a, b) <= 1);
        assert.ok(Math.abs(like(a, a) - 1) < 1e-6);
      }
    }),
  );
  const nothing = vectorSimilarity(new Float32Array(count * 4), 4);
  assert.equal(nothing(0, 1), 0);
  assert.equal(blended(nothing, similarity)(3, 4), similarity(3, 4));
});
