import type { ModelQuery } from '../../../models/model.ts';
import type { Cut } from '../history-cuts.ts';
import { lately } from './part-names.ts';

/** Adds the two lists of a model at a cut: from the whole history under its name, from the last weeks as its part `lately`. */
export function askParts(
  lists: Map<string, ArrayLike<number>>,
  name: string,
  cut: Cut,
  ask: (query: ModelQuery) => ArrayLike<number>,
): void {
  lists.set(name, ask(cut.query));
  lists.set(lately(name), ask(cut.lately));
}
