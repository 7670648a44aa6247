import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { datasetOf, randomDataset } from '../../test/support/small-dataset.ts';
import { SegueError } from '../errors.ts';
import { Engine } from './engine.ts';
import { MemoryLibrary } from './memory-library.ts';
import { train } from './train.ts';

const dataset = randomDataset(3, 300, 120);
const library = new MemoryLibrary(dataset);
let engine: Engine;
const uri = (track: number): string => dataset.tracks.vocabulary.id(track);
const number = (id: string): number => dataset.tracks.vocabulary.indexOf(id);
const refused = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;

before(async () => {
  await train(library, { models: ['popularity', 'balanced'] });
  engine = await Engine.open(library);
});

test('n songs at most, no seed and no other version of one, scores descending', async () => {
  const answer = await engine.recommend({ seeds: [{ track: uri(1) }, { track: uri(2) }], n: 30 });
  assert.equal(answer.model, 'balanced');
  assert.equal(answer.fallback, false);
  assert.equal(answer.tracks.length, 30);
  const { song } = dataset.tracks;
  const songs = answer.tracks.map((t) => song[number(t.uri)]!);
  assert.equal(new Set(songs).size, 30);
  assert.ok(!songs.includes(song[1]!) && !songs.includes(song[2]!));
  for (let i = 1; i < 30; i++) assert.ok(answer.tracks[i]!.score <= answer.tracks[i - 1]!.score);
  assert.ok(answer.tracks.every((t) => t.because.length > 0));
});

test('the same question gives the same list', async () => {
  const request = { seeds: [{ track: uri(5) }], n: 20, diversity: 0.4, adventure: 0.3, order: 'smooth' as const };
  const first = await engine.recommend(request);
  const second = await engine.recommend(request);
  assert.deepEqual(first.tracks, second.tracks);
});

test('a dial turned after other questions gives what an engine that was never asked gives, also with filters and bans', async () => {
  const base = { seeds: [{ track: uri(5) }, { track: uri(9) }], n: 20, balance: 0.5, details: true };
  const dials = [
    {},
    { diversity: 0.6 },
    { adventure: 0.5 },
    { perArtist: 1 },
    { filters: { year: { from: 1990 } } },
    { filters: { year: { from: 2000 } } },
    { exclude: [uri(7)] },
    { exclude: [uri(8)] },
    {},
  ];
  const turned = await Engine.open(library);
  for (const dial of dials) {
    const fresh = await Engine.open(library);
    const request = { ...base, ...dial };
    assert.deepEqual((await turned.recommend(request)).tracks, (await fresh.recommend(request)).tracks);
    await fresh.close();
  }
  await turned.close();
});

test('bans of tracks and artists hold, by URI and by name, under every dial', async () => {
  const plain = await engine.recommend({ seeds: [{ track: uri(5) }], n: 10, details: true });
  const [first, second, third] = plain.tracks;
  const exclude = [first!.uri, second!.artistUris![0]!, `artist:${third!.artists[0]!.toUpperCase()}`];
  for (const dials of [{}, { diversity: 0.8, adventure: 0.7, order: 'arc' as const }, { model: 'popularity' }]) {
    const answer = await engine.recommend({ seeds: [{ track: uri(5) }], n: 200, exclude, details: true, ...dials });
    const firstSong = dataset.tracks.song[number(first!.uri)];
    for (const track of answer.tracks) {
      assert.notEqual(dataset.tracks.song[track.number!], firstSong);
      assert.ok(!track.artistUris!.includes(second!.artistUris![0]!));
      assert.ok(!track.artists.includes(third!.artists[0]!));
    }
  }
});

test('limits and filters hold in the answer', async () => {
  const answer = await engine.recommend({
    seeds: [{ track: uri(5) }],
    n: 40,
    perArtist: 2,
    filters: { year: { from: 1980 }, keepUnknown: false },
    details: true,
  });
  const counts = new Map<string, number>();
  for (const { artists, year } of answer.tracks) {
    assert.ok(year! >= 1980);
    for (const artist of artists) counts.set(artist, (counts.get(artist) ?? 0) + 1);
  }
  assert.ok(Math.max(...counts.values()) <= 2);
});

test('only unknown songs: popularity answers with the reason, and the songs are named', async () => {
  const id = 'spotify:track:4uLU6hMCjMI75M1A2tKUQC';
  const answer = await engine.recommend({
    seeds: [{ track: id, name: 'New Song', artists: ['New Artist'] }, { track: 'nonsense' }],
    n: 5,
  });
  assert.equal(answer.fallback, true);
  assert.match(answer.fallbackReason!, /None of the 2/);
  assert.deepEqual(answer.unknown, [id, 'nonsense']);
  assert.equal(answer.model, 'popularity');
  assert.equal(answer.tracks.length, 5);
});

