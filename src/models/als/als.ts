import type { Dataset } from '../../dataset/dataset.ts';
import { transpose } from '../../math/csr.ts';
import { Region } from '../../math/kernels/memory.ts';
import { place } from '../../math/truncated-svd.ts';
import { arrayOf, arrayOnDemand, checkArtifact } from '../artifact.ts';
import { int8RowsOf } from '../int8-arrays.ts';
import type { FitContext, Model } from '../model.ts';
import { step } from '../progress.ts';
import { withArtists } from './artists.ts';
import { confidence } from './confidence.ts';
import { type AlsConfig, alsSettings, config, paddedFactors, unobservedWeightFor } from './config.ts';
import { ALS_VERSION, FittedAls, type TrackVectors } from './fitted.ts';
import { groupTracks } from './grouping.ts';
import { halfStep, ridge, type Side } from './solve.ts';

/** Factors that the data cannot fill shrink towards 0 with every iteration; their products become denormal and make a fold-in 20 times slower. */
const NEGLIGIBLE = 1e-15;

/**
 * Implicit alternating least squares: learns a vector for each owner and track whose dot product is near 1 where the owner holds the track and near 0
 * elsewhere. A new owner is folded in at query time in closed form, so a new list needs no retraining.
 */
export const als = {
  id: 'als',
  title: 'Implicit ALS',
  description:
    'Factorises the matrix of owners and tracks into vectors and folds your seeds in as a new owner. Compact, and scales to millions of playlists.',
  family: 'collaborative',
  source: 'Hu, Koren, Volinsky 2008; Rendle et al. 2021 (iALS)',
  byDefault: true,
  versions: [ALS_VERSION],
  config,
  unusable(dataset) {
    return dataset.byOwner.idx.length > 0
      ? null
      : 'No playlist or person holds a track, so there is nothing to factorise.';
  },
  async fit(dataset, settings, context) {
    return new FittedAls(dataset, settings, await train(dataset, settings, context));
  },
  load(artifact, dataset) {
    checkArtifact(artifact, als.id, ALS_VERSION, dataset.catalogueId);
    const settings = artifact.config as AlsConfig;
    const columnOf = arrayOf(artifact, 'columnOf', 'Int32Array', dataset.tracks.count);
    let columns = 0;
    for (let t = 0; t < columnOf.length; t++) if (columnOf[t]! >= columns) columns = columnOf[t]! + 1;
    const table = arrayOnDemand(artifact, 'table', 'Float32Array', columns * paddedFactors(settings.factors));
    const d = paddedFactors(settings.factors);
    const gram = artifact.meta.gram === true ? arrayOf(artifact, 'gram', 'Float32Array', d * d) : undefined;
    const rounded = artifact.meta.rounded === true ? int8RowsOf(artifact, 'table', columns, d) : undefined;
    const owners = Number(artifact.meta.owners);
    const unobservedWeight = Number(artifact.meta.unobservedWeight ?? settings.unobservedWeight);
    return new FittedAls(dataset, settings, { table, columnOf, owners, unobservedWeight, gram, rounded });
  },
} satisfies Model<typeof config>;

async function train(dataset: Dataset, settings: AlsConfig, context: FitContext): Promise<TrackVectors> {
  const d = paddedFactors(settings.factors);
  const unobservedWeight = unobservedWeightFor(settings, dataset.byOwner);
  const solver = alsSettings(settings, unobservedWeight);
  const { rows: owned, columns } = dataset.byOwner;
  const confident = confidence(dataset.byOwner, settings.weightStrength);
  const whole = withArtists(confident, dataset, settings.artistWeight);
  const artistOf = Int32Array.from({ length: columns }, (_, t) => dataset.mainArtist(t));
  const labels = settings.artistWeight > 0 ? artistOf : null;
  const { matrix, columnOf, sizes } = groupTracks(whole, owned, labels, confident.values !== null);
  const { rows } = matrix;
  const transposed = transpose(matrix);
  // A column's entry is the sum over its tracks, so each track gets an equal part.
  const perTrack = transposed.values!.slice();
  for (let c = 0; c < sizes.length; c++)
    for (let e = transposed.ptr[c]!; e < transposed.ptr[c + 1]!; e++) perTrack[e] = perTrack[e]! / sizes[c]!;
  const region = new Region();
  try {
    const owners: Side = {
      matrix: place(region, matrix),
      factors: region.float32(rows * d),
      lambdas: region.float32(rows),
      sizes: null,
    };
    for (let u = 0; u < rows; u++) owners.lambdas[u] = ridge(whole.ptr[u + 1]! - whole.ptr[u]!, columns, solver);
    const tracks: Side = {
      matrix: place(region, { ...transposed, values: perTrack }),
      factors: region.float32(sizes.length * d),
      lambdas: region.float32(sizes.length),
      sizes: region.place(sizes),
    };
    for (let c = 0; c < sizes.length; c++)
      tracks.lambdas[c] = ridge(transposed.ptr[c + 1]! - transposed.ptr[c]!, rows, solver);
    const deviation = 0.1 / Math.sqrt(d);
    for (let j = 0; j < tracks.factors.length; j++) tracks.factors[j] = deviation * context.rng.normal();
    const { iterations } = settings;
    for (let i = 0; i < iterations; i++) {
      const report = (half: number) => (fraction: number) =>
        step(context, als.id, (i + (half + fraction) / 2) / iterations, `iteration ${i + 1} of ${iterations}`);
      await halfStep(owners, tracks, d, solver, report(0));
      await halfStep(tracks, owners, d, solver, report(1));
    }
    // `Float32Array.from` with a function first collects all numbers in a plain array; with a million playlists that exceeds the heap.
    const table = tracks.factors.slice();
    for (let j = 0; j < table.length; j++) if (Math.abs(table[j]!) < NEGLIGIBLE) table[j] = 0;
    return { table, columnOf, owners: owned, unobservedWeight };
  } finally {
    region.free();
  }
}
