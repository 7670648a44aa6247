import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Value } from '#typebox/value';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { als } from '../als/als.ts';
import type { FittedAls } from '../als/fitted.ts';
import { mainArtists } from '../artists/artist-rows.ts';
import { ContentInputs, OWN } from './content-inputs.ts';
import { ContentMap, learnContentMap } from './content-map.ts';
import { artistGenres } from './genres.ts';

const dataset = demoDataset({ tracks: 900, playlists: 300, seed: 6 });
const attributes = { artistOf: mainArtists(dataset), genres: artistGenres(dataset) };
const cosine = (a: Float32Array, b: Float32Array): number => {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let j = 0; j < a.length; j++) {
    dot += a[j]! * b[j]!;
    aa += a[j]! ** 2;
    bb += b[j]! ** 2;
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
};

describe('the map from content to the vectors of als', () => {
  let fitted: FittedAls;
  let weights: Float32Array;
  before(async () => {
    const settings = Value.Default(als.config, { factors: 16 }) as Parameters<typeof als.fit>[1];
    fitted = await als.fit(dataset, settings, { rng: new Rng(2) });
    weights = learnContentMap(dataset, attributes, fitted, new Rng(3));
  });

  /** The vector that the map gives a track, from the definition. @param known false: as if nobody held anything by the artist */
  const mapped = (inputs: ContentInputs, track: number, column: number, known: boolean): Float32Array => {
    const { d, size } = inputs;
    const x = new Float32Array(size);
    inputs.ofArtist(attributes.artistOf[track]!, column, known, x, 0);
    inputs.ofTrack(track, x, 2 * d);
    return Float32Array.from({ length: d }, (_, j) =>
      x.reduce((sum, value, i) => sum + value * weights[i * d + j]!, 0),
    );
  };

  test('an artist’s mean leaves the song itself out', () => {
    const inputs = new ContentInputs(dataset, attributes, fitted);
    const { table, d } = fitted.distinctVectors;
    const artist = attributes.artistOf[dataset.byOwner.idx[0]!]!;
    const columns = new Set<number>();
    for (let t = 0; t < dataset.tracks.count; t++)
      if (attributes.artistOf[t] === artist && fitted.columnOf(t) >= 0) columns.add(fitted.columnOf(t));
    const [left] = columns;
    const x = new Float32Array(2 * d);
    inputs.ofArtist(artist, left!, true, x, 0);
    for (let j = 0; j < d; j++) {
      let sum = 0;
      for (const column of columns) if (column !== left) sum += table[column * d + j]!;
      assert.ok(Math.abs(x[j]! - sum / columns.size) < 1e-5);
    }
    inputs.ofArtist(artist, left!, false, x, 0);
    assert.ok(x.subarray(0, d).every((value) => value === 0));
    assert.ok(
      x.subarray(d).some((value) => value !== 0),
      'its genres still speak',
    );
  });

  test('a song’s own vector is nearer to its mapped one than others are, with its artist known and without', () => {
    const inputs = new ContentInputs(dataset, attributes, fitted);
    const { table, d } = fitted.distinctVectors;
    const rng = new Rng(9);
    for (const known of [true, false]) {
      let own = 0;
      let other = 0;
      for (let i = 0; i < 200; i++) {
        const track = dataset.byOwner.idx[rng.below(dataset.byOwner.idx.length)]!;
        const column = fitted.columnOf(track);
        const vector = mapped(inputs, track, column, known);
        const stranger = rng.below(table.length / d);
        own += cosine(vector, table.subarray(column * d, (column + 1) * d)) / 200;
        other += cosine(vector, table.subarray(stranger * d, (stranger + 1) * d)) / 200;
      }
      assert.ok(own > other + 0.1, `artist known: ${known}: ${own} against ${other}`);
    }
  });

  test('more artists than pass through the kernels at a time get the vectors that each gets alone', () => {
    const map = new ContentMap(dataset, attributes, fitted, weights);
    const { d } = fitted.distinctVectors;
    const few = Int32Array.from({ length: 7 }, (_, i) => 5 * i);
    const many = Int32Array.from({ length: 9001 }, (_, i) => few[i % few.length]!);
    const [alone, together] = [map.vectorsOf(few), map.vectorsOf(many)];
    assert.ok(alone.some((value) => value !== 0));
    for (let i = 0; i < many.length; i++)
      assert.deepEqual(together.subarray(i * d, (i + 1) * d), alone.subarray((i % 7) * d, ((i % 7) + 1) * d), `${i}`);
    assert.equal(map.vectorsOf(new Int32Array(0)).length, 0);
  });

  test('scores by artist and by song add up to the vector that the map gives', () => {
    const inputs = new ContentInputs(dataset, attributes, fitted);
    const map = new ContentMap(dataset, attributes, fitted, weights);
    const { d } = inputs;
    const query = fitted.foldIn(dataset.tracksOf(3), new Float32Array(dataset.tracksOf(3).length).fill(1));
    map.open(query);
    for (const track of [0, 17, 400]) {
      const artist = attributes.artistOf[track]!;
      const vector = map.vectorsOf(Int32Array.of(artist));
      const x = new Float32Array(inputs.size);
      inputs.ofArtist(artist, -1, true, x, 0);
      inputs.ofTrack(track, x, 2 * d);
      let expected = 0;
      for (let j = 0; j < d; j++)
        expected += query[j]! * x.reduce((sum, value, i) => sum + value * weights[i * d + j]!, 0);
      let byArtist = 0;
      for (let j = 0; j < d; j++) byArtist += query[j]! * vector[j]!;
      assert.ok(Math.abs(byArtist + map.ownScore(track) - expected) < 1e-4);
    }
  });

  test('it is the ridge solution, computed anew by elimination', () => {
    const inputs = new ContentInputs(dataset, attributes, fitted);
    const { d, size } = inputs;
    const { table } = fitted.distinctVectors;
    const rng = new Rng(3);
    // Fewer than the limit, so all of them are learned from, in the order and with the artists left out that the seed determines.
    const rows = Array.from(rng.sample(table.length / d, table.length / d), (column) => {
      let track = 0;
      while (fitted.columnOf(track) !== column) track++;
      const x = new Float32Array(size);
      inputs.ofArtist(attributes.artistOf[track]!, column, rng.uniform() >= 0.25, x, 0);
      inputs.ofTrack(track, x, 2 * d);
      return { x, y: table.subarray(column * d, (column + 1) * d) };
    });
    // [XᵀX + λI | XᵀY]
    const system = Array.from({ length: size }, () => new Float64Array(size + d));
    for (const { x, y } of rows)
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) system[i]![j]! += x[i]! * x[j]!;
        for (let j = 0; j < d; j++) system[i]![size + j]! += x[i]! * y[j]!;
      }
    const ridge = 0.02 * (system.reduce((sum, row, i) => sum + row[i]!, 0) / size) + 1e-6;
    for (let i = 0; i < size; i++) system[i]![i]! += ridge;
    for (let i = 0; i < size; i++)
      for (let r = 0; r < size; r++) {
        if (r === i) continue;
        const share = system[r]![i]! / system[i]![i]!;
        for (let j = i; j < size + d; j++) system[r]![j]! -= share * system[i]![j]!;
      }
    const largest = weights.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < d; j++) {
        const expected = system[i]![size + j]! / system[i]![i]!;
        assert.ok(
          Math.abs(weights[i * d + j]! - expected) < 1e-3 * largest,
          `${i}, ${j}: ${weights[i * d + j]} ${expected}`,
        );
      }
  });

  test('same seed, same map; it has one row for each input', () => {
    assert.equal(weights.length, (2 * 16 + OWN) * 16);
    assert.deepEqual(learnContentMap(dataset, attributes, fitted, new Rng(3)), weights);
  });
});
