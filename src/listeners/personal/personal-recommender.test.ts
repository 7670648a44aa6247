import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { driftingListener } from '../../../test/support/drifting-listener.ts';
import { SegueError } from '../../errors.ts';
import { Library } from '../../library/library.ts';
import { genreNames } from '../../recommend/describe.ts';
import { Engine } from '../../recommend/engine.ts';
import { MemoryLibrary } from '../../recommend/memory-library.ts';
import { train } from '../../recommend/train.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { experimentResults } from '../experiments/results.ts';
import type { ListenerRepository } from '../repository.ts';
import { backtest, keepBlend } from './backtest.ts';
import { BlendKeeper } from './blend/blend-keeper.ts';
import { type Household, openHousehold } from './household.ts';
import { PersonalRecommender } from './personal-recommender.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const DAY = 86_400_000;
const dataset = demoDataset({ tracks: 1500, playlists: 600, seed: 2 });
let dir: string;
let engine: Engine;
let household: Household;
let repository: ListenerRepository;
let now = NOW;
let personal: PersonalRecommender;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'segue-personal-'));
  const memory = new MemoryLibrary(dataset);
  await train(memory, { models: ['track-neighbours', 'popularity', 'artists'] });
  engine = await Engine.open(memory);
  household = openHousehold(await Library.open(dir), undefined);
  repository = await household.repository();
  personal = new PersonalRecommender(engine, household, () => now);
});
after(async () => {
  await household.close();
  await rm(dir, { recursive: true, force: true, maxRetries: 10 });
});

async function listenerWith(name: string, seed: number, days = 300): Promise<string> {
  const { id } = await repository.listeners.add({ name });
  await repository.plays.add(id, driftingListener(dataset, seed, days, NOW));
  return id;
}
const uris = (list: { tracks: readonly { uri: string }[] }): string[] => list.tracks.map(({ uri }) => uri);

test('for you: new songs at newness 1, forgotten favourites at 0, the same all day', async () => {
  const id = await listenerWith('Ann', 1);
  const heard = new Set((await personal.profile(id)).heard);
  const fresh = await personal.forYou(id, { n: 30, newness: 1 });
  assert.equal(fresh.tracks.length, 30);
  assert.ok(uris(fresh).every((uri) => !heard.has(uri)));
  const few = await personal.forYou(id, { n: 5, newness: 0 });
  assert.ok(
    uris(few).every((uri) => heard.has(uri)),
    'rediscoveries alone',
  );
  assert.match(few.tracks[0]!.because[0]!, /^You loved this; last played in [A-Z][a-z]+ 20\d\d$/);
  const old = await personal.forYou(id, { n: 20, newness: 0 });
  assert.ok(uris(old).filter((uri) => heard.has(uri)).length >= 15);
  const mixed = uris(await personal.forYou(id, { n: 30, newness: 0.7 }));
  const rediscovered = mixed.filter((uri) => heard.has(uri)).length;
  assert.ok(rediscovered >= 7 && rediscovered <= 9, `${rediscovered} of 30`);
  const detailed = await personal.forYou(id, { n: 30, newness: 0.7, details: true });
  assert.ok(detailed.tracks.every(({ features }) => features));
  assert.deepEqual(uris(await personal.forYou(id, { n: 30, newness: 1 })), uris(fresh));
  now = NOW + DAY;
  assert.notDeepEqual(uris(await personal.forYou(id, { n: 30, newness: 1 })), uris(fresh));
  now = NOW;
});

test('feedback counts at the next call and never empties a list', async () => {
  const id = await listenerWith('Bo', 2);
  const first = await personal.forYou(id, { n: 20, newness: 1 });
  const [banned, disliked] = first.tracks;
  await repository.events.record(id, [
    { id: 'e1', kind: 'ban', song: banned!.uri, at: NOW, list: first.id, position: 0 },
    { id: 'e2', kind: 'dislike', song: disliked!.uri, at: NOW, list: first.id, position: 1 },
  ]);
  await repository.bans.set(id, { kind: 'artist', target: `artist:${first.tracks[2]!.artists[0]}`, at: NOW });
  const second = await personal.forYou(id, { n: 20, newness: 1 });
  assert.equal(second.tracks.length, 20);
  assert.ok(!uris(second).includes(banned!.uri) && !uris(second).includes(disliked!.uri));
  assert.ok(second.tracks.every(({ artists }) => !artists.includes(first.tracks[2]!.artists[0]!)));
  // A ban for a while ends by itself.
  await repository.bans.set(id, { kind: 'song', target: banned!.uri, at: NOW, until: NOW + DAY });
  now = NOW + 2 * DAY;
  assert.ok((await personal.profile(id)).bans.every(({ target }) => target !== banned!.uri));
  now = NOW;
});

