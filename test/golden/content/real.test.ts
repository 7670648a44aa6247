import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { inverseDocumentFrequency, tfIdf } from '../../../src/features/genre-profiles.ts';
import type { Csr } from '../../../src/math/csr.ts';
import { VectorIndex } from '../../../src/math/kernels/search.ts';
import { kMeans } from '../../../src/math/kmeans.ts';
import { pca } from '../../../src/math/pca.ts';
import { Rng } from '../../../src/math/rng.ts';
import { silhouette } from '../../../src/math/silhouette.ts';
import { REAL_DATA, skipWithoutRealData } from '../../support/real-data.ts';

/** Figures of scikit-learn for a table of numbers; real.py in this folder documents how they are made. */
interface TableFigures {
  count: number;
  mean: number[];
  deviation: number[];
  inertia: number;
  sizes: number[];
  silhouette: number;
  variance: number[];
  share: number[];
  cosines: number[];
  neighbours: number;
}

interface GenreFigures {
  artists: number;
  genres: number;
  idf: number;
  weights: number;
  meanCosine: number;
  nearestCosine: number;
}

const FEATURES =
  'danceability energy key loudness mode speechiness acousticness instrumentalness liveness valence tempo'.split(' ');
const K = 8;
const golden = (): { songs: TableFigures; genres: GenreFigures } =>
  JSON.parse(readFileSync(new URL('./golden-real.json', import.meta.url), 'utf8'));

const close = (a: number, b: number, part: number, what: string): void =>
  assert.ok(Math.abs(a - b) <= part * Math.max(1, Math.abs(b)), `${what}: ${a}, scikit-learn says ${b}`);

/** Checks that our own code gives the same figures. */
function agrees(table: number[][], k: number, expected: TableFigures): void {
  const n = table.length;
  const d = table[0]!.length;
  assert.equal(n, expected.count);
  const mean = expected.mean.map((_, j) => table.reduce((sum, row) => sum + row[j]!, 0) / n);
  const deviation = mean.map((m, j) => Math.sqrt(table.reduce((sum, row) => sum + (row[j]! - m) ** 2, 0) / n));
  mean.forEach((value, j) => {
    close(value, expected.mean[j]!, 1e-9, `mean ${j}`);
    close(deviation[j]!, expected.deviation[j]!, 1e-9, `deviation ${j}`);
  });
  const rows = Float32Array.from(table.flatMap((row) => row.map((x, j) => (x - mean[j]!) / deviation[j]!)));
  const start = new Float32Array(k * d);
  for (let c = 0; c < k; c++) {
    const r = Math.floor(n / k) * c;
    start.set(rows.subarray(r * d, (r + 1) * d), c * d);
  }
  const found = kMeans(rows, n, d, k, { rng: new Rng(1), start, tolerance: 0, maxIterations: 300 });
  close(found.inertia, expected.inertia, 1e-6, 'inertia');
  assert.deepEqual(
    [...found.counts].sort((a, b) => a - b),
    expected.sizes,
  );
  close(silhouette(rows, d, found.nearest, k).mean, expected.silhouette, 1e-5, 'silhouette');
  const { variance, share } = pca(rows, d, d);
  for (let c = 0; c < d; c++) {
    close(variance[c]!, expected.variance[c]!, 1e-6, `variance ${c}`);
    close(share[c]!, expected.share[c]!, 1e-6, `share ${c}`);
  }
  const index = new VectorIndex(rows, n, d, { normalise: true });
  const wanted = expected.cosines.length;
  const cosines = new Float64Array(wanted);
  let neighbours = 0;
  for (let r = 0; r < n; r++) {
    const { items, scores } = index.search(index.row(r), wanted + 1);
    const others = [...items.keys()].filter((i) => items[i] !== r).slice(0, wanted);
    others.forEach((i, place) => {
      cosines[place]! += scores[i]! / n;
    });
    neighbours += (r + 1) * others.reduce((sum, i) => sum + items[i]!, 0);
  }
  cosines.forEach((value, place) => {
    close(value, expected.cosines[place]!, 1e-6, `mean cosine of neighbour ${place}`);
  });
  assert.equal(neighbours, expected.neighbours);
}

