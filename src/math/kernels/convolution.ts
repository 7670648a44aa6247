import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { addressOf, type Region } from './memory.ts';

/** Filters and positions computed at a time; inputs must have at least this many. */
const PANEL = 8;
const LEAST_POSITIONS = 6;

/** Applied to a convolution's sums: shift + scale · max(0, bias + sum), with one value of each per filter. */
export interface Activation {
  readonly bias: Float32Array;
  readonly scale: Float32Array;
  readonly shift: Float32Array;
}

/** Filters of one size over one channel, laid out for the kernel. */
export interface Filters {
  readonly height: number;
  readonly width: number;
  readonly count: number;
  /** Floats per row of the output: count, rounded up to a multiple of 8. */
  readonly stride: number;
  readonly packed: Float32Array;
  readonly affine: Float32Array;
}

/** @param kernel height × width × count, as frameworks store filters over one channel */
export function packFilters(
  region: Region,
  kernel: Float32Array,
  height: number,
  width: number,
  { bias, scale, shift }: Activation,
): Filters {
  const count = bias.length;
  const taps = height * width;
  const panels = Math.ceil(count / PANEL);
  if (kernel.length !== taps * count || scale.length !== count || shift.length !== count)
    throw new SegueError('INTERNAL', {
      got: `${kernel.length} weights`,
      expected: `${count} filters of ${height} × ${width}`,
    });
  const packed = region.float32(panels * taps * PANEL);
  const affine = region.float32(panels * 3 * PANEL);
  for (let n = 0; n < count; n++) {
    const panel = Math.floor(n / PANEL);
    const lane = n % PANEL;
    for (let k = 0; k < taps; k++) packed[(panel * taps + k) * PANEL + lane] = kernel[k * count + n]!;
    [bias, scale, shift].forEach((terms, i) => {
      affine[(panel * 3 + i) * PANEL + lane] = terms[n]!;
    });
  }
  return { height, width, count, stride: panels * PANEL, packed, affine };
}

/**
 * Convolves, activates, and takes the maximum over the columns: out[t][n] = max_c shift[n] + scale[n] · max(0, bias[n] + Σ_i Σ_j filter[n][i][j] ·
 * x[t + i][c + j]) for t < rows. All arrays are in the kernels' memory.
 * @param x (rows + height − 1) × width floats @param width at least the filters' width + 5 @param out rows × filters.stride; numbers beyond `count`
 * in a row are padding
 */
export function pooledConvolution(
  x: Float32Array,
  width: number,
  rows: number,
  filters: Filters,
  out: Float32Array,
): void {
  const columns = width - filters.width + 1;
  if (columns < LEAST_POSITIONS || x.length < (rows + filters.height - 1) * width || out.length < rows * filters.stride)
    throw new SegueError('INTERNAL', {
      got: `${x.length} inputs in rows of ${width}, ${out.length} outputs`,
      expected: `room for ${rows} rows and at least ${LEAST_POSITIONS} positions`,
    });
  parallel('pooledConvolution', filters.stride / PANEL, 1, [
    addressOf(x),
    width,
    rows,
    columns,
    filters.height,
    filters.width,
    addressOf(filters.packed),
    addressOf(filters.affine),
    addressOf(out),
    filters.stride,
  ]);
}
