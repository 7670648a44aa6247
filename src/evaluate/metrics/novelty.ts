import type { CaseMetric } from './metric.ts';

/** Mean self-information of the recommended tracks; a track without training owners counts as if it had one. */
export const novelty: CaseMetric = {
  kind: 'case',
  id: 'novelty',
  title: 'Novelty',
  description: 'How rare the recommended tracks are, in bits: 10 means one in 1,024 training playlists.',
  formula: 'mean of −log2(max(1, training owners with the track) / training owners)',
  better: 'neither',
  range: [0, null],
  unit: 'bits',
  whenEmpty: 'does not matter',
  whenShort: 'mean over the tracks present; undefined for an empty list',
  cutoffs: 'each',
  evaluate({ list, length, catalogue }, cutoffs, out, at) {
    const { popularity, owners } = catalogue;
    let rank = 0;
    let bits = 0;
    for (let c = 0; c < cutoffs.length; c++) {
      const end = Math.min(length, cutoffs[c]!);
      for (; rank < end; rank++) bits -= Math.log2(Math.max(1, popularity[list[rank]!]!) / owners);
      out[at + c] = rank === 0 || owners === 0 ? Number.NaN : bits / rank;
    }
  },
};
