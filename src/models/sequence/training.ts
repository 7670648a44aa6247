import type { Dataset } from '../../dataset/dataset.ts';
import { Region } from '../../math/kernels/memory.ts';
import type { Rng } from '../../math/rng.ts';
import { Batches } from './batches.ts';
import type { SequenceConfig } from './config.ts';
import { Learner } from './learner.ts';
import { Negatives } from './negatives.ts';
import type { Tokens } from './tokens.ts';
import type { Shape } from './transformer.ts';

/** The result of training. */
export interface Trained {
  /** tokens.count × factors */
  readonly table: Float32Array;
  /** The transformer's. */
  readonly parameters: Float32Array;
  /** Mean loss per position, by epoch. */
  readonly curve: readonly number[];
}

/** Share of the steps over which the learning rate rises. */
const WARM_UP = 0.05;

/**
 * Trains a transformer and the table, starting from the vectors already in it: at every position of every sequence, the next track must be
 * distinguished from sampled ones. Outputs are compared with the same vectors that serve as inputs (tied). Uses Adam; the rate rises, then falls to a
 * tenth along half a cosine.
 * @param start initial vectors, tokens.count × factors @param onStep awaited every few steps; may throw to stop
 */
export async function train(
  dataset: Dataset,
  tokens: Tokens,
  start: Float32Array,
  shape: Shape,
  config: SequenceConfig,
  rng: Rng,
  onStep: (done: number, of: number, loss: number) => Promise<void>,
): Promise<Trained> {
  const region = new Region();
  let learner: Learner | null = null;
  try {
    const batches = new Batches(dataset, tokens, config);
    const negatives = new Negatives(tokens, dataset, config);
    learner = new Learner(region, tokens, start, shape, config, batches.capacity);
    learner.transformer.initialise(rng.fork('weights'));
    const curve: number[] = [];
    const of = batches.about * config.epochs;
    let steps = 0;
    for (let epoch = 0; epoch < config.epochs; epoch++) {
      const order = rng.fork(`epoch ${epoch}`);
      let loss = 0;
      let positions = 0;
      for (const batch of batches.epoch(order)) {
        const progress = Math.min(1, steps / of);
        const rate = config.rate * Math.min(1, progress / WARM_UP) * (0.55 + 0.45 * Math.cos(Math.PI * progress));
        loss += learner.derive(batch, negatives.draw(order), order.uint32());
        learner.move(rate);
        positions += batch.targets.length;
        if (steps++ % 8 === 0) await onStep(Math.min(steps, of), of, loss / positions);
      }
      curve.push(loss / Math.max(1, positions));
    }
    return {
      table: Float32Array.from(learner.table),
      parameters: Float32Array.from(learner.transformer.parameters),
      curve,
    };
  } finally {
    learner?.free();
    region.free();
  }
}
