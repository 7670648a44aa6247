import { rowsByTrack } from './adopted-rows.ts';
import type { Adoption } from './adoption.ts';
import { POPULARITY_VERSION } from './popularity.ts';

/** Owner counts, one row per track that somebody holds. */
export const adoptPopularity: Adoption = {
  modelId: 'popularity',
  table: {
    name: 'owners',
    meaning: 'owners per track',
    columns: [
      { name: 'track', type: 'int32', required: true, meaning: 'number of the track' },
      { name: 'owners', type: 'float', required: true, meaning: 'owners that hold it' },
    ],
  },
  build({ columns }, dataset) {
    const { count } = dataset.tracks;
    const rowOf = rowsByTrack(columns.track!, count, 'The table owners');
    return {
      modelId: 'popularity',
      modelVersion: POPULARITY_VERSION,
      config: {},
      catalogueId: dataset.catalogueId,
      meta: {},
      arrays: { scores: Float32Array.from(rowOf, (row) => (row < 0 ? 0 : columns.owners![row]!)) },
    };
  },
};
