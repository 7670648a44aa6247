import type { Dataset } from '../../src/dataset/dataset.ts';
import { catalogueOf, measureLists } from '../../src/evaluate/metrics/measure.ts';
import { METRICS } from '../../src/evaluate/metrics/registry.ts';
import type { EvaluationCase } from '../../src/evaluate/protocol.ts';
import { type Fitted, modelQuery } from '../../src/models/model.ts';

const SEEDS = 10;
/** Lists with fewer songs are left out. */
const LEAST = 15;
const ANSWERS = 500;

/** How well a model finds the rest of a list from its first songs, as means over the lists. */
export interface ListFigures {
  readonly label: string;
  readonly lists: number;
  readonly rPrecision: number;
  readonly ndcg: number;
  readonly recall: number;
}

/**
 * Requests 500 songs from each model for the first ten of each held-out list, and measures how many of the others it finds.
 * @param soundOnly restricts queries, answers and truth to songs with audio features
 */
export function measureRealLists(
  full: Dataset,
  train: Dataset,
  heldOut: Int32Array,
  models: readonly (readonly [label: string, model: Fitted])[],
  soundOnly: boolean,
): ListFigures[] {
  const hasSound = Uint8Array.from({ length: full.tracks.count }, (_, t) => (Number.isNaN(full.feature(t, 1)) ? 0 : 1));
  const cases: EvaluationCase[] = [];
  for (const owner of heldOut) {
    const songs = full.tracksOf(owner).filter((t) => !soundOnly || hasSound[t] === 1);
    if (songs.length < LEAST) continue;
    cases.push({
      owner: String(owner),
      scenario: '',
      query: modelQuery({ seeds: [...songs.subarray(0, SEEDS)], allowed: soundOnly ? hasSound : null }),
      truth: songs.slice(SEEDS),
    });
  }
  const ids = ['r-precision-challenge', 'ndcg', 'recall'];
  const metrics = METRICS.filter(({ id }) => ids.includes(id));
  const catalogue = catalogueOf(train);
  return models.map(([label, model]) => {
    const answers = cases.map(({ query }) => model.recommend(query, ANSWERS).tracks);
    const ptr = new Int32Array(cases.length + 1);
    answers.forEach((answer, i) => {
      ptr[i + 1] = ptr[i]! + answer.length;
    });
    const tracks = new Int32Array(ptr[cases.length]!);
    answers.forEach((answer, i) => {
      tracks.set(answer, ptr[i]!);
    });
    const columns = measureLists(cases, { ptr, tracks }, catalogue, Int32Array.of(ANSWERS), metrics);
    const mean = (id: string): number => {
      const { values } = columns.find(({ metric }) => metric.id === id)!;
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    return {
      label,
      lists: cases.length,
      rPrecision: mean('r-precision-challenge'),
      ndcg: mean('ndcg'),
      recall: mean('recall'),
    };
  });
}
