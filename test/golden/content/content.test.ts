import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { AUDIO_AXES, AUDIO_STRIDE, type SoundFeature } from '../../../src/features/audio-components.ts';
import { inverseDocumentFrequency, tfIdf } from '../../../src/features/genre-profiles.ts';
import { ContentSpace } from '../../../src/features/space.ts';
import type { Csr } from '../../../src/math/csr.ts';
import { VectorIndex } from '../../../src/math/kernels/search.ts';
import { kMeans } from '../../../src/math/kmeans.ts';
import { pca } from '../../../src/math/pca.ts';
import { Rng } from '../../../src/math/rng.ts';
import { silhouette } from '../../../src/math/silhouette.ts';
import { datasetOf, track } from '../../support/content.ts';

/** Values of scikit-learn 1.9, made by make.py in this folder from a synthetic table. */
interface Golden {
  table: number[][];
  mean: number[];
  deviation: number[];
  start: number[][];
  kmeans: { inertia: number; labels: number[]; silhouette: number; silhouettes: number[] };
  pca: { components: number[][]; variance: number[]; share: number[] };
  knn: { queries: number[]; neighbours: number[][]; cosines: number[][] };
  tfidf: { counts: number[][]; idf: number[]; rows: number[][] };
}

const golden = JSON.parse(readFileSync(new URL('./golden.json', import.meta.url), 'utf8')) as Golden;
const d = golden.mean.length;
const count = golden.table.length;
const rows = Float32Array.from(
  golden.table.flatMap((row) => row.map((x, j) => (x - golden.mean[j]!) / golden.deviation[j]!)),
);

const close = (a: number, b: number, tolerance: number, what: string): void =>
  assert.ok(Math.abs(a - b) <= tolerance, `${what}: ${a}, scikit-learn says ${b}`);

test('standardised features: the statistics of StandardScaler', () => {
  const names: SoundFeature[] = ['danceability', 'energy', 'loudness', 'acousticness', 'valence'];
  const dataset = datasetOf(
    golden.table.map((row, n) => {
      const [danceability, energy, loudness, acousticness, valence, tempo] = row;
      return track(n, { features: { danceability, energy, loudness, acousticness, valence, tempo } });
    }),
  );
  const space = ContentSpace.fit(dataset);
  names.forEach((name, j) => {
    const axis = AUDIO_AXES.indexOf(name);
    close(space.statistics.mean[axis]!, golden.mean[j]!, 1e-6, `mean of ${name}`);
    close(1 / space.statistics.scale[axis]!, golden.deviation[j]!, 1e-6, `deviation of ${name}`);
    for (let t = 0; t < count; t++) close(space.audio[t * AUDIO_STRIDE + axis]!, rows[t * d + j]!, 1e-5, name);
  });
});

test('k-means from the same start: labels, inertia, silhouettes', () => {
  const found = kMeans(rows, count, d, golden.start.length, {
    rng: new Rng(1),
    start: Float32Array.from(golden.start.flat()),
    tolerance: 0,
    maxIterations: 300,
  });
  assert.deepEqual([...found.nearest], golden.kmeans.labels);
  close(found.inertia, golden.kmeans.inertia, 1e-3, 'inertia');
  const { mean, byCluster } = silhouette(rows, d, found.nearest, found.k);
  close(mean, golden.kmeans.silhouette, 1e-5, 'silhouette');
  golden.kmeans.silhouettes.forEach((value, c) => {
    close(byCluster[c]!, value, 1e-5, `silhouette of cluster ${c}`);
  });
});

test('principal components up to their sign, with variances and shares', () => {
  const { components, variance, share } = pca(rows, d, d);
  for (let c = 0; c < d; c++) {
    close(variance[c]!, golden.pca.variance[c]!, 1e-5, `variance ${c}`);
    close(share[c]!, golden.pca.share[c]!, 1e-6, `share ${c}`);
    const other = golden.pca.components[c]!;
    const sign = Math.sign(other.reduce((sum, value, j) => sum + value * components[c * d + j]!, 0));
    for (let j = 0; j < d; j++) close(components[c * d + j]! * sign, other[j]!, 1e-5, `component ${c}`);
  }
});

test('nearest neighbours by cosine', () => {
  const index = new VectorIndex(rows, count, d, { normalise: true });
  golden.knn.queries.forEach((query, i) => {
    const { items, scores } = index.search(index.row(query), 11);
    assert.equal(items[0], query);
    assert.deepEqual([...items.subarray(1)], golden.knn.neighbours[i]);
    golden.knn.cosines[i]!.forEach((cosine, k) => {
      close(scores[k + 1]!, cosine, 1e-5, `neighbour ${k} of ${query}`);
    });
  });
});

test('TF-IDF with smooth idf and rows of length 1', () => {
  const { counts, idf, rows: expected } = golden.tfidf;
  const genres = idf.length;
  const frequency = Array.from({ length: genres }, (_, g) => counts.filter((row) => row[g]! > 0).length);
  const own = Float64Array.from(frequency, (df) => inverseDocumentFrequency(counts.length, df));
  own.forEach((value, g) => {
    close(value, idf[g]!, 1e-6, `idf ${g}`);
  });
  const idx: number[] = [];
  const values: number[] = [];
  const ptr = [0];
  for (const row of counts) {
    row.forEach((value, g) => {
      if (value === 0) return;
      idx.push(g);
      values.push(value);
    });
    ptr.push(idx.length);
  }
  const matrix: Csr = {
    rows: counts.length,
    columns: genres,
    ptr: Int32Array.from(ptr),
    idx: Int32Array.from(idx),
    values: Float32Array.from(values),
  };
  const weighted = tfIdf(matrix, own);
  const dense = new Float64Array(counts.length * genres);
  for (let r = 0; r < counts.length; r++)
    for (let e = ptr[r]!; e < ptr[r + 1]!; e++) dense[r * genres + idx[e]!] = weighted.values![e]!;
  expected.flat().forEach((value, i) => {
    close(dense[i]!, value, 1e-6, `element ${i}`);
  });
});
