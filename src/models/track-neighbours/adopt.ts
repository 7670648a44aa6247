import { checkTracks } from '../adopted-rows.ts';
import type { Adoption } from '../adoption.ts';
import { TRACK_NEIGHBOURS_VERSION } from './track-neighbours.ts';

/** Pairs of tracks with their strength, in any order. */
export const adoptTrackNeighbours: Adoption = {
  modelId: 'track-neighbours',
  table: {
    name: 'links',
    meaning: 'the strongest partners of each track',
    columns: [
      { name: 'track', type: 'int32', required: true, meaning: 'number of the track' },
      { name: 'partner', type: 'int32', required: true, meaning: 'number of its partner' },
      { name: 'strength', type: 'float', required: true, meaning: 'c(track, partner)' },
    ],
  },
  build({ rows, columns }, dataset, config) {
    const { count } = dataset.tracks;
    const { track, partner, strength } = columns;
    checkTracks(track!, count, 'The table links');
    checkTracks(partner!, count, 'The table links');
    const ptr = new Int32Array(count + 1);
    for (const t of track!) ptr[t + 1]!++;
    for (let t = 0; t < count; t++) ptr[t + 1]! += ptr[t]!;
    // Sorted by partner within a row, so that the same job gives the same bytes whatever the order of its files.
    const order = Int32Array.from({ length: rows }, (_, i) => i).sort(
      (a, b) => track![a]! - track![b]! || partner![a]! - partner![b]!,
    );
    return {
      modelId: 'track-neighbours',
      modelVersion: TRACK_NEIGHBOURS_VERSION,
      config,
      catalogueId: dataset.catalogueId,
      meta: {},
      arrays: {
        ptr,
        idx: Int32Array.from(order, (i) => partner![i]!),
        values: Float32Array.from(order, (i) => strength![i]!),
      },
    };
  },
};
