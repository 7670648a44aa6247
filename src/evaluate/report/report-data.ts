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
  title: Type.String({ description: 'name for people' }),
  description: Type.String({ description: 'what the metric measures' }),
  formula: Type.String({ description: 'its formula' }),
  better: Type.Union([Type.Literal('higher'), Type.Literal('lower'), Type.Literal('neither')], {
    description: 'which values are better',
  }),
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
  cases: Type.Integer({ description: 'number of cases in the group' }),
  values: Type.Record(Type.String(), estimateSchema, { description: 'by metric key; headline metrics only' }),
});

export const modelResultSchema = Type.Object({
  model: Type.String({ description: 'model id, or the name of a file of lists' }),
  title: Type.String({ description: 'name for people' }),
  family: Type.String({ description: 'baseline, content, collaborative or hybrid' }),
  config: Type.Record(Type.String(), Type.Unknown(), { description: 'settings of the model' }),
  values: Type.Record(Type.String(), estimateSchema, { description: 'by metric key' }),
  groups: Type.Array(groupSchema, { description: 'the same by group of cases' }),
  fitSeconds: number('time of training over all folds'),
  answerMs: Type.Object(
    {
      p50: number('median time of an answer'),
      p99: number('99th percentile'),
      mean: number('mean'),
    },
    { description: 'time per answer, in milliseconds' },
  ),
  failed: Type.Optional(Type.String({ description: 'why there are no values' })),
});

export const comparisonSchema = Type.Object({
  metric: Type.String({ description: 'metric key' }),
  a: Type.String({ description: 'id of a model' }),
  b: Type.String({ description: 'id of another model' }),
  difference: Type.Number({ description: 'mean of a − b over the cases that both define' }),
  low: Type.Number({ description: 'lower end of the 95% interval of the difference' }),
  high: Type.Number({ description: 'upper end of the 95% interval of the difference' }),
  cases: Type.Integer({ description: 'number of cases that both define' }),
  pPermutation: Type.Number({ description: 'two-sided paired permutation test' }),
  pT: Type.Number({ description: 'two-sided paired t-test' }),
  pHolm: Type.Number({ description: 'pPermutation corrected by Holm over all pairs of this metric' }),
  verdict: Type.Union([Type.Literal('a better'), Type.Literal('b better'), Type.Literal('no difference')], {
    description: 'conclusion',
  }),
});

const trackSchema = Type.Object({
  uri: Type.String({ description: 'id of the song in the catalogue' }),
  name: Type.String({ description: 'title of the song' }),
  artists: Type.Array(Type.String(), { description: 'names of the artists' }),
});

export const exampleSchema = Type.Object({
  owner: Type.String({ description: 'id of the playlist or person' }),
  title: Type.String({ description: 'its title or name' }),
  scenario: Type.String({ description: 'what the models were given' }),
  seeds: Type.Array(trackSchema, { description: 'the first ten at most' }),
  seedCount: Type.Integer({ description: 'number of seeds' }),
  truthCount: Type.Integer({ description: 'number of hidden songs' }),
  lists: Type.Array(
    Type.Object({
      model: Type.String({ description: 'id of the model' }),
      tracks: Type.Array(
        Type.Object({ ...trackSchema.properties, hit: Type.Boolean({ description: 'whether the song was hidden' }) }),
        { description: 'its first songs' },
      ),
    }),
    { description: 'the list of each model' },
  ),
});

export const evaluationReportSchema = Type.Object({
  version: Type.Literal(1, { description: 'version of this format' }),
  createdAt: Type.String({ description: 'ISO 8601' }),
  protocol: Type.Object(
    {
      id: Type.String({ description: 'id of the protocol' }),
      title: Type.String({ description: 'name for people' }),
      description: Type.String({ description: 'how it splits the data' }),
      task: Type.Union([Type.Literal('ranking'), Type.Literal('ratings')], { description: 'what the models predict' }),
      options: Type.Record(Type.String(), Type.Unknown(), { description: 'options of the protocol' }),
      seed: Type.Integer({ description: 'seed of the random numbers' }),
      folds: Type.Integer({ description: 'number of folds' }),
      cases: Type.Integer({ description: 'number of cases' }),
    },
    { description: 'how the models were evaluated' },
  ),
  dataset: Type.Object(
    {
      id: Type.String({ description: 'fingerprint of catalogue and interactions' }),
      sources: Type.Array(Type.String(), { description: 'ids of the sources' }),
      tracks: Type.Integer({ description: 'number of tracks' }),
      owners: Type.Integer({ description: 'number of playlists and persons' }),
      entries: Type.Integer({ description: 'owner–track pairs' }),
    },
    { description: 'the data evaluated on' },
  ),
  cutoffs: Type.Array(Type.Integer(), { description: 'list lengths at which metrics are taken' }),
  /** Keys of the main metrics; the first one orders the leaderboard. */
  headline: Type.Array(Type.String(), { description: 'keys of the headline metrics' }),
  metrics: Type.Array(metricInfoSchema, { description: 'the metrics' }),
  /** Ordered by the first headline metric, best first. */
  results: Type.Array(modelResultSchema, { description: 'the models' }),
  /** Every pair of models, for each headline metric. */
  comparisons: Type.Array(comparisonSchema, { description: 'the models in pairs' }),
  examples: Type.Array(exampleSchema, { description: 'a few cases with the lists of all models' }),
  timing: Type.Object(
    {
      totalSeconds: Type.Number({ description: 'total time' }),
      metricsSeconds: Type.Number({ description: 'spent on metrics, of the total' }),
      threads: Type.Integer({ description: 'number of threads' }),
      cached: Type.Integer({ description: 'model × fold results taken from an earlier run' }),
    },
    { description: 'how long the evaluation took' },
  ),
});

export type MetricInfo = Static<typeof metricInfoSchema>;
export type Estimate = Static<typeof estimateSchema>;
export type GroupResult = Static<typeof groupSchema>;
export type ModelResult = Static<typeof modelResultSchema>;
export type Comparison = Static<typeof comparisonSchema>;
export type Example = Static<typeof exampleSchema>;
export type EvaluationReport = Static<typeof evaluationReportSchema>;