test('bans of artists and genres hold for songs of the listener as well: rediscoveries, mixes and seeds', async () => {
  const id = await listenerWith('Gus', 7);
  const track = (uri: string): number => dataset.tracks.vocabulary.indexOf(uri);
  const old = uris(await personal.forYou(id, { n: 20, newness: 0 }));
  const artist = dataset.artists.names.get(dataset.mainArtist(track(old[0]!)));
  const artistOf = (uri: string): string => dataset.artists.names.get(dataset.mainArtist(track(uri)));
  const other = old.find((uri) => artistOf(uri) !== artist && genreNames(dataset, track(uri)).length > 0)!;
  const genre = genreNames(dataset, track(other))[0]!;
  await repository.bans.set(id, { kind: 'artist', target: `artist:${artist}`, at: NOW });
  await repository.bans.set(id, { kind: 'genre', target: genre, at: NOW });
  const lists = [await personal.forYou(id, { n: 20, newness: 0 }), ...(await personal.mixes(id, { n: 20 }))];
  for (const uri of [...lists.flatMap(uris), ...(await personal.profile(id)).songs.map((song) => song.uri)]) {
    assert.notEqual(artistOf(uri), artist);
    assert.ok(!genreNames(dataset, track(uri)).includes(genre), uri);
  }
});

test('mixes: named, no song in two of them, the same all day, other songs the next day', async () => {
  const id = await listenerWith('Cy', 3);
  const mixes = await personal.mixes(id, { n: 20 });
  assert.ok(mixes.length >= 2, `${mixes.length} mixes`);
  assert.equal(new Set(mixes.map(({ title }) => title)).size, mixes.length);
  const all = mixes.flatMap(uris);
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual((await personal.mixes(id, { n: 20 })).map(uris), mixes.map(uris));
  now = NOW + DAY;
  const next = (await personal.mixes(id, { n: 20 })).flatMap(uris);
  const again = next.filter((uri) => all.includes(uri)).length;
  assert.ok(again <= next.length * 0.1, `${again} of ${next.length} come back the next day`);
  now = NOW;
});

test('a period, a saved list, and somebody of whom nothing is known', async () => {
  const id = await listenerWith('Di', 4);
  const period = await personal.fromPeriod(id, NOW - 200 * DAY, NOW - 150 * DAY, { n: 15 });
  assert.equal(period.tracks.length, 15);
  assert.match(period.title, /^More of your 202[56]/);
  await assert.rejects(personal.fromPeriod(id, NOW, NOW - DAY), (e) => e instanceof SegueError && e.code === 'USAGE');
  await assert.rejects(personal.fromPeriod(id, 0, DAY), (e) => e instanceof SegueError && e.code === 'USAGE');
  const songs = [...dataset.tracksOf(5)].slice(0, 6).map((t) => ({ song: dataset.tracks.vocabulary.id(t) }));
  await repository.lists.save(id, { id: 'mine', name: 'Mine', songs });
  const more = await personal.continueList(id, 'mine', { n: 10 });
  assert.ok(uris(more).every((uri) => songs.every(({ song }) => song !== uri)));
  const { id: nobody } = await repository.listeners.add({ name: 'Nobody' });
  assert.equal((await personal.forYou(nobody, { n: 10 })).tracks.length, 10);
  assert.deepEqual(await personal.mixes(nobody), []);
});

test('what is shown is remembered, unless the listener says no', async () => {
  const id = await listenerWith('Ed', 5, 60);
  const { id: list } = await personal.forYou(id, { n: 5 });
  assert.equal((await repository.shown.page(id)).items[0]!.id, list);
  await repository.settings.set(id, { rememberShown: false });
  await personal.forYou(id, { n: 5 });
  assert.equal((await repository.shown.page(id)).items.length, 1);
});

test('the backtest cuts in time, counts new songs only, and chooses on earlier cuts', async () => {
  const id = await listenerWith('Flo', 6, 400);
  const result = await backtest(engine, repository, id, { cuts: 24 });
  assert.ok(result.cuts.length >= 2 && result.newSongs > 0 && result.repeatedSongs > 0);
  const by = new Map(result.results.map((r) => [r.name, r]));
  // Its songs were all heard before: it is judged by what was played again, and the others by what was new.
  for (const name of ['most played', 'most played lately']) {
    const played = by.get(name)!;
    assert.ok(played.found === null && played.ndcg === null && played.again!.mean > 0);
  }
  assert.ok(by.get('most played lately')!.again!.mean > by.get('most played')!.again!.mean);
  assert.ok(by.has('your blend') && by.has('same artists'));
  for (const { found, ndcg, again } of result.results)
    for (const f of [found, ndcg, again].filter((one) => one !== null))
      assert.ok(f.low <= f.mean && f.mean <= f.high && f.low >= 0 && f.high <= 1);
  const ordered = result.results.slice(0, -2).map(({ ndcg }) => ndcg!.mean);
  assert.deepEqual(
    ordered,
    ordered.toSorted((a, b) => b - a),
  );
  assert.ok(
    result.blend!.length > 0 &&
      result.blend!.every(({ name, weight }) => !name.startsWith('most played') && weight > 0),
  );
  assert.deepEqual(await backtest(engine, repository, id, { cuts: 24 }), result);
  const { id: short } = await repository.listeners.add({ name: 'Short' });
  await assert.rejects(backtest(engine, repository, short), (e) => e instanceof SegueError && e.code === 'USAGE');
});

