import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Value } from '#typebox/value';
import { DatasetBuilder } from '../src/dataset/builder.ts';
import type { Dataset } from '../src/dataset/dataset.ts';
import { emptyBatch } from '../src/dataset/rows.ts';
import { ratings as protocol } from '../src/evaluate/protocols/ratings.ts';
import { Rng } from '../src/math/rng.ts';
import { ratings as model } from '../src/models/ratings/ratings.ts';
import type { Bench, Line } from './harness.ts';

const FOLDS = 5;

/** Surprise's algorithms with their defaults on given folds: each line of the file is fold, owner, track, rating. Prints name, RMSE and seconds. */
const PEER = `
import sys, time, json, math, pandas, surprise
table = pandas.read_csv(sys.argv[1], names=['fold', 'owner', 'track', 'rating'])
reader = surprise.Reader(rating_scale=(table.rating.min(), table.rating.max()))
def knn(by_track): return surprise.KNNBaseline(sim_options=dict(name='pearson_baseline', user_based=not by_track), verbose=False)
makers = {'SVD': lambda: surprise.SVD(random_state=1), 'SVD++': lambda: surprise.SVDpp(random_state=1, cache_ratings=True),
    'KNNBaseline by track': lambda: knn(True), 'KNNBaseline by owner': lambda: knn(False)}
for name, make in makers.items():
    squares, before = 0.0, time.time()
    for fold in sorted(table.fold.unique()):
        train, test = table[table.fold != fold], table[table.fold == fold]
        algorithm = make().fit(surprise.Dataset.load_from_df(train[['owner', 'track', 'rating']], reader).build_full_trainset())
        for owner, track, rating in zip(test.owner, test.track, test.rating): squares += (algorithm.predict(owner, track).est - rating) ** 2
    print(json.dumps(dict(name=name, rmse=math.sqrt(squares / len(table)), seconds=time.time() - before)), flush=True)
`;

/** 1,000 people with eight tastes rate 90 of 1,600 songs in 160 families; noise with standard deviation .8, rounded to 1–5. */
function generated(seed: number): Dataset {
  const rng = new Rng(seed);
  const [people, songs, families, tastes] = [1000, 1600, 160, 8];
  const liking = Array.from({ length: tastes * families }, () => rng.normal());
  const quality = Array.from({ length: songs }, () => 0.4 * rng.normal());
  return withRatings(
    Array.from({ length: songs }, (_, s) => `song:${s}`),
    Array.from({ length: people }, (_, p) => {
      const taste = rng.below(tastes);
      const mood = 0.4 * rng.normal();
      const items = [...rng.sample(songs, 90)];
      const weights = items.map((song) => {
        const wanted = liking[taste * families + (song % families)]! + quality[song]! + mood + 0.8 * rng.normal();
        return Math.min(5, Math.max(1, Math.round(3.3 + wanted)));
      });
      return { id: `person:${p}`, items, weights };
    }),
  );
}

/** The play counts of HetRec 2011's user_artists.dat, as log₁₀(1 + plays). */
function lastfm(file: string): Dataset {
  const names = new Map<string, number>();
  const people = new Map<string, { id: string; items: number[]; weights: number[] }>();
  for (const line of readFileSync(file, 'utf8').trim().split('\n').slice(1)) {
    const [person = '', artist = '', plays = ''] = line.trim().split('\t');
    const item = names.get(artist) ?? names.size;
    names.set(artist, item);
    const row = people.get(person) ?? { id: person, items: [], weights: [] };
    people.set(person, row);
    row.items.push(item);
    row.weights.push(Math.log10(1 + Number(plays)));
  }
  return withRatings([...names.keys()], [...people.values()]);
}

function withRatings(names: string[], owners: { id: string; items: number[]; weights: number[] }[]): Dataset {
  const batch = emptyBatch();
  batch.tracks.push(...names.map((uri) => ({ uri, name: uri })));
  batch.owners.push(...owners.map((owner) => ({ kind: 'person' as const, ...owner })));
  const builder = new DatasetBuilder();
  builder.add(batch);
  return builder.finish();
}

/** `npm run bench -- ratings [--value user_artists.dat]`; SEGUE_BENCH_PYTHON names a Python with scikit-surprise and pandas. */
export const ratingsBench: Bench = {
  id: 'ratings',
  title: 'predicted ratings: the model and Surprise’s SVD, SVD++ and KNNBaseline on the same five folds',
  heavy: true,
  async run({ seed, values, say }) {
    const [file = ''] = values;
    const sets: [string, Dataset][] = [['generated', generated(seed)]];
    if (existsSync(file)) sets.push(['lastfm-2k', lastfm(file)]);
    const lines: Line[] = [];
    for (const [name, dataset] of sets) {
      say(name);
      lines.push(...(await compared(name, dataset, seed)));
    }
    return lines;
  },
};

async function compared(name: string, dataset: Dataset, seed: number): Promise<Line[]> {
  const rows: string[] = [];
  let squares = 0;
  const before = performance.now();
  let f = 0;
  for (const { train, cases } of protocol.folds(dataset, { folds: FOLDS }, new Rng(seed))) {
    const fitted = await model.fit(train, Value.Create(model.config), { rng: new Rng(seed) });
    const predicted = new Float32Array(dataset.tracks.count);
    for (const { owner, query, truth, ratings } of cases) {
      fitted.score(query, predicted);
      truth.forEach((track, i) => {
        squares += (predicted[track]! - ratings![i]!) ** 2;
        rows.push(`${f},${owner},${track},${ratings![i]!}`);
      });
    }
    fitted.dispose?.();
    f++;
  }
  const ours = Math.sqrt(squares / rows.length);
  const seconds = (performance.now() - before) / 1000;
  const line = (what: string, rmse: number, took: number): Line => ({
    what: `${name}, ${rows.length.toLocaleString('en')} ratings: ${what}`,
    median: took * 1000,
    spread: 0,
    runs: 1,
    quality: `RMSE ${rmse.toFixed(4)}`,
  });
  const peers = surprise(rows);
  if (peers.length === 0)
    return [line('ratings; this Python has no scikit-surprise and pandas to compare with', ours, seconds)];
  const best = Math.min(...peers.map(({ rmse }) => rmse));
  const goal = { text: 'no larger error than the best peer', met: ours <= best };
  return [
    { ...line('ratings', ours, seconds), goal },
    ...peers.map((peer) => line(`Surprise ${peer.name}`, peer.rmse, peer.seconds)),
  ];
}

function surprise(rows: readonly string[]): { name: string; rmse: number; seconds: number }[] {
  const folder = mkdtempSync(join(tmpdir(), 'segue-bench-'));
  try {
    writeFileSync(join(folder, 'ratings.csv'), rows.join('\n'));
    const python = process.env.SEGUE_BENCH_PYTHON ?? 'python3';
    const { stdout } = spawnSync(python, ['-c', PEER, join(folder, 'ratings.csv')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const printed = stdout.trim() === '' ? [] : stdout.trim().split('\n');
    return printed.map((text) => JSON.parse(text) as { name: string; rmse: number; seconds: number });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
