import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { modelQuery } from '../model.ts';
import { fitBaseModels } from './base-models.ts';
import { type Bounds, UNBOUNDED } from './bounds.ts';
import { hybridCatalogue } from './catalogue.ts';
import { RetrieverScores } from './retriever-scores.ts';
import { RETRIEVERS, SLOT, STRIDE } from './retrievers.ts';

const dataset = demoDataset({ tracks: 600, playlists: 200, seed: 8 });
const catalogue = hybridCatalogue(dataset);
/** Limits that nothing in this library reaches, but with tables as in a large one. */
const WIDE: Bounds = {
  ...UNBOUNDED,
  voters: 500,
  titled: 500,
  entries: 1e6,
  byGenre: 1e6,
  leastHeld: 1,
};

const likedArtists = (seeds: Iterable<number>): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const seed of seeds) {
    const artist = catalogue.artistOf[seed]!;
    if (artist >= 0) counts.set(artist, (counts.get(artist) ?? 0) + 1);
  }
  return counts;
};

const gathered = (scores: RetrieverScores, owner: number, seeds: number, title: boolean): void => {
  const query = modelQuery({
    seeds: dataset.tracksOf(owner).slice(0, seeds),
    title: title ? dataset.owners.titles.get(owner) : '',
  });
  scores.gather(query, likedArtists(query.seeds));
};

test('near: as one reads the lists, group by group', () => {
  const scores = new RetrieverScores(dataset, catalogue, null, UNBOUNDED);
  const { groups } = scores;
  const seeds = dataset.tracksOf(2).slice(0, 4);
  const query = modelQuery({ seeds, weights: [1, 2, -1, 0.5] });
  scores.gather(query, likedArtists(seeds));
  const expected = new Float64Array(groups.count);
  query.seeds.forEach((seed, i) => {
    const weight = query.weights[i]! / ((dataset.ownersOf(seed) - 1) ** 0.4 + 1);
    for (let owner = 0; owner < dataset.owners.count; owner++) {
      const list = [...new Set(Array.from(dataset.tracksOf(owner), (track) => groups.of[track]!))];
      const at = list.indexOf(groups.of[seed]!);
      if (at < 0) continue;
      list.forEach((group, place) => {
        const apart = Math.abs(place - at);
        if (apart > 0 && apart <= 8) expected[group]! += weight / (1 + apart);
      });
    }
  });
  for (let group = 0; group < groups.count; group++)
    assert.ok(Math.abs(scores.scoreOf(groups.first[group]!, 'near') - expected[group]!) < 1e-5, `group ${group}`);
  assert.ok(expected.filter((value) => value > 0).length > 20);
  scores.dispose();
});

test('tracks of a title alone: votes of owners with what owners of similar titles hold most', () => {
  const titleSeeds = 20;
  const scores = new RetrieverScores(dataset, catalogue, null, { ...UNBOUNDED, titleSeeds });
  const silent = new RetrieverScores(dataset, catalogue, null, { ...UNBOUNDED, titleSeeds: 0 });
  for (const asked of [5, 30]) {
    gathered(scores, asked, 0, true);
    gathered(silent, asked, 0, true);
    const owners = Array.from({ length: dataset.owners.count }, (_, owner) => owner);
    const holders = (track: number): number[] => owners.filter((owner) => dataset.tracksOf(owner).includes(track));
    const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
    const votes = Array.from({ length: dataset.tracks.count }, (_, track) =>
      sum(holders(track).map((o) => scores.titleSimilarityOf(o) ** 3 * dataset.tracksOf(o).length ** -0.25)),
    );
    const seeds = [...votes.keys()].sort((a, b) => votes[b]! - votes[a]! || a - b).slice(0, titleSeeds);
    const alike = owners.map((owner) => {
      const held = seeds.filter((seed) => dataset.tracksOf(owner).includes(seed));
      const weights = held.map((seed) => votes[seed]! / votes[seeds[0]!]! / ((holders(seed).length - 1) ** 0.4 + 1));
      return sum(weights) / Math.sqrt(dataset.tracksOf(owner).length);
    });
    const most = Math.max(...alike);
    let found = 0;
    for (let track = 0; track < dataset.tracks.count; track++) {
      if (dataset.ownersOf(track) < 2) continue;
      const expected = sum(holders(track).map((owner) => (alike[owner]! / most) ** 1.5));
      const got = scores.scoreOf(track, 'tracks');
      assert.ok(Math.abs(got - expected) < 1e-4 * Math.max(1, expected), `${track}: ${got} instead of ${expected}`);
      if (got > 0) found++;
      assert.equal(silent.scoreOf(track, 'tracks'), 0);
      assert.ok(Math.abs(silent.scoreOf(track, 'title') - scores.scoreOf(track, 'title')) < 1e-6);
    }
    assert.ok(found > 50, `${found}`);
    assert.ok(scores.active.has('tracks') && !silent.active.has('tracks'));
  }
  gathered(scores, 5, 8, true);
  gathered(silent, 5, 8, true);
  assert.deepEqual(scores.rows.table.slice(), silent.rows.table.slice());
  scores.dispose();
  silent.dispose();
});

