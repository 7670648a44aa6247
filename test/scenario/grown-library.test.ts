import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Batch } from '../../src/dataset/rows.ts';
import { emptyBatch } from '../../src/dataset/rows.ts';
import { Library } from '../../src/library/library.ts';
import { Engine } from '../../src/recommend/engine.ts';
import { train } from '../../src/recommend/train.ts';
import { processRunner } from '../../src/serve/job-runner.ts';
import { Jobs } from '../../src/serve/jobs.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';

const TRACKS = 400;
/** The default models and those that are trained only by name. */
const MODELS = [
  'hybrid',
  'als',
  'artists',
  'spectral',
  'ease',
  'clusters',
  'autoencoder',
  'track-neighbours',
  'playlist-neighbours',
  'title',
  'balanced',
  'popularity',
];
/** Models that recommend songs added after their training. */
const SEE_NEW_SONGS = ['balanced', 'clusters', 'autoencoder', 'playlist-neighbours', 'artists'];
const origin = { id: 'own', title: 'Own songs', licence: '', citation: '' };
const folder = mkdtempSync(join(tmpdir(), 'segue-grown-'));
let library: Library;
let seeds: { track: string }[];

/** Songs that the library lacks, equal to its first ones except for the id, each in a list with the seeds. */
async function newSongs(from: number, count: number): Promise<Batch> {
  const dataset = await library.dataset();
  const batch = emptyBatch();
  for (const { track } of seeds) batch.tracks.push({ uri: track });
  for (let n = from; n < from + count; n++) {
    const like = dataset.tracks.vocabulary.indexOf(seeds[n % seeds.length]!.track);
    const artist = dataset.mainArtist(like);
    batch.tracks.push({
      uri: `own:${n}`,
      name: `Own ${n}`,
      artists: [{ name: dataset.artists.names.get(artist), uri: dataset.artists.vocabulary.id(artist) }],
      year: dataset.tracks.year[like]!,
      features: { energy: dataset.feature(like, 1), danceability: dataset.feature(like, 0), valence: 0.5 },
      genres: ['pop'],
    });
  }
  for (let n = 0; n < 3; n++)
    batch.owners.push({
      id: `own:list:${from}:${n}`,
      kind: 'playlist',
      title: 'own',
      items: batch.tracks.map((_, i) => i),
    });
  return batch;
}

const ask = async (model: string, engine: Engine): Promise<string[]> => {
  const { tracks, fallback } = await engine.recommend({
    seeds: seeds.slice(0, 4),
    title: model === 'title' ? 'own' : undefined,
    model,
    n: 400,
  });
  assert.equal(fallback, false, model);
  return tracks.map(({ uri }) => uri);
};

before(async () => {
  library = await Library.open(join(folder, 'library'));
  await library.importBatches(demo, 'demo', demoBatches({ tracks: TRACKS, playlists: 300, seed: 1 }));
  const dataset = await library.dataset();
  seeds = Array.from(dataset.tracksOf(0).subarray(0, 8), (t) => ({ track: dataset.tracks.vocabulary.id(t) }));
  await train(library, {
    models: MODELS,
    set: { als: { iterations: 2, factors: 8 }, autoencoder: { epochs: 2 }, hybrid: { leastOwners: 100 } },
  });
});
after(() => rmSync(folder, { recursive: true }));

test('after an import of new songs, every trained model answers, and those that can recommend the new songs do', async () => {
  const before = await Engine.open(library);
  const answers = new Map<string, string[]>();
  for (const model of MODELS) if (model !== 'title') answers.set(model, await ask(model, before));
  await library.importBatches(origin, 'first', [await newSongs(0, 20)]);
  const engine = await Engine.open(library);
  for (const model of MODELS) {
    const uris = await ask(model, engine);
    const fresh = uris.filter((uri) => uri.startsWith('own:'));
    if (SEE_NEW_SONGS.includes(model)) assert.ok(fresh.length > 0, `${model} names new songs`);
    // Models that read none of the library's playlists give the same answer as before.
    if (['als', 'ease', 'popularity'].includes(model)) assert.deepEqual(uris, answers.get(model), model);
    const { info, trained, outdated } = await engine.queries.model(model);
    assert.deepEqual([trained, outdated], [true, null], model);
    if (['als', 'hybrid', 'ease', 'spectral'].includes(model)) {
      assert.equal(info?.newerTracks, 20);
      assert.equal(info.newerShare, 20 / (TRACKS + 20));
    }
  }
  const alike = await engine.similar({ track: 'own:3', n: 5 });
  assert.ok(alike.tracks.length === 5, 'a new song is compared by its content');
  const own = await engine.recommend({ seeds: [...seeds.slice(0, 4), { track: 'own:3' }], model: 'als', n: 100 });
  assert.deepEqual(own.unknown, []);
  assert.deepEqual(
    own.tracks.slice(0, 50).map(({ uri }) => uri),
    answers.get('als')!.slice(0, 50),
    'a song that the model never saw is no evidence to it',
  );
});

test('a request with 3,000 unknown songs and training one model leave all other models unchanged', async () => {
  const engine = await Engine.open(library, { keepUnknown: 'all', lookEvery: 0 });
  const answers = new Map<string, string[]>();
  for (const model of MODELS) answers.set(model, await ask(model, engine));
  const unknown = Array.from({ length: 3000 }, (_, n) => ({
    track: `local:song:${n}`,
    name: `Unknown ${n}`,
    artists: [`Nobody ${n % 50}`],
  }));
  await engine.recommend({ seeds: [...seeds, ...unknown], n: 10, model: 'hybrid', remember: true });
  while ((await library.waitingCount()) < 3000) await new Promise((resolve) => setImmediate(resolve));
  const jobs = new Jobs(processRunner(library.dir), () => engine.refresh());
  const { id } = jobs.start({ kind: 'train', models: ['popularity'] });
  const ended = await new Promise<{ type: string; error?: string | null }>((resolve) => {
    const stop = jobs.watch(id, (event) => {
      if (event.type === 'progress') return;
      stop();
      resolve(event);
    });
  });
  assert.equal(ended.type, 'done', ended.error ?? '');
  await engine.refresh();
  assert.equal(engine.health().library.tracks, TRACKS + 20 + 3000);
  assert.equal(await library.waitingCount(), 0);
  for (const model of MODELS) {
    const uris = await ask(model, engine);
    if (['als', 'artists', 'ease', 'spectral', 'track-neighbours'].includes(model))
      assert.deepEqual(uris, answers.get(model), model);
  }
});
