import type { ExposureMetric } from './metric.ts';

/** Gini coefficient of how often each track is recommended, over the whole catalogue. */
export const gini: ExposureMetric = {
  kind: 'exposure',
  id: 'gini',
  title: 'Gini',
  description: 'How unequally recommendations are spread over tracks: 0 = equally, near 1 = a few tracks get them all.',
  formula: 'Σᵢ (2i − n − 1)·xᵢ / (n·Σ xᵢ), x ascending, n tracks',
  better: 'lower',
  range: [0, 1],
  unit: '',
  whenEmpty: 'does not matter',
  whenShort: 'only the tracks present count; undefined when all lists are empty',
  evaluate(exposure) {
    const n = exposure.length;
    // Zeros add nothing to the sums; their number only shifts the ranks of the others.
    const shown = exposure.filter((count) => count > 0).sort();
    const zeros = n - shown.length;
    let weighted = 0;
    let total = 0;
    for (let i = 0; i < shown.length; i++) {
      weighted += (2 * (zeros + i + 1) - n - 1) * shown[i]!;
      total += shown[i]!;
    }
    return total === 0 ? Number.NaN : weighted / (n * total);
  },
};
