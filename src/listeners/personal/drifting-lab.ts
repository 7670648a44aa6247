import { DatasetBuilder } from '../../dataset/builder.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { emptyBatch } from '../../dataset/rows.ts';
import { throwIfCancelled } from '../../errors.ts';
import { bootstrapIntervals } from '../../evaluate/statistics/bootstrap.ts';
import { holm, permutationTests } from '../../evaluate/statistics/paired.ts';
import { Rng } from '../../math/rng.ts';
import type { Fitted } from '../../models/model.ts';
import { modelById } from '../../models/registry.ts';
import { popularityScore } from '../../recommend/popularity-score.ts';
import { configOf } from '../../recommend/train.ts';
import { demoBatches } from '../../sources/demo/demo.ts';
import { DEMO_NOW, DemoListeners } from '../../sources/demo/listeners.ts';
import { type DemoSize, DemoWorld } from '../../sources/demo/world.ts';
import { askParts } from './blend/ask-parts.ts';
import { type AskedCut, chooseBlend } from './blend/choose-blend.ts';
import { FUSED_DEPTH, fuse } from './blend/fuse.ts';
import { ndcg } from './blend/list-measures.ts';
import { MOST_PLAYED, PLAYED_LATELY, recentParts } from './blend/part-names.ts';
import { SAME_ARTISTS, SameArtists } from './blend/same-artists.ts';
import { type Cut, cutAt, strongest } from './history-cuts.ts';
import { decayedPlays, type TimedPlay } from './recent.ts';

const DAY = 86_400_000;
const DEPTH = 50;
const RESAMPLES = 1000;
const PERMUTATIONS = 10_000;
/** Days before the end of the histories at which the blend is trained, and at which everything is evaluated. */
const TEACHING = [425, 365, 305, 245, 185] as const;
const JUDGED = 120;
/** Days to predict after a cut. */
const WINDOW = 60;

/** Half-life, in days, of the plays from which the blend can repeat songs. */
const HALF_LIVES = [10, 20, 40, 80] as const;
const repeats = (halfLifeDays: number): string => `plays, half-life ${halfLifeDays} days`;

/** Least gain of a part in the blend for everybody, which has many examples, and in a person's own, which has few. */
const COMMON_GAIN = 0.001;
const OWN_GAIN = 0.1;

export const PERSONAL_BLEND = 'personal blend';

export interface LabOptions {
  readonly size: DemoSize;
  readonly listeners: number;
  /** Ids of models that make lists. */
  readonly models: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number, note: string) => void;
}

export interface LabRow {
  readonly name: string;
  /** Mean NDCG@50 over the listeners, with a 95 % interval (bootstrap over listeners). */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** The personal blend minus this, paired by listener; p of a sign-flip test, Holm-corrected over the rows. null for the blend itself. */
  readonly behind: { readonly difference: number; readonly p: number } | null;
}

/** What to predict: songs never played before, or all songs played. */
export interface LabTask {
  readonly task: 'new songs' | 'all songs';
  readonly listeners: number;
  readonly rows: readonly LabRow[];
}

/**
 * The temporal protocol on generated people whose taste drifts. Models are trained on playlists and on all plays before a date, and predict what each
 * person plays in the 60 days after it. Each person's blend starts from the one that did best for everybody and is chosen at earlier dates, with
 * models trained on nothing later.
 * @throws SegueError UNKNOWN_MODEL, CANCELLED
 */
export async function driftingLab({ size, listeners, models, signal, onProgress }: LabOptions): Promise<LabTask[]> {
  const people = new DemoListeners(new DemoWorld(size));
  const histories = Array.from({ length: listeners }, (_, i): TimedPlay[] =>
    people.plays(i).map(({ track, at }) => ({ track, at: at * 1000 })),
  );
  const end = DEMO_NOW * 1000;
  let done = 0;
  const steps = 2 * models.length + (TEACHING.length + 1) * models.length;
  const step = async (note: string): Promise<void> => {
    throwIfCancelled(signal, 'The experiment');
    onProgress?.(done++ / steps, note);
    await new Promise(setImmediate);
  };
  const taught: Moment[] = [];
  let judge: Moment | null = null;
  for (const [trainedAt, moments] of [
    [end - TEACHING[0] * DAY, TEACHING],
    [end - JUDGED * DAY, [JUDGED]],
  ] as const) {
    const dataset = pastOf(size, histories, trainedAt);
    const fitted = new Map<string, Fitted>();
    for (const id of models) {
      await step(`training ${id}`);
      const model = modelById(id);
      fitted.set(
        id,
        await model.fit(dataset, configOf(model), { rng: new Rng(size.seed).fork(id), ...(signal && { signal }) }),
      );
    }
    const artists = new SameArtists(dataset, popularityScore(dataset));
    for (const days of moments) {
      const at = end - days * DAY;
      const cuts = await Promise.all(
        histories.map((plays) =>
          cutAt(
            plays,
            plays.findIndex((play) => play.at >= at),
            at + WINDOW * DAY,
          ),
        ),
      );
      const lists = cuts.map(() => new Map<string, ArrayLike<number>>());
      for (const id of models) {
        await step(`asking ${id}`);
        cuts.forEach((cut, i) => {
          if (!cut) return;
          askParts(lists[i]!, id, cut, (query) => fitted.get(id)!.recommend(query, FUSED_DEPTH).tracks);
        });
      }
      cuts.forEach((cut, i) => {
        if (!cut) return;
        askParts(lists[i]!, SAME_ARTISTS, cut, (query) => artists.recommend(query, FUSED_DEPTH));
        lists[i]!.set(MOST_PLAYED, strongest(cut.counts, FUSED_DEPTH));
        lists[i]!.set(PLAYED_LATELY, strongest(cut.weights, FUSED_DEPTH));
        for (const halfLife of HALF_LIVES)
          lists[i]!.set(repeats(halfLife), strongest(decayedPlays(cut.before, cut.at, halfLife), FUSED_DEPTH));
      });
      if (moments === TEACHING) taught.push({ cuts, lists });
      else judge = { cuts, lists };
    }
    for (const model of fitted.values()) model.dispose?.();
  }
  const asked = [...models, SAME_ARTISTS];
  const found = (cut: Cut): ReadonlySet<number> => cut.found;
  const everything = (cut: Cut): ReadonlySet<number> => new Set([...cut.found, ...cut.repeated]);
  return [
    await judged('new songs', asked, [], taught, judge!, found, size.seed),
    await judged('all songs', asked, [MOST_PLAYED, PLAYED_LATELY], taught, judge!, everything, size.seed),
  ];
}

