import { AUDIO_AXES } from '../../features/audio-components.ts';
import { type DenseRows, GENRE_AXES } from '../../features/dense.ts';
import { Adam, DenseNetwork } from '../../math/dense-network.ts';
import type { Rng } from '../../math/rng.ts';

export interface TrainingSettings {
  readonly hidden: number;
  readonly latent: number;
  /** Probability that a value is hidden from the encoder; with half of it the whole sound is hidden, or all genres are. */
  readonly noise: number;
  readonly epochs: number;
  readonly patience: number;
  readonly rate: number;
  readonly batch: number;
}

export interface EpochLoss {
  epoch: number;
  training: number;
  validation: number;
}

export interface Trained {
  readonly parameters: Float32Array;
  readonly curve: readonly EpochLoss[];
  /** The epoch whose parameters were kept. */
  readonly best: number;
}

/** One row in this many is held back for early stopping. */
const VALIDATION_PART = 20;
/** Index of the layer whose output is the latent vector. */
export const LATENT_LAYER = 2;

/** inputs – hidden – latent – hidden – inputs; the latent layer is linear. */
export function architecture(inputs: number, hidden: number, latent: number): number[] {
  return [inputs, hidden, latent, hidden, inputs];
}

/**
 * Trains a denoising autoencoder (Vincent et al. 2008), which learns to restore rows with values hidden at random. Whole groups are hidden too, so
 * that a track with genres alone gets a latent vector near where its sound would put it. The loss is the mean squared error over the known values (0
 * is a missing value, or one at the mean that teaches nothing). Uses Adam; stops when the held-back loss has not fallen for `patience` epochs and
 * keeps the best epoch.
 * @param onEpoch awaited after each epoch; may throw to stop
 */
export async function train(
  rows: DenseRows,
  settings: TrainingSettings,
  rng: Rng,
  onEpoch: (loss: EpochLoss) => Promise<void>,
): Promise<Trained> {
  const members: number[] = [];
  for (let t = 0; t < rows.known.length; t++) if (rows.known[t] === 1) members.push(t);
  const order = rng.fork('split').shuffle(Int32Array.from(members));
  const held = Math.min(10_000, Math.floor(order.length / VALIDATION_PART));
  const validation = order.slice(0, held);
  const training = order.slice(held);
  const sizes = architecture(rows.dimension, settings.hidden, settings.latent);
  // Even a small catalogue gets a few dozen steps per epoch.
  const batch = Math.min(settings.batch, Math.max(16, Math.floor(training.length / 32)));
  const network = new DenseNetwork(sizes, [LATENT_LAYER], batch);
  try {
    network.initialise(rng.fork('weights'));
    const adam = new Adam(network.parameters.length);
    const noise = rng.fork('noise');
    const curve: EpochLoss[] = [];
    let kept = network.parameters.slice();
    let best = { epoch: 0, loss: Number.POSITIVE_INFINITY };
    for (let epoch = 1; epoch <= settings.epochs; epoch++) {
      rng.fork(`order ${epoch}`).shuffle(training);
      // Cosine decay from the full rate to a tenth of it.
      const rate = settings.rate * (0.55 + 0.45 * Math.cos((Math.PI * (epoch - 1)) / settings.epochs));
      const seen = pass(network, rows, training, settings.noise, noise, (count) => {
        network.backward(count);
        adam.step(network.parameters, network.gradients, rate);
      });
      // The same noise every time, so that epochs are compared on the same task.
      const loss = held > 0 ? pass(network, rows, validation, settings.noise, rng.fork('validation'), () => {}) : seen;
      const point = { epoch, training: seen, validation: loss };
      curve.push(point);
      if (loss < best.loss) {
        best = { epoch, loss };
        kept = network.parameters.slice();
      }
      await onEpoch(point);
      if (epoch - best.epoch >= settings.patience) break;
    }
    return { parameters: Float32Array.from(kept), curve, best: best.epoch };
  } finally {
    network.free();
  }
}

/** Goes over the tracks in batches and returns the mean loss; `learn` is called with the rows of each batch after its loss. */
function pass(
  network: DenseNetwork,
  rows: DenseRows,
  tracks: Int32Array,
  noise: number,
  rng: Rng,
  learn: (rows: number) => void,
): number {
  const d = rows.dimension;
  const { data, measuredAxis } = rows;
  const { input, outputDelta, batch } = network;
  let sum = 0;
  let known = 0;
  for (let from = 0; from < tracks.length; from += batch) {
    const count = Math.min(batch, tracks.length - from);
    for (let r = 0; r < count; r++) hide(data, tracks[from + r]! * d, d, measuredAxis, noise, rng, input, r * d);
    const out = network.forward(count);
    let batchKnown = 0;
    for (let r = 0; r < count; r++) for (let j = 0; j < d; j++) if (data[tracks[from + r]! * d + j] !== 0) batchKnown++;
    const scale = 1 / Math.max(1, batchKnown);
    for (let r = 0; r < count; r++) {
      const row = tracks[from + r]! * d;
      for (let j = 0; j < d; j++) {
        const target = data[row + j]!;
        const difference = target === 0 ? 0 : out[r * d + j]! - target;
        outputDelta[r * d + j] = 2 * difference * scale;
        sum += difference * difference;
      }
    }
    known += batchKnown;
    learn(count);
  }
  return known > 0 ? sum / known : 0;
}

/** Copies a row with values hidden (set to 0): single values, and now and then the whole sound or all genres. */
function hide(
  data: Float32Array,
  row: number,
  d: number,
  measuredAxis: number,
  noise: number,
  rng: Rng,
  out: Float32Array,
  at: number,
): void {
  const dice = rng.uniform();
  const noSound = dice < noise / 2;
  const noGenres = !noSound && dice < noise;
  for (let j = 0; j < d; j++) {
    const gone =
      (noSound && j < AUDIO_AXES.length) || (noGenres && j >= GENRE_AXES && j < measuredAxis) || rng.uniform() < noise;
    out[at + j] = gone ? 0 : data[row + j]!;
  }
}

/** Latent vectors of all rows, count × latent. */
export function encode(rows: DenseRows, parameters: Float32Array, hidden: number, latent: number): Float32Array {
  const count = rows.known.length;
  const batch = Math.max(1, Math.min(4096, count));
  const network = new DenseNetwork(architecture(rows.dimension, hidden, latent), [LATENT_LAYER], batch);
  try {
    network.parameters.set(parameters);
    const out = new Float32Array(count * latent);
    const d = rows.dimension;
    for (let from = 0; from < count; from += batch) {
      const n = Math.min(batch, count - from);
      network.input.set(rows.data.subarray(from * d, (from + n) * d));
      out.set(network.forward(n, LATENT_LAYER).subarray(0, n * latent), from * latent);
    }
    return out;
  } finally {
    network.free();
  }
}