test('a real table of songs: standardising, k-means, silhouette, principal components, cosine neighbours', {
  skip: skipWithoutRealData,
}, () => {
  const text = readFileSync(`${REAL_DATA}track-features/track-features-10k.csv`, 'utf8');
  const seen = new Set<string>();
  const table: number[][] = [];
  const { songs } = golden();
  for (const row of parse(text, { columns: true }) as Record<string, string>[]) {
    const texts = FEATURES.map((name) => row[name] ?? '');
    if (table.length === songs.count || texts.includes('') || seen.has(texts.join())) continue;
    seen.add(texts.join());
    table.push(texts.map(Number));
  }
  agrees(table, K, songs);
});

test('genres of real artists: TF-IDF', { skip: skipWithoutRealData }, () => {
  const expected = golden().genres;
  const text = readFileSync(`${REAL_DATA}artists/artists.csv`, 'utf8');
  const lists = (parse(text, { columns: true }) as Record<string, string>[])
    .map(({ genres }) => [...genres!.matchAll(/'([^']*)'|"([^"]*)"/g)].map((match) => match[1] ?? match[2]!))
    .filter((own) => own.length > 0)
    .slice(0, expected.artists);
  const names = [...new Set(lists.flat())].sort();
  assert.deepEqual([lists.length, names.length], [expected.artists, expected.genres]);
  const idf = Float64Array.from(names, (name) =>
    inverseDocumentFrequency(lists.length, lists.filter((own) => own.includes(name)).length),
  );
  close(
    idf.reduce((sum, value) => sum + value),
    expected.idf,
    1e-9,
    'sum of idf',
  );
  const ptr = Int32Array.from([0, ...lists.map((_, i) => lists.slice(0, i + 1).flat().length)]);
  const counts: Csr = {
    rows: lists.length,
    columns: names.length,
    ptr,
    idx: Int32Array.from(lists.flatMap((own) => own.map((name) => names.indexOf(name)).sort((a, b) => a - b))),
    values: new Float32Array(ptr.at(-1)!).fill(1),
  };
  const { values } = tfIdf(counts, idf);
  const rows = new Float32Array(lists.length * names.length);
  for (let r = 0; r < lists.length; r++)
    for (let e = ptr[r]!; e < ptr[r + 1]!; e++) rows[r * names.length + counts.idx[e]!] = values![e]!;
  close(
    rows.reduce((sum, value) => sum + value),
    expected.weights,
    1e-6,
    'sum of the weights',
  );
  const total = new Float64Array(names.length);
  rows.forEach((value, i) => {
    total[i % names.length]! += value;
  });
  const meanCosine = total.reduce((sum, value) => sum + value * value, 0) / lists.length ** 2;
  close(meanCosine, expected.meanCosine, 1e-7, 'mean cosine of two artists');
  const index = new VectorIndex(rows, lists.length, names.length, { normalise: true });
  let nearest = 0;
  for (let r = 0; r < lists.length; r++) {
    const { items, scores } = index.search(index.row(r), 2);
    nearest += (items[0] === r ? scores[1]! : scores[0]!) / lists.length;
  }
  close(nearest, expected.nearestCosine, 1e-6, 'mean cosine of the nearest artist');
});

/** scikit-learn's own table of wines with its figures, null where there is no scikit-learn. */
function wine(): (TableFigures & { table: number[][] }) | null {
  const python = process.env.SEGUE_BENCH_PYTHON ?? 'python3';
  const script = fileURLToPath(new URL('./real.py', import.meta.url));
  const { status, stdout } = spawnSync(python, [script, 'wine'], { encoding: 'utf8' });
  return status === 0 ? JSON.parse(stdout) : null;
}

test('a public table, compared with scikit-learn at run time', (t) => {
  const figures = wine();
  if (!figures) return t.skip('no scikit-learn: SEGUE_BENCH_PYTHON may name a Python that has it');
  agrees(figures.table, 3, figures);
});
