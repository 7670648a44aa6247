import type { Dataset } from '../../dataset/dataset.ts';
import type { AnswerLists } from '../metrics/measure.ts';
import type { Fold } from '../protocol.ts';
import type { Example } from './report-data.ts';

const SHOWN = 10;

/** A few cases with the first ten answers of every model side by side: one each of some scenarios, or else cases spread over the fold. */
export function examplesOf(
  dataset: Dataset,
  fold: Fold,
  answers: readonly { model: string; lists: AnswerLists }[],
  count: number,
): Example[] {
  const { cases } = fold;
  const byScenario = [...new Set(cases.map((c) => c.scenario))].map((s) => cases.findIndex((c) => c.scenario === s));
  const pool = byScenario.length >= count ? byScenario : cases.map((_, i) => i);
  const chosen = Array.from(
    { length: Math.min(count, pool.length) },
    (_, i) => pool[Math.floor((i * pool.length) / count)]!,
  );
  return chosen.map((at) => {
    const { owner, scenario, query, truth } = cases[at]!;
    const right = new Set(truth);
    const number = dataset.owners.vocabulary.indexOf(owner);
    return {
      owner,
      title: number < 0 ? query.title : dataset.owners.titles.get(number),
      scenario,
      seeds: Array.from(query.seeds.subarray(0, SHOWN), (t) => track(dataset, t)),
      seedCount: query.seeds.length,
      truthCount: truth.length,
      lists: answers.map(({ model, lists }) => ({
        model,
        tracks: Array.from(
          lists.tracks.subarray(lists.ptr[at]!, Math.min(lists.ptr[at + 1]!, lists.ptr[at]! + SHOWN)),
          (t) => ({ ...track(dataset, t), hit: right.has(t) }),
        ),
      })),
    };
  });
}

function track(dataset: Dataset, number: number): { uri: string; name: string; artists: string[] } {
  const { vocabulary, names, artists } = dataset.tracks;
  return {
    uri: vocabulary.id(number),
    name: names.get(number),
    artists: Array.from(artists.idx.subarray(artists.ptr[number]!, artists.ptr[number + 1]!), (a) =>
      dataset.artists.names.get(a),
    ),
  };
}
