import type { Dataset } from '../../dataset/dataset.ts';
import { transpose } from '../../math/csr.ts';
import { Region } from '../../math/kernels/memory.ts';
import type { Rng } from '../../math/rng.ts';
import { place } from '../../math/truncated-svd.ts';
import { arrayOf, checkArtifact } from '../artifact.ts';
import type { FitContext, Model } from '../model.ts';
import { step } from '../progress.ts';
import { confidence } from './confidence.ts';
import { type AlsConfig, alsSettings, config, paddedFactors } from './config.ts';
import { ALS_VERSION, FittedAls } from './fitted.ts';
import { halfStep, ridge, type Side } from './solve.ts';

/**
 * Implicit alternating least squares: a vector for each owner and track, such that their dot product is near 1 where the owner holds the
 * track and near 0 elsewhere. A new owner is solved in closed form at query time, so nothing is trained again for a new list.
 */
export const als: Model<typeof config> = {
  id: 'als',
  title: 'Implicit ALS',
  description:
    'Gives every song a vector by factorising who holds what; answers from the vector that fits the seeds best. Compact, and scales to millions of lists.',
  family: 'collaborative',
  source: 'Hu, Koren, Volinsky 2008; Rendle et al. 2021 (iALS)',
  byDefault: true,
  config,
  unusable(dataset) {
    return dataset.byOwner.idx.length > 0
      ? null
      : 'No playlist or person holds a track, so there is nothing to factorise.';
  },
  async fit(dataset, settings, context) {
    const { factors, ownerCount } = await train(dataset, settings, context);
    return new FittedAls(dataset, settings, factors, ownerCount);
  },
  load(artifact, dataset) {
    checkArtifact(artifact, als.id, ALS_VERSION, dataset.catalogueId);
    const settings = artifact.config as AlsConfig;
    const size = dataset.tracks.count * paddedFactors(settings.factors);
    return new FittedAls(
      dataset,
      settings,
      arrayOf(artifact, 'factors', 'Float32Array', size),
      Number(artifact.meta.owners),
    );
  },
};

async function train(
  dataset: Dataset,
  settings: AlsConfig,
  context: FitContext,
): Promise<{ factors: Float32Array; ownerCount: number }> {
  const d = paddedFactors(settings.factors);
  const solver = alsSettings(settings);
  const matrix = confidence(dataset.byOwner, settings.weightStrength);
  const region = new Region();
  try {
    const side = (rows: number, others: number, csr: typeof matrix): Side => ({
      matrix: place(region, csr),
      factors: region.float32(rows * d),
      lambdas: region.place(
        Float32Array.from({ length: rows }, (_, r) => ridge(csr.ptr[r + 1]! - csr.ptr[r]!, others, solver)),
      ),
    });
    const owners = side(matrix.rows, matrix.columns, matrix);
    const tracks = side(matrix.columns, matrix.rows, transpose(matrix));
    start(tracks, d, context.rng);
    const { iterations } = settings;
    for (let i = 0; i < iterations; i++) {
      const report = (half: number) => (fraction: number) =>
        step(context, als.id, (i + (half + fraction) / 2) / iterations, `iteration ${i + 1} of ${iterations}`);
      await halfStep(owners, tracks, d, solver, report(0));
      await halfStep(tracks, owners, d, solver, report(1));
    }
    return { factors: Float32Array.from(tracks.factors), ownerCount: matrix.rows };
  } finally {
    region.free();
  }
}

/** Normal numbers with deviation 0.1/√d for tracks that somebody holds, zeros for the others. */
function start(tracks: Side, d: number, rng: Rng): void {
  const { factors, matrix } = tracks;
  const deviation = 0.1 / Math.sqrt(d);
  for (let t = 0; t + 1 < matrix.ptr.length; t++) {
    if (matrix.ptr[t + 1] === matrix.ptr[t]) continue;
    for (let j = t * d; j < (t + 1) * d; j++) factors[j] = deviation * rng.normal();
  }
}
