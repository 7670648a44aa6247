import { SegueError } from '../../errors.ts';
import { rowsByTrack } from '../adopted-rows.ts';
import type { Adoption } from '../adoption.ts';
import { type AlsConfig, paddedFactors } from './config.ts';
import { ALS_VERSION } from './fitted.ts';

/** Vectors of the tracks that at least one owner holds. */
export const adoptAls: Adoption = {
  modelId: 'als',
  table: {
    name: 'factors',
    meaning: 'a vector per track',
    columns: [
      { name: 'track', type: 'int32', required: true, meaning: 'number of the track' },
      { name: 'vector', type: 'floats', required: true, meaning: 'its vector, all of one length' },
    ],
  },
  build({ rows, columns }, dataset, config, meta) {
    const { count } = dataset.tracks;
    const { factors } = config as AlsConfig;
    const width = rows === 0 ? 0 : columns.vector!.length / rows;
    if (width !== factors)
      throw new SegueError('FILE_UNREADABLE', {
        got: `The table factors has vectors of ${width} numbers`,
        expected: `${factors}, as the job's settings say`,
        remedy: 'Run the job again',
      });
    const columnOf = rowsByTrack(columns.track!, count, 'The table factors');
    const d = paddedFactors(factors);
    const { unobservedWeight } = meta;
    if (unobservedWeight !== undefined && !(typeof unobservedWeight === 'number' && unobservedWeight >= 0))
      throw new SegueError('FILE_UNREADABLE', {
        got: `The job's unobserved weight is ${JSON.stringify(unobservedWeight)}`,
        expected: 'a number of 0 or more',
        remedy: 'Run the job again',
      });
    const table = new Float32Array(rows * d);
    for (let r = 0; r < rows; r++) table.set(columns.vector!.subarray(r * factors, (r + 1) * factors), r * d);
    return {
      modelId: 'als',
      modelVersion: ALS_VERSION,
      config,
      catalogueId: dataset.catalogueId,
      meta: { owners: Number(meta.owners), ...(unobservedWeight !== undefined && { unobservedWeight }) },
      arrays: { table, columnOf },
    };
  },
};
