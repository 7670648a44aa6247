import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { addressOf, type Region } from './memory.ts';

const BETA1 = 0.9;
const BETA2 = 0.98;
const EPSILON = 1e-8;
const GRAIN = 64;

/**
 * Adam (Kingma & Ba 2015) over a table of rows, with its moments, in the kernels' memory. A step may update only some of the rows; the others keep
 * their parameters and moments, as in the "lazy" variant for embeddings.
 */
export class RowAdam {
  private readonly parameters: Float32Array;
  private readonly width: number;
  private readonly first: Float32Array;
  private readonly second: Float32Array;
  private steps = 0;

  /** @param region frees the moments @param width floats per row, a multiple of 4 */
  constructor(region: Region, parameters: Float32Array, width: number) {
    if (width % 4 !== 0 || parameters.length % width !== 0)
      throw new SegueError('INTERNAL', { got: `${parameters.length} parameters in rows of ${width}` });
    this.parameters = parameters;
    this.width = width;
    this.first = region.float32(parameters.length);
    this.second = region.float32(parameters.length);
  }

  /** @param gradients one row per updated row @param rows numbers of the updated rows, all distinct; null = all */
  step(gradients: Float32Array, rows: Int32Array | null, rate: number): void {
    this.steps++;
    const { parameters, width, first, second } = this;
    parallel('adamRows', rows ? rows.length : parameters.length / width, GRAIN, [
      rows ? addressOf(rows) : 0,
      width,
      addressOf(parameters),
      addressOf(gradients),
      addressOf(first),
      addressOf(second),
      rate / (1 - BETA1 ** this.steps),
      BETA1,
      BETA2,
      1 - BETA2 ** this.steps,
      EPSILON,
    ]);
  }
}