test('the blend of the backtest answers, is kept with the models it was chosen among, and is stale with others or a longer history', async () => {
  const id = await listenerWith('Hal', 8, 400);
  const plain = await personal.forYou(id, { n: 20, newness: 1 });
  await keepBlend(engine, repository, id, await backtest(engine, repository, id, { cuts: 6 }), NOW);
  const stored = (await repository.blends.get(id))!;
  const { plays } = await repository.listeners.counts(id);
  assert.equal(stored.plays, plays);
  assert.equal(stored.at, NOW);
  assert.deepEqual(Object.keys(stored.versions).sort(), ['artists', 'popularity', 'track-neighbours']);
  const keeper = new BlendKeeper(engine, household, () => NOW);
  assert.equal(keeper.isStale(stored, plays, stored.at), false);
  assert.equal(keeper.isStale(stored, plays * 2, stored.at), true);
  assert.equal(keeper.isStale(stored, plays, stored.at + 60 * DAY), true);
  assert.equal(
    keeper.isStale({ ...stored, versions: { ...stored.versions, artists: 'older' } }, plays, stored.at),
    true,
  );
  assert.equal(keeper.isStale(null, 10, NOW), false, 'ten plays choose nothing');
  await repository.blends.set(id, { ...stored, parts: [{ name: 'same artists', weight: 1 }] });
  const blended = await personal.forYou(id, { n: 20, newness: 1 });
  assert.equal(blended.model, 'same artists');
  assert.notDeepEqual(uris(blended), uris(plain));
  const artists = new Set((await personal.profile(id)).songs.map(({ track }) => dataset.mainArtist(track)));
  const own = blended.tracks.filter(({ uri }) =>
    artists.has(dataset.mainArtist(dataset.tracks.vocabulary.indexOf(uri))),
  );
  assert.ok(own.length >= 15, `${own.length} of 20 by known artists`);
  assert.match(own[0]!.because[0]!, /^Also by /);
  await repository.blends.set(id, { ...stored, at: stored.at + 1, parts: [{ name: 'hybrid', weight: 1 }] });
  assert.deepEqual(
    uris(await personal.forYou(id, { n: 20, newness: 1 })),
    uris(plain),
    'a part that is not trained: as without',
  );
});

test('while an experiment runs, lists hold songs of both models with their teams, and likes count for the team', async () => {
  const id = await listenerWith('Ivy', 9);
  const started = await repository.experiments.start({
    kind: 'interleave',
    a: 'track-neighbours',
    b: 'popularity',
    at: NOW,
  });
  await assert.rejects(repository.experiments.start({ kind: 'split', a: 'artists', b: 'popularity' }), {
    code: 'USAGE',
  });
  const list = await personal.forYou(id, { n: 20, newness: 1 });
  const [shown] = (await repository.shown.page(id, { experiment: started.id })).items;
  const teams = shown!.detail!.teams as Record<string, 'a' | 'b'>;
  const [a, b] = ['a', 'b'].map((team) => uris(list).filter((uri) => teams[uri] === team));
  assert.ok(a!.length === 10 && b!.length === 10, `${a!.length} and ${b!.length}`);
  await repository.events.record(id, [
    { id: 'x1', kind: 'like', song: a![0]!, at: NOW, list: list.id, position: 0 },
    { id: 'x2', kind: 'play', song: a![1]!, at: NOW, list: list.id, position: 1 },
    { id: 'x3', kind: 'skip', song: b![0]!, at: NOW, list: list.id, position: 2 },
  ]);
  const [result] = await experimentResults(repository);
  assert.deepEqual([result!.verdict.a, result!.verdict.b, result!.verdict.lists], [2, 0, 1]);
  assert.equal(
    (await personal.forYou(id, { n: 20, newness: 1, model: 'artists' })).model,
    'artists',
    'asked by name: no part of it',
  );
  assert.equal((await repository.experiments.end(NOW + 1))!.id, started.id);
  assert.notEqual((await personal.forYou(id, { n: 20, newness: 1 })).model, list.model);
  assert.equal(await repository.experiments.end(), null);
});

test('a listener who was deleted leaves nothing to the next one of the same id', async () => {
  const play = { song: dataset.tracks.vocabulary.id(7), at: NOW, source: 'test' };
  await repository.listeners.add({ name: 'Gone', id: 'same' });
  await repository.plays.add('same', [{ ...play, id: 'a' }]);
  assert.deepEqual((await personal.profile('same')).heard, [play.song]);
  await household.deleteEverything('same');
  await repository.listeners.add({ name: 'New', id: 'same' });
  const other = dataset.tracks.vocabulary.id(8);
  await repository.plays.add('same', [{ ...play, id: 'a', song: other }]);
  assert.deepEqual((await personal.profile('same')).heard, [other]);
});
