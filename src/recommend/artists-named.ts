import type { Dataset } from '../dataset/dataset.ts';
import { normaliseName } from '../dataset/normalise.ts';

/** Built for the first query on a dataset, and kept as long as the dataset. */
const known = new WeakMap<Dataset, Map<string, number[]>>();

/** Artist numbers with a name, ignoring case and accents. */
export function artistsNamed(dataset: Dataset, name: string): readonly number[] {
  let numbers = known.get(dataset);
  if (!numbers) {
    known.set(dataset, (numbers = new Map()));
    const { names, count } = dataset.artists;
    for (let a = 0; a < count; a++) {
      const key = normaliseName(names.get(a));
      const same = numbers.get(key);
      if (same) same.push(a);
      else numbers.set(key, [a]);
    }
  }
  return numbers.get(normaliseName(name)) ?? [];
}
