import { type CaseMetric, EMPTY_TRUTH } from './metric.ts';
import { recallWhere } from './recall-where.ts';

/** Recall@k over the held-out tracks with training owners, which collaborative evidence can find. */
export const recallKnown: CaseMetric = {
  kind: 'case',
  id: 'recall-known',
  title: 'Recall of known tracks',
  description: 'Share of the held-out tracks that some training owner has among the first k recommendations.',
  formula: '|{g ∈ G : owners of g > 0} ∩ R₁…ₖ| / |{g ∈ G : owners of g > 0}|',
  better: 'higher',
  range: [0, 1],
  unit: '',
  whenEmpty: EMPTY_TRUTH,
  whenShort: 'the missing places find nothing',
  cutoffs: 'each',
  evaluate: recallWhere((owners) => owners > 0),
};
