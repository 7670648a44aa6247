import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { addressOf } from './memory.ts';

const GRAIN = 16;

/** Scores of a batch: each row has one true item, and all rows share the sampled items. All arrays are in the kernels' memory. */
export interface SampledScores {
  /** Scores of the true items, one per row; overwritten by ∂loss/∂score. */
  positives: Float32Array;
  /** rows × sampled items; overwritten by ∂loss/∂score. */
  negatives: Float32Array;
  /** The true item of each row. A sampled item that equals it has gradient 0 in that row. */
  targets: Int32Array;
  /** The sampled items; their number is a multiple of 4. */
  sampled: Int32Array;
  /** Loss of each row: overwritten. */
  losses: Float64Array;
}

/**
 * Generalised binary cross-entropy (Petrov & Macdonald 2023, gSASRec): −β ln σ(s⁺) − Σ ln(1 − σ(s⁻)), summed over the rows.
 * @param offset added to every score first; with −ln of the number of sampled items, equal scores have a small loss
 * @returns the sum of the losses
 */
export function binaryLoss(scores: SampledScores, beta: number, offset: number): number {
  const { positives, negatives, targets, sampled, losses } = scores;
  check(scores);
  parallel('binaryLoss', positives.length, GRAIN, [
    addressOf(positives),
    addressOf(negatives),
    sampled.length,
    addressOf(targets),
    addressOf(sampled),
    beta,
    offset,
    addressOf(losses),
  ]);
  return losses.subarray(0, positives.length).reduce((sum, value) => sum + value, 0);
}

/**
 * Sampled softmax (Jean et al. 2015): −s⁺ + ln(e^s⁺ + Σ e^(s⁻ − c)), summed over the rows.
 * @param corrections c for each sampled item: ln of its expected number of occurrences in the sample
 * @returns the sum of the losses
 */
export function softmaxLoss(scores: SampledScores, corrections: Float32Array): number {
  const { positives, negatives, targets, sampled, losses } = scores;
  check(scores);
  parallel('softmaxLoss', positives.length, GRAIN, [
    addressOf(positives),
    addressOf(negatives),
    sampled.length,
    addressOf(targets),
    addressOf(sampled),
    addressOf(corrections),
    addressOf(losses),
  ]);
  return losses.subarray(0, positives.length).reduce((sum, value) => sum + value, 0);
}

function check({ positives, negatives, targets, sampled, losses }: SampledScores): void {
  const rows = positives.length;
  if (
    sampled.length % 4 !== 0 ||
    negatives.length < rows * sampled.length ||
    targets.length < rows ||
    losses.length < rows
  )
    throw new SegueError('INTERNAL', {
      got: `Scores of ${rows} rows and ${sampled.length} sampled items in an array of ${negatives.length}`,
      expected: 'a multiple of 4 sampled items, and room for every row',
    });
}
