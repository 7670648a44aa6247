import type { ExposureMetric } from './metric.ts';

/** Share of the catalogue that appears in at least one list within the cut-off. */
export const coverage: ExposureMetric = {
  kind: 'exposure',
  id: 'coverage',
  title: 'Catalogue coverage',
  description: 'Share of the catalogue that is recommended to at least one owner.',
  formula: '|∪ R₁…ₖ| / number of tracks',
  better: 'higher',
  range: [0, 1],
  unit: '',
  whenEmpty: 'does not matter',
  whenShort: 'only the tracks present count',
  evaluate(exposure) {
    let seen = 0;
    for (let t = 0; t < exposure.length; t++) if (exposure[t]! > 0) seen++;
    return exposure.length === 0 ? Number.NaN : seen / exposure.length;
  },
};
