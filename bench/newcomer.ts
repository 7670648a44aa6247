import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Dataset } from '../src/dataset/dataset.ts';
import { Library } from '../src/library/library.ts';
import { importMine } from '../src/listeners/import-mine/import-mine.ts';
import { openRepository } from '../src/listeners/open.ts';
import { libraryContributions } from '../src/listeners/personal/contributions.ts';
import { Household } from '../src/listeners/personal/household.ts';
import { PersonalRecommender } from '../src/listeners/personal/personal-recommender.ts';
import { Resolver } from '../src/listeners/resolve/resolver.ts';
import { Rng } from '../src/math/rng.ts';
import { artistNames } from '../src/recommend/describe.ts';
import { Engine } from '../src/recommend/engine.ts';
import { demo } from '../src/sources/demo/demo.ts';
import { type Bench, lineOf, once } from './harness.ts';

const PLAYS = 200_000;
const SONGS = 10_000;
const ROUNDS = 40;

/**
 * An extended history with songs of the catalogue, identified by title and artist only, as from another service, plus some that the catalogue lacks.
 */
async function writeHistory(path: string, dataset: Dataset, rng: Rng): Promise<void> {
  const { names, count } = dataset.tracks;
  const songs = Array.from({ length: SONGS }, (_, i) => {
    const track = rng.below(count);
    return i % 10 === 0
      ? { title: `A song that nobody knows ${i}`, artist: `Nobody ${i % 300}` }
      : { title: names.get(track), artist: artistNames(dataset, track)[0] ?? '' };
  });
  const entries = Array.from({ length: PLAYS }, (_, i) => {
    const { title, artist } = songs[Math.floor(SONGS * rng.uniform() ** 2)]!;
    return {
      ts: new Date(1.5e12 + i * 1_200_000).toISOString(),
      ms_played: 31_000 + rng.below(200_000),
      master_metadata_track_name: title,
      master_metadata_album_artist_name: artist,
      spotify_track_uri: null,
      skipped: false,
    };
  });
  await writeFile(path, JSON.stringify(entries));
}

export const newcomer: Bench = {
  id: 'newcomer',
  title: `A newcomer with ${PLAYS.toLocaleString('en')} plays: from the start of the program to the first personal list, and lists after it (--value DIR of a trained library; else a small demo world)`,
  async run({ seed, values, say }) {
    const work = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    const library = await Library.open(values[0] ?? join(work, 'library'));
    if (!values[0]) await library.importFiles(demo, [], { options: { tracks: '20000', playlists: '5000' } });
    const household = new Household(() => openRepository(work), libraryContributions(library));
    try {
      say('writing the history');
      const path = join(work, 'Streaming_History_Audio_0.json');
      await writeHistory(path, await library.dataset(), new Rng(seed));
      const steps: Record<string, number> = {};
      const step = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
        say(name);
        const start = performance.now();
        const result = await run();
        steps[name] = performance.now() - start;
        return result;
      };
      const engine = await step('opening the library', () => Engine.open(library));
      const repository = await household.repository();
      const { id } = await repository.listeners.add({ name: 'Ada' });
      const resolver = await step('index of names', () => Resolver.build(engine.current.dataset));
      const held = monitorEventLoopDelay({ resolution: 1 });
      held.enable();
      const report = await step('import', () => importMine(repository, resolver, [path], id));
      held.disable();
      let days = 0;
      // A day later the lists differ, so none comes from a cache.
      const personal = new PersonalRecommender(engine, household, () => Date.now() + days * 86_400_000);
      await step('first list', () => personal.forYou(id));
      const total = Object.values(steps).reduce((sum, ms) => sum + ms, 0);
      const again: number[] = [];
      const processor: number[] = [];
      const sameDay: number[] = [];
      const afterChange: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        days++;
        const used = process.cpuUsage();
        again.push(await once(() => personal.forYou(id)));
        const { user, system } = process.cpuUsage(used);
        processor.push((user + system) / 1000);
        sameDay.push(await once(() => personal.forYou(id)));
        if (round % 8 !== 0) continue;
        const [song] = await repository.songs.played(id);
        const at = 1.75e12 + round * 1000;
        const event = { ...song!, id: `bench-${round}`, kind: round % 16 === 0 ? 'play' : 'like', at } as const;
        afterChange.push(
          await once(async () => {
            await repository.events.record(id, [event]);
            await personal.forYou(id);
          }),
        );
      }
      const forYou = lineOf('for you, a new day’s list', again);
      const changed = lineOf('from a play or like to the list that knows it', afterChange);
      const parts = Object.entries(steps).map(([name, ms]) => `${name} ${(ms / 1000).toFixed(1)} s`);
      return [
        lineOf('start to the first list', [total], {
          quality: `${parts.join(', ')}; ${report.songs.matched} songs matched, ${report.songs.unsure} unsure, ${report.songs.unknown} unknown`,
          goal: { text: '≤ 60 s', met: total <= 60_000 },
        }),
        {
          what: 'others wait for the import, at most',
          median: held.max / 1e6,
          spread: Number.NaN,
          runs: 1,
          quality: `p99 ${(held.percentile(99) / 1e6).toFixed(1)} ms`,
          goal: { text: '≤ 50 ms', met: held.max <= 50e6 },
        },
        { ...forYou, goal: { text: 'p50 ≤ 80 ms', met: forYou.median <= 80 } },
        lineOf('the same, processor time', processor),
        lineOf('for you, again that day', sameDay),
        { ...changed, goal: { text: '≤ 1 s', met: changed.median <= 1000 } },
      ];
    } finally {
      await household.close();
      await rm(work, { recursive: true, force: true });
    }
  },
};