/** One date: each person's history cut there (null if too short), and the contents of every list. */
interface Moment {
  readonly cuts: readonly (Cut | null)[];
  readonly lists: readonly Map<string, ArrayLike<number>>[];
}

async function judged(
  task: LabTask['task'],
  models: readonly string[],
  played: readonly string[],
  taught: readonly Moment[],
  judge: Moment,
  truthOf: (cut: Cut) => ReadonlySet<number>,
  seed: number,
): Promise<LabTask> {
  const names = [...models, ...played];
  const values = new Map([PERSONAL_BLEND, ...names].map((name) => [name, [] as number[]]));
  const lessonsOf = (i: number): AskedCut[] =>
    taught.flatMap(({ cuts, lists }) => (cuts[i] ? [{ lists: lists[i]!, truth: truthOf(cuts[i]) }] : []));
  const parts = [
    ...names,
    ...models.flatMap((model) => recentParts(model).map(({ name }) => name)),
    ...(played.length > 0 ? HALF_LIVES.map(repeats) : []),
  ];
  const everybody = judge.cuts.flatMap((_, i) => lessonsOf(i));
  const prior = (await chooseBlend(parts, everybody, [], COMMON_GAIN)) ?? [];
  for (const [i, cut] of judge.cuts.entries()) {
    const truth = cut ? truthOf(cut) : new Set<number>();
    if (truth.size === 0) continue;
    const blend = (await chooseBlend(parts, lessonsOf(i), prior, OWN_GAIN)) ?? [{ name: names[0]!, weight: 1 }];
    values.get(PERSONAL_BLEND)!.push(ndcg(fuse(blend, judge.lists[i]!, DEPTH).tracks, truth, DEPTH));
    for (const name of names) values.get(name)!.push(ndcg(judge.lists[i]!.get(name)!, truth, DEPTH));
  }
  const rng = new Rng(seed);
  const columns = [...values].map(([name, own]) => ({ name, values: Float64Array.from(own) }));
  const blend = columns[0]!.values;
  const others = columns.slice(1);
  const differences = others.map(({ values: own }) => blend.map((value, i) => value - own[i]!));
  const p = holm(permutationTests(differences, PERMUTATIONS, rng.fork('flips')));
  const intervals = bootstrapIntervals(
    columns.map(({ values: own }) => ({ sums: own, weights: new Float64Array(own.length).fill(1) })),
    RESAMPLES,
    rng.fork('means'),
  );
  const rows = columns.map(({ name, values: own }, c): LabRow => {
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    const difference = c === 0 ? 0 : differences[c - 1]!.reduce((sum, value) => sum + value, 0) / own.length;
    return {
      name,
      mean,
      low: intervals[c]![0],
      high: intervals[c]![1],
      behind: c === 0 ? null : { difference, p: p[c - 1]! },
    };
  });
  return { task, listeners: blend.length, rows: rows.sort((a, b) => b.mean - a.mean) };
}

/** The world's playlists and all plays before a date as one dataset; tracks keep the world's numbers. */
function pastOf(size: DemoSize, histories: readonly (readonly TimedPlay[])[], before: number): Dataset {
  const world = new DemoWorld(size);
  const builder = new DatasetBuilder();
  for (const batch of demoBatches(size)) builder.add(batch);
  const batch = emptyBatch();
  const places = new Map<number, number>();
  histories.forEach((plays, i) => {
    const counts = new Map<number, { count: number; at: number }>();
    for (const { track, at } of plays) {
      if (at >= before) break;
      const known = counts.get(track);
      counts.set(track, { count: (known?.count ?? 0) + 1, at });
    }
    const items = [...counts.keys()].map((track) => {
      let place = places.get(track);
      if (place === undefined) {
        places.set(track, (place = batch.tracks.length));
        batch.tracks.push({ uri: world.uri(track) });
      }
      return place;
    });
    batch.owners.push({
      id: `demo:listener:${i}`,
      kind: 'person',
      items,
      weights: [...counts.values()].map(({ count }) => count),
      times: [...counts.values()].map(({ at }) => at / 1000),
    });
  });
  builder.add(batch);
  return builder.finish();
}
