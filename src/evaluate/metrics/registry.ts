import { averagePrecision } from './average-precision.ts';
import { clicks } from './clicks.ts';
import { coverage } from './coverage.ts';
import { diversity } from './diversity.ts';
import { f1 } from './f1.ts';
import { gini } from './gini.ts';
import { hitRate } from './hit-rate.ts';
import { mae } from './mae.ts';
import type { Metric } from './metric.ts';
import { ndcg } from './ndcg.ts';
import { ndcgChallenge } from './ndcg-challenge.ts';
import { novelty } from './novelty.ts';
import { precision } from './precision.ts';
import { rPrecision } from './r-precision.ts';
import { rPrecisionChallenge } from './r-precision-challenge.ts';
import { recall } from './recall.ts';
import { recallCold } from './recall-cold.ts';
import { recallKnown } from './recall-known.ts';
import { reciprocalRank } from './reciprocal-rank.ts';
import { rmse } from './rmse.ts';
import { seedArtists } from './seed-artists.ts';

/** Every metric, one line each. Tables, reports and docs are generated from this list. */
export const METRICS: readonly Metric[] = [
  precision,
  recall,
  recallKnown,
  recallCold,
  f1,
  hitRate,
  ndcg,
  ndcgChallenge,
  averagePrecision,
  reciprocalRank,
  rPrecision,
  rPrecisionChallenge,
  clicks,
  coverage,
  gini,
  novelty,
  diversity,
  seedArtists,
  rmse,
  mae,
];
