import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { DatasetBuilder } from '../../src/dataset/builder.ts';
import type { Dataset } from '../../src/dataset/dataset.ts';
import type { Batch } from '../../src/dataset/rows.ts';
import { Rng } from '../../src/math/rng.ts';
import { MODELS } from '../../src/models/registry.ts';
import { artistNumbers, genreNumbers } from '../../src/recommend/describe.ts';
import { Engine } from '../../src/recommend/engine.ts';
import { MemoryLibrary } from '../../src/recommend/memory-library.ts';
import type { RecommendedTrack, RecommendRequest } from '../../src/recommend/request.ts';
import { train } from '../../src/recommend/train.ts';
import { artists } from '../../src/sources/artists.ts';
import { demoBatches } from '../../src/sources/demo/demo.ts';
import { mpd } from '../../src/sources/mpd.ts';
import type { Source } from '../../src/sources/source.ts';
import { tracks } from '../../src/sources/tracks.ts';
import { MPD_SAMPLE, REAL_DATA, skipWithoutRealData } from '../support/real-data.ts';

const N = 50;
/** The part of the model's list within which an adventurous list must stay. */
const POOL = 500;
/** Every model except those that predict ratings, which are tested in a separate world. */
const ASKED = MODELS.filter(({ predicts }) => predicts !== 'ratings').map(({ id }) => id);
/** Models that ignore seeds, or their styles. */
const WITHOUT_STYLES = new Set(['popularity', 'title', 'audio']);
/** The title for querying the model of titles. */
const TITLE = 'road trip';
/** A ranker small enough for a test that runs on every change. */
const SMALL = {
  hybrid: { folds: 2, trees: 40, maxTrainingQueries: 400, negatives: 60 },
  als: { iterations: 4 },
  autoencoder: { epochs: 3 },
};
const REAL_SEEDS = [
  'Elton John - Tiny Dancer',
  'Kendrick Lamar - HUMBLE.',
  'Metallica - Enter Sandman',
  'Taylor Swift - Blank Space',
  'Daft Punk - One More Time',
  'Miles Davis - So What',
];

