import { type Static, Type } from '#typebox';

/**
 * Result of an evaluation: one JSON value from which the terminal table, the HTML report, `GET /api/evaluation` and the docs' tables are made. A
 * number that does not exist (a metric that is undefined for all cases, an interval of one case) is null.
 */
const number = (description: string) => Type.Union([Type.Number(), Type.Null()], { description });

export const metricInfoSchema = Type.Object({
  key: Type.String({ description: 'key of the values, e.g. "ndcg@20"' }),
  id: Type.String({ description: 'the metric, e.g. "ndcg"' }),
  cutoff: Type.Union([Type.Integer(), Type.Null()], { description: 'null when the metric has none' }),
  title: Type.String(),
  description: Type.String(),
  formula: Type.String(),
  better: Type.Union([Type.Literal('higher'), Type.Literal('lower'), Type.Literal('neither')]),
  unit: Type.String({ description: 'e.g. "ms"; empty for plain numbers' }),
});

export const estimateSchema = Type.Object({
  mean: number('mean over cases'),
  low: number('lower end of the 95% interval'),
  high: number('upper end of the 95% interval'),
  cases: Type.Integer({ description: 'cases that define the value' }),
});

export const groupSchema = Type.Object({
  kind: Type.String({ description: 'scenario, seeds or taste' }),
  label: Type.String({ description: 'e.g. "title + first 5", "6–25 seeds", "long-tail taste"' }),
  cases: Type.Integer(),
  values: Type.Record(Type.String(), estimateSchema, { description: 'by metric key; headline metrics only' }),
});

export const modelResultSchema = Type.Object({
  model: Type.String({ description: 'model id, or the name of a file of lists' }),
  title: Type.String(),
  family: Type.String(),
  config: Type.Record(Type.String(), Type.Unknown()),
  /** By metric key. */
  values: Type.Record(Type.String(), estimateSchema),
  groups: Type.Array(groupSchema),
  fitSeconds: number('time of training over all folds'),
  answerMs: Type.Object({
    p50: number('median time of an answer'),
    p99: number('99th percentile'),
    mean: number('mean'),
  }),
  failed: Type.Optional(Type.String({ description: 'why there are no values' })),
});

export const comparisonSchema = Type.Object({
  metric: Type.String({ description: 'metric key' }),
  a: Type.String(),
  b: Type.String(),
  difference: Type.Number({ description: 'mean of a − b over the cases that both define' }),
  low: Type.Number(),
  high: Type.Number(),
  cases: Type.Integer(),
  pPermutation: Type.Number({ description: 'two-sided paired permutation test' }),
  pT: Type.Number({ description: 'two-sided paired t-test' }),
  pHolm: Type.Number({ description: 'pPermutation corrected by Holm over all pairs of this metric' }),
  verdict: Type.Union([Type.Literal('a better'), Type.Literal('b better'), Type.Literal('no difference')]),
});

const trackSchema = Type.Object({ uri: Type.String(), name: Type.String(), artists: Type.Array(Type.String()) });

export const exampleSchema = Type.Object({
  owner: Type.String(),
  title: Type.String(),
  scenario: Type.String(),
  seeds: Type.Array(trackSchema, { description: 'the first ten at most' }),
  seedCount: Type.Integer(),
  truthCount: Type.Integer(),
  lists: Type.Array(
    Type.Object({
      model: Type.String(),
      tracks: Type.Array(Type.Object({ ...trackSchema.properties, hit: Type.Boolean() })),
    }),
  ),
});

export const evaluationReportSchema = Type.Object({
  version: Type.Literal(1),
  createdAt: Type.String({ description: 'ISO 8601' }),
  protocol: Type.Object({
    id: Type.String(),
    title: Type.String(),
    description: Type.String(),
    task: Type.Union([Type.Literal('ranking'), Type.Literal('ratings')]),
    options: Type.Record(Type.String(), Type.Unknown()),
    seed: Type.Integer(),
    folds: Type.Integer(),
    cases: Type.Integer(),
  }),
  dataset: Type.Object({
    id: Type.String({ description: 'fingerprint of catalogue and interactions' }),
    sources: Type.Array(Type.String()),
    tracks: Type.Integer(),
    owners: Type.Integer(),
    entries: Type.Integer(),
  }),
  cutoffs: Type.Array(Type.Integer()),
  /** Keys of the main metrics; the first one orders the leaderboard. */
  headline: Type.Array(Type.String()),
  metrics: Type.Array(metricInfoSchema),
  /** Ordered by the first headline metric, best first. */
  results: Type.Array(modelResultSchema),
  /** Every pair of models, for each headline metric. */
  comparisons: Type.Array(comparisonSchema),
  examples: Type.Array(exampleSchema),
  timing: Type.Object({
    totalSeconds: Type.Number(),
    metricsSeconds: Type.Number({ description: 'spent on metrics, of the total' }),
    threads: Type.Integer(),
    cached: Type.Integer({ description: 'model × fold results taken from an earlier run' }),
  }),
});

export type MetricInfo = Static<typeof metricInfoSchema>;
export type Estimate = Static<typeof estimateSchema>;
export type GroupResult = Static<typeof groupSchema>;
export type ModelResult = Static<typeof modelResultSchema>;
export type Comparison = Static<typeof comparisonSchema>;
export type Example = Static<typeof exampleSchema>;
export type EvaluationReport = Static<typeof evaluationReportSchema>;
