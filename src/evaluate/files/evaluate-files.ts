import { basename } from 'node:path';
import type { Dataset } from '../../dataset/dataset.ts';
import { fingerprint } from '../../dataset/shared-dataset.ts';
import { StringColumn } from '../../dataset/strings.ts';
import { Vocabulary } from '../../dataset/vocabulary.ts';
import { SegueError } from '../../errors.ts';
import { fromRows } from '../../math/csr.ts';
import { Rng } from '../../math/rng.ts';
import { modelQuery } from '../../models/model.ts';
import { bareDataset } from '../bare-dataset.ts';
import { checkCutoffs } from '../evaluate.ts';
import { catalogueOf, measureLists } from '../metrics/measure.ts';
import type { EvaluationCase, Fold } from '../protocol.ts';
import { buildReport, type Measured } from '../report/report.ts';
import type { EvaluationReport } from '../report/report-data.ts';
import { type OwnerLists, readLists } from './run-files.ts';

export interface FilesRequest {
  /** Files of recommendations, which are compared with each other. */
  readonly runs: readonly string[];
  readonly truth: string;
  readonly cutoffs?: readonly number[];
  /** Dataset in which tracks are looked up, for the metrics of artists, genres and popularity. Without it, ids have no meaning. */
  readonly dataset?: Dataset;
  readonly seed?: number;
}

const HEADLINE = ['ndcg', 'recall', 'map'];
const CUTOFFS = [1, 5, 10, 20, 50, 100, 500];

/**
 * Measures recommendations made by another program. An owner in the truth without a list counts as an empty list.
 * @throws SegueError RUN_INVALID for lists of owners that the truth lacks, and for tracks that a given dataset lacks
 */
export async function evaluateFiles(request: FilesRequest): Promise<EvaluationReport> {
  const start = performance.now();
  const truth = await readLists(request.truth, 'truth');
  const runs: { path: string; lists: OwnerLists }[] = [];
  for (const path of request.runs) runs.push({ path, lists: await readLists(path, 'run') });
  for (const { path, lists } of runs) requireOwners(path, lists, truth, request.truth);
  const cutoffs = checkCutoffs(request.cutoffs ?? CUTOFFS);
  const vocabulary = request.dataset?.tracks.vocabulary ?? unite([truth, ...runs.map((r) => r.lists)]);
  const dataset = request.dataset ?? bareDataset(vocabulary, [...truth.keys()]);
  const number = (path: string, entry: { track: string; line: number }): number => {
    const found = vocabulary.indexOf(entry.track);
    if (found >= 0) return found;
    throw new SegueError('RUN_INVALID', {
      got: `Line ${entry.line} of ${path} names the track "${entry.track}", which the library lacks`,
      expected: 'tracks of the library',
      remedy: 'Import the data the file was made from, or evaluate without --with-library',
    });
  };
  const cases = [...truth].map(
    ([owner, list]): EvaluationCase => ({
      owner,
      scenario: 'all',
      query: modelQuery({}),
      truth: Int32Array.from(list, (entry) => number(request.truth, entry)),
    }),
  );
  const fold: Fold = { label: 'files', train: dataset, cases };
  const catalogue = catalogueOf(dataset);
  const measuring = performance.now();
  const measured = runs.map(({ path, lists }, i): Measured => {
    const rows = fromRows(
      cases.map(({ owner }) => (lists.get(owner) ?? []).map((entry) => number(path, entry))),
      vocabulary.size,
    );
    const answers = { ptr: rows.ptr, tracks: rows.idx };
    const twin = runs.some((other, j) => j !== i && basename(other.path) === basename(path));
    return {
      label: { model: twin ? path : basename(path), title: path, family: 'file', config: {} },
      failed: null,
      columns: measureLists(cases, answers, catalogue, Int32Array.from(cutoffs)).filter(
        ({ metric }) => request.dataset || !NEEDS_CATALOGUE.includes(metric.id),
      ),
      answers: [{ ...answers, predicted: new Float32Array(0), tookMs: new Float32Array(0) }],
      fitSeconds: Number.NaN,
    };
  });
  const k = cutoffs.includes(20) ? 20 : cutoffs[cutoffs.length - 1]!;
  return buildReport({
    dataset,
    datasetId: fingerprint(dataset),
    protocol: {
      id: 'files',
      title: 'Lists from files',
      description: `${cases.length} owners of ${basename(request.truth)}; lists that are missing count as empty.`,
      task: 'ranking',
      options: {},
      seed: request.seed ?? 1,
    },
    folds: [fold],
    catalogues: [catalogue],
    cutoffs,
    headline: HEADLINE.map((id) => `${id}@${k}`),
    measured,
    examples: request.dataset ? 4 : 0,
    rng: new Rng(request.seed ?? 1).fork('statistics'),
    timing: { start, metricsSeconds: (performance.now() - measuring) / 1000, threads: 1, cached: 0 },
  });
}

/** Metrics that need to know more about tracks than an id. */
const NEEDS_CATALOGUE = [
  'r-precision-challenge',
  'novelty',
  'diversity',
  'seed-artists',
  'coverage',
  'recall-known',
  'recall-cold',
];

function requireOwners(path: string, lists: OwnerLists, truth: OwnerLists, truthPath: string): void {
  const unknown = [...lists.keys()].filter((owner) => !truth.has(owner));
  if (unknown.length > 0)
    throw new SegueError('RUN_INVALID', {
      got: `${path} has lists for ${unknown.length} owners that ${truthPath} lacks, the first being "${unknown[0]}"`,
      expected: 'only owners in the truth file',
      remedy: 'Use the same ids in both files',
    });
}

function unite(files: readonly OwnerLists[]): Vocabulary {
  const ids = new Set<string>();
  for (const lists of files) for (const list of lists.values()) for (const { track } of list) ids.add(track);
  return new Vocabulary(StringColumn.from(ids));
}