/** A title without anything that could be a version label: brackets, text after a dash, guests, punctuation. Merges more than the product does. */
const bare = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[([{].*$/, '')
    .replace(/\s[-–—]\s.*$/, '')
    .replace(/\b(feat|ft|featuring)\b.*$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Songs of the list whose bare title the artist already has in the list or among the seeds. */
function duplicates(list: readonly RecommendedTrack[], dataset: Dataset, seeds: readonly string[]): string[] {
  const seen = new Set<string>();
  for (const uri of seeds) {
    const track = dataset.tracks.vocabulary.indexOf(uri);
    for (const artist of artistNumbers(dataset, track))
      seen.add(`${dataset.artists.names.get(artist)}|${bare(dataset.tracks.names.get(track))}`);
  }
  return list.flatMap((track) => {
    const title = bare(track.name);
    if (title === '') return [];
    const keys = track.artists.map((artist) => `${artist}|${title}`);
    const again = keys.find((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return again === undefined ? [] : [again];
  });
}

function mostByOneArtist(list: readonly RecommendedTrack[]): number {
  const counts = new Map<string, number>();
  for (const { artists } of list) for (const name of new Set(artists)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

class World {
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly seeds: readonly string[];

  constructor(dataset: Dataset, engine: Engine, seeds: readonly string[]) {
    this.dataset = dataset;
    this.engine = engine;
    this.seeds = seeds;
  }

  /** Each seed alone, and all together. */
  questions(): string[][] {
    return [...this.seeds.map((uri) => [uri]), [...this.seeds]];
  }

  /** The list as requested by the page and the command line. */
  async list(
    model: string,
    seeds: readonly string[],
    dials: Partial<RecommendRequest> = {},
  ): Promise<RecommendedTrack[]> {
    const answer = await this.engine.recommend({
      ...{ model, seeds: seeds.map((track) => ({ track })), n: N },
      ...{ perArtist: 'auto' as const, balance: 0.5, details: false },
      ...((model === 'title' || model === 'title-encoder') && { title: TITLE }),
      ...dials,
    });
    // The sound of few songs is known here; where the model of sounds has no data, popularity answers under the same rules.
    if (model !== 'audio') assert.equal(answer.fallback, false, `${model}: ${answer.fallbackReason}`);
    return answer.tracks;
  }

  genresOf(uri: string): Set<number> {
    return genreNumbers(this.dataset, this.dataset.tracks.vocabulary.indexOf(uri));
  }

  owners(uri: string): number {
    return this.dataset.ownersOf(this.dataset.tracks.vocabulary.indexOf(uri));
  }

  /** Owner counts of the least popular songs of the pool, at most three per artist, least popular first. */
  leastKnown(pool: readonly RecommendedTrack[]): number[] {
    const counts = new Map<string, number>();
    const least: number[] = [];
    for (const track of [...pool].sort((a, b) => this.owners(a.uri) - this.owners(b.uri))) {
      if (track.artists.some((name) => (counts.get(name) ?? 0) >= 3)) continue;
      for (const name of track.artists) counts.set(name, (counts.get(name) ?? 0) + 1);
      least.push(this.owners(track.uri));
    }
    return least;
  }
}

async function worldOf(
  dataset: Dataset,
  seedsOf: (engine: Engine) => Promise<string[]>,
  models: string[] = ASKED,
): Promise<World> {
  const library = new MemoryLibrary(dataset);
  await train(library, { models, set: models === ASKED ? SMALL : {} });
  const engine = await Engine.open(library);
  return new World(dataset, engine, await seedsOf(engine));
}

/** The owners with random ratings from 1 to 5 for each of their songs. */
function marked(batch: Batch, rng: Rng): Batch {
  const owners = batch.owners.map((owner) => ({
    ...owner,
    weights: Array.from(owner.items, () => 1 + rng.below(5)),
  }));
  return { ...batch, owners };
}

async function realDataset(change: (batch: Batch) => Batch = (batch) => batch): Promise<Dataset> {
  const builder = new DatasetBuilder();
  const add = async (source: Source, path: string): Promise<void> => {
    for (const file of await source.files([path]))
      for await (const batch of source.read(file)) builder.add(change(batch));
  };
  await add(mpd, join(MPD_SAMPLE, 'mpd.slice.0-999.json.gz'));
  await add(mpd, join(MPD_SAMPLE, 'mpd.slice.1000-1999.json.gz'));
  await add(tracks, join(REAL_DATA, 'track-features', 'high_popularity_spotify_data.csv'));
  await add(tracks, join(REAL_DATA, 'track-features', 'musicoset-acoustic-features.csv'));
  await add(artists, join(REAL_DATA, 'artists', 'artists.csv'));
  return builder.finish();
}

function demoDataset(change: (batch: Batch) => Batch = (batch) => batch): Dataset {
  const builder = new DatasetBuilder();
  for (const batch of demoBatches({ tracks: 6000, playlists: 1500, seed: 3 })) builder.add(change(batch));
  return builder.finish();
}

/** The most popular songs of six genres, no two of which share a genre. */
function demoSeeds(dataset: Dataset): string[] {
  const taken = new Set<number>();
  const seeds: string[] = [];
  const byFame = Array.from({ length: dataset.tracks.count }, (_, t) => t).sort(
    (a, b) => dataset.ownersOf(b) - dataset.ownersOf(a) || a - b,
  );
  for (const track of byFame) {
    const genres = [...genreNumbers(dataset, track)];
    if (genres.length === 0 || genres.some((g) => taken.has(g))) continue;
    for (const g of genres) taken.add(g);
    seeds.push(dataset.tracks.vocabulary.id(track));
    if (seeds.length === 6) break;
  }
  return seeds;
}

/** Each query's list contains fifty distinct named songs, at most three per artist. */
async function holdsTheRules(world: World, model: string): Promise<void> {
  for (const seeds of world.questions()) {
    const list = await world.list(model, seeds);
    const about = `${model}, ${seeds.length} seeds from ${seeds[0]}`;
    assert.equal(list.length, N, about);
    assert.deepEqual(
      list.filter((track) => track.name.trim() === ''),
      [],
      about,
    );
    const again = duplicates(list, world.dataset, seeds);
    assert.ok(again.length <= (model === 'hybrid' ? 0 : 1), `${about}: ${again.join(', ')}`);
    assert.ok(mostByOneArtist(list) <= 3, about);
  }
}

function trusted(
  name: string,
  skip: string | false,
  make: () => Promise<World>,
  makeMarked: () => Promise<World>,
): void {
  describe(`trustworthy lists, ${name}`, { skip }, () => {
    let world: World;
    before(async () => {
      world = await make();
    });

    for (const model of ASKED)
      test(`${model}: fifty named songs, each once, three per artist at most`, () => holdsTheRules(world, model));

    test('ratings: the same for owners with ratings', async () => holdsTheRules(await makeMarked(), 'ratings'));

    for (const model of ASKED)
      test(`${model}: adventure changes the list, makes it a quarter as well known or as little known as the pool allows, and stays within the pool`, async () => {
        for (const seeds of world.questions()) {
          const plain = await world.list(model, seeds);
          const some = await world.list(model, seeds, { adventure: 0.3 });
          const full = await world.list(model, seeds, { adventure: 1 });
          const pool = await world.list(model, seeds, { n: POOL, perArtist: undefined, balance: 0 });
          const before = new Set(plain.map(({ uri }) => uri));
          const changed = (list: RecommendedTrack[]): number => list.filter(({ uri }) => !before.has(uri)).length;
          const fame = (list: RecommendedTrack[]): number => median(list.map(({ uri }) => world.owners(uri)));
          const within = new Set(pool.map(({ uri }) => uri));
          const inside = (list: RecommendedTrack[]): number => list.filter(({ uri }) => within.has(uri)).length;
          const least = median(world.leastKnown(pool).slice(0, N));
          // Thirty of fifty equally unpopular songs can only be replaced if there are as many others.
          const others = world.leastKnown(pool.filter(({ uri }) => !before.has(uri))).slice(0, 30);
          const stay = world.leastKnown(plain).slice(0, N - 30);
          const about = `${seeds.length} seeds from ${seeds[0]}: ${changed(some)} and ${changed(full)} changed, owners ${fame(plain)} → ${fame(full)} (least ${least}), of the first ${POOL} ${inside(plain)} → ${inside(full)}`;
          assert.equal(full.length, N, about);
          assert.ok(inside(full) >= inside(plain) - 5, about);
          assert.ok(fame(full) <= Math.max(fame(plain) / 4, least), about);
          // Three songs per artist may be too few here for another list.
          if (world.leastKnown(pool).length < N + 30) continue;
          assert.ok(changed(some) >= 8, about);
          if (median([...others, ...stay]) > Math.max(fame(plain) / 4, least)) continue;
          assert.ok(changed(full) >= 30, about);
        }
      });

    for (const model of ASKED.filter((id) => !WITHOUT_STYLES.has(id)))
      test(`${model}: five seeds of five styles, every style is in the first twenty`, async () => {
        const seeds = world.seeds.slice(1);
        const first = (await world.list(model, seeds)).slice(0, 20).map(({ uri }) => world.genresOf(uri));
        for (const seed of seeds) {
          const own = world.genresOf(seed);
          const isAlike = (genres: Set<number>): boolean => [...genres].some((g) => own.has(g));
          if (first.some(isAlike)) continue;
          assert.notEqual(model, 'hybrid', `nothing like ${seed}`);
          const pool = await world.list(model, [seed], { n: POOL, perArtist: undefined, balance: 0 });
          const at = pool.findIndex(({ uri }) => isAlike(world.genresOf(uri)));
          assert.equal(at, -1, `nothing like ${seed}, though its own list has it at place ${at + 1}`);
        }
      });

    test('clusters: a heading that names a genre fits at least half of its songs, and no two are alike', async () => {
      const { genres } = world.dataset;
      let named = 0;
      for (const seeds of world.questions()) {
        const { tracks, sections = [] } = await world.engine.recommend({
          ...{ model: 'clusters', seeds: seeds.map((track) => ({ track })), n: N },
          ...{ perArtist: 'auto' as const, balance: 0.5 },
        });
        assert.equal(new Set(sections.map(({ label }) => label)).size, sections.length);
        sections.forEach(({ label }, s) => {
          const songs = tracks.filter(({ section }) => section === s);
          const before = label.replace(/, \d.*$/, '').toLowerCase();
          // The longest name: "post-punk" is not "punk".
          const said = Array.from({ length: genres.size }, (_, g) => g)
            .filter((g) => before === genres.id(g) || before.endsWith(` ${genres.id(g)}`))
            .sort((a, b) => genres.id(b).length - genres.id(a).length)[0];
          if (said === undefined) return;
          named++;
          const fit = songs.filter(({ uri }) => world.genresOf(uri).has(said)).length;
          assert.ok(fit >= songs.length / 2, `“${label}” fits ${fit} of ${songs.length}`);
        });
      }
      assert.ok(named >= world.seeds.length, `${named} headings name a genre`);
    });
  });
}

const realSeeds = async (engine: Engine): Promise<string[]> => {
  const found = await Promise.all(REAL_SEEDS.map((text) => engine.queries.song(text)));
  return found.map((song) => song!.uri);
};
const demoWorld = (dataset: Dataset, models?: string[]): Promise<World> =>
  worldOf(dataset, async () => demoSeeds(dataset), models);

trusted(
  'demo world',
  false,
  () => demoWorld(demoDataset()),
  () => {
    const rng = new Rng(8);
    return demoWorld(
      demoDataset((batch) => marked(batch, rng)),
      ['ratings'],
    );
  },
);
trusted(
  'real playlists',
  skipWithoutRealData,
  async () => worldOf(await realDataset(), realSeeds),
  async () => {
    const rng = new Rng(8);
    return worldOf(await realDataset((batch) => marked(batch, rng)), realSeeds, ['ratings']);
  },
);
