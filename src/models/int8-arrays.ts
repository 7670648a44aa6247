import { type Int8Rows, int8Stride } from '../math/kernels/int8-index.ts';
import { type Artifact, arrayOf } from './artifact.ts';

/** Arrays of int8 rows, saved beside the floats they were rounded from: rounding again would take longer than reading. */
export const int8Arrays = (name: string, { rows, scales }: Int8Rows): Artifact['arrays'] => ({
  [`${name}.int8`]: rows,
  [`${name}.scales`]: scales,
});

/** @throws SegueError FILE_UNREADABLE */
export const int8RowsOf = (
  artifact: Pick<Artifact, 'modelId' | 'arrays'>,
  name: string,
  count: number,
  dimension: number,
): Int8Rows => ({
  rows: arrayOf(artifact, `${name}.int8`, 'Int8Array', count * int8Stride(dimension)),
  scales: arrayOf(artifact, `${name}.scales`, 'Float32Array', count),
});