test('unknown songs wait only where the engine allows it and the request asks for it, and strangers leave no text', async () => {
  const id = 'spotify:track:4uLU6hMCjMI75M1A2tKUQC';
  const seeds = [
    { track: id, name: 'New Song', artists: ['New Artist'] },
    { track: 'own:1', name: 'Other', artists: ['Somebody'] },
  ];
  const waitingOf = async (keepUnknown: 'nothing' | 'ids' | 'all' | undefined, remember: boolean) => {
    const own = new MemoryLibrary(dataset);
    const asked = await Engine.open(own, keepUnknown && { keepUnknown });
    await asked.recommend({ seeds, n: 1, remember });
    return own.waiting;
  };
  assert.deepEqual(await waitingOf(undefined, true), [], 'the default keeps nothing');
  assert.deepEqual(await waitingOf('all', false), []);
  assert.deepEqual(await waitingOf('ids', true), [{ uri: id }]);
  assert.deepEqual(
    (await waitingOf('all', true)).map(({ uri, name }) => [uri, name]),
    [
      [id, 'New Song'],
      ['own:1', 'Other'],
    ],
  );
});

test('whatever is asked, a changed library is taken up: search, songs, library, models and health', async () => {
  const asks: [string, (engine: Engine) => unknown][] = [
    ['search', (e) => e.queries.search('song', 1)],
    ['library', (e) => e.queries.library()],
    ['owners', (e) => e.queries.owners('playlist', 1)],
    ['models', (e) => e.queries.model('popularity')],
    ['map', (e) => e.current],
    ['health', (e) => e.health()],
  ];
  for (const [what, ask] of asks) {
    const growing = new MemoryLibrary(randomDataset(3, 100, 20));
    const opened = await Engine.open(growing, { lookEvery: 0 });
    growing.replace(randomDataset(3, 130, 20));
    await ask(opened);
    await opened.settled();
    assert.equal(opened.metrics.snapshot().counts['library taken up'], 1, what);
    assert.equal(opened.health().library.tracks, 130, what);
  }
});

test('a song that is known under another id is found by its names', async () => {
  const name = dataset.tracks.names.get(9);
  const artist = dataset.artists.names.get(dataset.mainArtist(9));
  const answer = await engine.recommend({ seeds: [{ track: 'other:id', name, artists: [artist] }], n: 3 });
  assert.deepEqual([answer.unknown, answer.fallback], [[], false]);
});

test('nothing asked, only dislikes: popularity with the reason', async () => {
  assert.match((await engine.recommend({})).fallbackReason!, /nothing to start from/);
  const disliked = await engine.recommend({ seeds: [{ track: uri(5), weight: -1 }], n: 300 });
  assert.match(disliked.fallbackReason!, /disliked/);
  assert.ok(!disliked.tracks.some((t) => t.uri === uri(5)));
});

test('everything barred: an empty list with the reason', async () => {
  const filtered = await engine.recommend({
    seeds: [{ track: uri(5) }],
    filters: { year: { from: 2099 }, keepUnknown: false },
  });
  assert.deepEqual([filtered.tracks.length, filtered.fallback], [0, false]);
  assert.match(filtered.notes!.join(' '), /exclude every song/);
  const everyone = Array.from({ length: dataset.tracks.count }, (_, t) => uri(t)).filter((u) => u !== uri(5));
  const banned = await engine.recommend({ seeds: [{ track: uri(5) }], exclude: everyone });
  assert.equal(banned.tracks.length, 0);
  assert.match(banned.notes!.join(' '), /banned/);
});

test('fewer than n come with a note', async () => {
  const answer = await engine.recommend({ seeds: [{ track: uri(5) }], n: 500, perArtist: 1 });
  assert.ok(answer.tracks.length < 500);
  assert.match(answer.notes!.join(' '), /of 500 songs/);
});

test('an owner stands for its tracks; history and explicit seeds add to it', async () => {
  const owner = dataset.owners.vocabulary.id(4);
  const answer = await engine.recommend({ owner, history: [{ track: uri(7), count: 3 }], n: 300 });
  const inside = new Set(Array.from(dataset.tracksOf(4), (t) => uri(t)));
  assert.ok(!answer.tracks.some((t) => inside.has(t.uri) || t.uri === uri(7)));
  await assert.rejects(engine.recommend({ owner: 'nobody' }), refused('NOT_FOUND'));
});

test('requests that cannot be meant are refused with a code', async () => {
  for (const n of [0, 501, 1.5]) await assert.rejects(engine.recommend({ n }), SegueError);
  await assert.rejects(engine.recommend({ n: 501 }), refused('OUT_OF_RANGE'));
  await assert.rejects(engine.recommend({ model: 'nonsense' }), refused('UNKNOWN_MODEL'));
  await assert.rejects(engine.recommend({ model: 'audio' }), refused('MODEL_NOT_TRAINED'));
  await assert.rejects(engine.recommend({ model: 'popularity', options: { x: 1 } }), refused('USAGE'));
  await assert.rejects(
    engine.recommend({ model: 'popularity', options: { weights: {} } }),
    /Choose a model that has it: balanced/,
  );
  await assert.rejects(
    engine.recommend({ filters: { energy: { to: 3 } } }),
    /energy.to is 3. Expected a number of at most 1/,
  );
  await assert.rejects(engine.recommend({ n: 1.5 }), /Expected a whole number/);
  await assert.rejects(engine.similar({ track: 'nothing like it' }), refused('UNKNOWN_TRACK'));
});

