import type { ModelQuery } from '../../../models/model.ts';
import type { Cut } from '../history-cuts.ts';
import { recentParts } from './part-names.ts';

/** Adds a model's lists at a cut: from the whole history, under its name, and from the last weeks, under the names of those parts. */
export function askParts(
  lists: Map<string, ArrayLike<number>>,
  name: string,
  cut: Cut,
  ask: (query: ModelQuery) => ArrayLike<number>,
): void {
  lists.set(name, ask(cut.query));
  for (const { name: part, memory } of recentParts(name)) {
    const query = cut.recent[memory];
    lists.set(part, query ? ask(query) : lists.get(name)!);
  }
}