test('bounds that nothing reaches: the scores of what voters hold are those without bounds, query after query', async () => {
  const baseModels = await fitBaseModels(dataset, { rng: new Rng(1) }, catalogue);
  const free = new RetrieverScores(dataset, catalogue, baseModels, UNBOUNDED);
  const bounded = new RetrieverScores(dataset, catalogue, baseModels, WIDE);
  for (const [owner, seeds, title] of [
    [3, 8, true],
    [11, 1, false],
    [30, 0, true],
    [3, 8, true],
  ] as const) {
    gathered(free, owner, seeds, title);
    gathered(bounded, owner, seeds, title);
    let held = 0;
    for (let group = 0; group < free.groups.count; group++) {
      if (bounded.rows.of(group) < 0) continue;
      held++;
      for (const retriever of RETRIEVERS) {
        const track = free.groups.first[group]!;
        const [a, b] = [bounded.scoreOf(track, retriever), free.scoreOf(track, retriever)];
        assert.ok(Math.abs(a - b) <= 1e-4 * Math.max(1, Math.abs(b)), `${retriever} of ${track}: ${a} instead of ${b}`);
      }
    }
    assert.ok(held > 100, `${held} groups`);
  }
  free.dispose();
  bounded.dispose();
});

test('tight bounds: no more voters than allowed, and fewer groups are scored', () => {
  const free = new RetrieverScores(dataset, catalogue, null, UNBOUNDED);
  const tight = new RetrieverScores(dataset, catalogue, null, {
    ...WIDE,
    voters: 5,
    titled: 5,
    entries: 50,
    byGenre: 20,
  });
  gathered(free, 3, 8, true);
  gathered(tight, 3, 8, true);
  const votersOf = (scores: RetrieverScores): number => {
    const { votes, count } = scores.voters;
    let voters = 0;
    for (let v = 0; v < count; v++) if (votes[v * 16 + RETRIEVERS.indexOf('tracks')]! > 0) voters++;
    return voters;
  };
  assert.ok(votersOf(tight) > 0 && votersOf(tight) <= 5, `${votersOf(tight)}`);
  assert.ok(votersOf(free) > 5);
  assert.ok(tight.rows.count < free.rows.count, `${tight.rows.count} of ${free.rows.count}`);
  free.dispose();
  tight.dispose();
});

test('who holds nothing but seeds casts no vote, and the closest of the others counts in full', () => {
  const scores = new RetrieverScores(dataset, catalogue, null, UNBOUNDED);
  for (const owner of [2, 30, 77]) {
    gathered(scores, owner, dataset.tracksOf(owner).length, true);
    const { voters } = scores;
    const votes = (voter: number, slot: number): number => (voter < 0 ? 0 : voters.votes[voter * STRIDE + slot]!);
    for (const retriever of ['tracks', 'links', 'works', 'artists', 'recent', 'title'] as const) {
      if (!scores.active.has(retriever)) continue;
      const slot = SLOT[retriever];
      assert.equal(votes(voters.of(owner), slot), 0, `${retriever} of owner ${owner}`);
      const most = Array.from({ length: voters.count }, (_, v) => votes(v, slot)).reduce((a, b) => Math.max(a, b), 0);
      if (retriever !== 'title') assert.ok(Math.abs(most - 1) < 1e-6, `${retriever}: ${most}`);
    }
    assert.ok(scores.active.has('tracks') && scores.active.has('artists'));
  }
  scores.dispose();
});

test('rows for what two voters hold, seeds and named artists: their votes are all counted, the rest has no row', () => {
  const every = new RetrieverScores(dataset, catalogue, null, WIDE);
  const shared = new RetrieverScores(dataset, catalogue, null, { ...WIDE, leastRowHeld: 2 });
  for (const [owner, seeds] of [
    [3, 8],
    [11, 3],
    [3, 8],
  ] as const) {
    gathered(every, owner, seeds, true);
    gathered(shared, owner, seeds, true);
    const ofSeeds = new Set(Array.from(dataset.tracksOf(owner).slice(0, seeds), (track) => every.groups.of[track]!));
    let left = 0;
    for (let group = 0; group < every.groups.count; group++) {
      const row = every.rows.of(group);
      const voters = row < 0 ? 0 : every.rows.held[row]!;
      const named = every.named.artists.has(every.groups.artist[group]!);
      assert.equal(
        shared.rows.of(group) >= 0,
        voters >= 2 || ofSeeds.has(group) || named,
        `${voters} voters of ${group}`,
      );
      if (shared.rows.of(group) < 0) {
        if (voters === 1) left++;
        continue;
      }
      for (const retriever of ['tracks', 'links', 'artists', 'title', 'blend', 'spread'] as const) {
        const track = every.groups.first[group]!;
        assert.equal(shared.scoreOf(track, retriever), every.scoreOf(track, retriever), `${retriever} of ${track}`);
      }
    }
    assert.ok(left > 5, `${left} groups of one voter`);
  }
  every.dispose();
  shared.dispose();
});

test('short answers go by rules of their own', () => {
  const short = { shortAnswer: 50, shortLeastRowHeld: 4, shortLeastHeld: 4 };
  const scores = new RetrieverScores(dataset, catalogue, null, { ...WIDE, leastRowHeld: 2, ...short });
  const seeds = dataset.tracksOf(3).slice(0, 8);
  const rowsFor = (n: number): number => {
    scores.gather(modelQuery({ seeds }), likedArtists(seeds), n);
    return scores.rows.count;
  };
  assert.ok(rowsFor(50) < rowsFor(51));
  scores.dispose();
});
