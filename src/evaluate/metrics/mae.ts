import type { RatingMetric } from './metric.ts';

/** Mean absolute error over all held-out ratings (each rating counts once, not each owner). */
export const mae: RatingMetric = {
  kind: 'rating',
  id: 'mae',
  title: 'MAE',
  description: 'Mean absolute difference between predicted and actual rating.',
  formula: 'mean of |predicted − actual|',
  better: 'lower',
  range: [0, null],
  unit: '',
  whenEmpty: 'an owner without held-out ratings does not count',
  whenShort: 'does not apply: every held-out rating is predicted',
  error: (predicted, actual) => Math.abs(predicted - actual),
  finish: (mean) => mean,
};
