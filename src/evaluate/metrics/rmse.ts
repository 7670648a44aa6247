import type { RatingMetric } from './metric.ts';

/** Root of the mean squared error over all held-out ratings (each rating counts once, not each owner). */
export const rmse: RatingMetric = {
  kind: 'rating',
  id: 'rmse',
  title: 'RMSE',
  description: 'Root of the mean squared error of predicted ratings; large errors count more.',
  formula: '√(mean of (predicted − actual)²)',
  better: 'lower',
  range: [0, null],
  unit: '',
  whenEmpty: 'an owner without held-out ratings does not count',
  whenShort: 'does not apply: every held-out rating is predicted',
  error: (predicted, actual) => (predicted - actual) ** 2,
  finish: Math.sqrt,
};