test('a model of another library is refused when named, and passed over otherwise', async () => {
  const other = new MemoryLibrary(randomDataset(4, 200, 50));
  await other.saveModel('balanced', (await library.loadModel('balanced'))!);
  const opened = await Engine.open(other);
  await assert.rejects(opened.recommend({ model: 'balanced' }), refused('MODEL_MISMATCH'));
  const answer = await opened.recommend({ title: 'anything', n: 3 });
  assert.deepEqual([answer.model, answer.fallback], ['popularity', true]);
  const { models } = await opened.queries.models();
  const balanced = models.find((m) => m.id === 'balanced')!;
  assert.deepEqual([balanced.trained, balanced.unusable], [false, null]);
  assert.match(balanced.outdated!, /trained on the catalogue 300/);
});

test('popularity needs no training', async () => {
  const opened = await Engine.open(new MemoryLibrary(randomDataset(8, 100, 30)));
  const answer = await opened.recommend({ model: 'popularity', n: 5 });
  assert.deepEqual([answer.model, answer.tracks.length], ['popularity', 5]);
  assert.deepEqual(opened.health().models.trained, []);
});

test('warming up loads the models and practises without leaving a trace in the figures', async () => {
  const opened = await Engine.open(library);
  await opened.warmUp();
  assert.deepEqual(opened.health().models.loaded.sort(), ['balanced', 'popularity']);
  assert.deepEqual(opened.metrics.snapshot().counts, {});
  await (await Engine.open(new MemoryLibrary(randomDataset(9, 50, 0)))).warmUp();
});

test('new models and new data are taken up; questions in between are answered', async () => {
  const growing = new MemoryLibrary(randomDataset(5, 100, 30));
  const opened = await Engine.open(growing);
  assert.equal(opened.health().models.default, null);
  await train(growing, { models: ['balanced'] });
  await opened.refresh();
  assert.equal(opened.health().models.default, 'balanced');
  growing.replace(randomDataset(6, 60, 30));
  const [answer] = await Promise.all([opened.recommend({ n: 5 }), opened.refresh()]);
  assert.equal(answer.tracks.length, 5);
  assert.equal(opened.health().library.tracks, 60);
  await assert.rejects(opened.recommend({ model: 'balanced' }), refused('MODEL_MISMATCH'));
});

test('similar songs leave out the song itself', async () => {
  const answer = await engine.similar({ track: uri(5), n: 10 });
  assert.equal(answer.tracks.length, 10);
  assert.ok(!answer.tracks.some((t) => t.uri === uri(5)));
});

test('the catalogue answers: search, track, owners, library, map', async () => {
  const { queries: catalogue } = engine;
  const name = dataset.tracks.names.get(20);
  assert.equal((await catalogue.search(name, 3)).tracks[0]!.name, name);
  assert.equal((await catalogue.search(uri(20), 3)).tracks[0]!.uri, uri(20));
  const track = await catalogue.track(uri(20));
  assert.equal(track.playlists, dataset.ownersOf(20));
  await assert.rejects(catalogue.track('nothing'), refused('NOT_FOUND'));
  assert.ok((await catalogue.owners('playlist 3', 5)).owners.every((o) => o.title === 'Playlist 3'));
  assert.equal((await catalogue.owners('', 5)).owners.length, 5);
  assert.equal(catalogue.owner('test:playlist:0').items.length, dataset.tracksOf(0).length);
  const { counts } = await catalogue.library();
  assert.equal(counts.tracks, 300);
  assert.ok(counts.songs < 300 && counts.withFeatures < 300);
});

test('pasted songs are resolved with confidence, and the rest get suggestions', async () => {
  const name = dataset.tracks.names.get(30);
  const artist = dataset.artists.names.get(dataset.mainArtist(30));
  const answer = await engine.queries.resolve(`${artist} - ${name}\n${uri(31)}\nwhatever this may be\n\n`, 2);
  assert.deepEqual([answer.matched, answer.unmatched], [2, 1]);
  assert.equal(answer.lines[0]!.track!.name, name);
  assert.equal(answer.lines[1]!.confidence, 1);
  assert.ok(answer.lines[2]!.suggestions.length <= 2);
});

test('a catalogue of one song, and one without playlists, are answered', async () => {
  const one = await Engine.open(
    new MemoryLibrary(datasetOf([{ uri: 'a:1', name: 'Only', artists: [{ name: 'One' }] }])),
  );
  const answer = await one.recommend({ seeds: [{ track: 'a:1' }] });
  assert.equal(answer.tracks.length, 0);
  assert.equal((await one.queries.library()).counts.tracks, 1);
});
