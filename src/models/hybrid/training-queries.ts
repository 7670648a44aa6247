import type { Dataset } from '../../dataset/dataset.ts';
import type { Rng } from '../../math/rng.ts';
import { type ModelQuery, modelQuery } from '../model.ts';

interface Kind {
  readonly title: boolean;
  readonly seeds: number;
  readonly ordered: boolean;
  /** Relative frequency with which this kind is drawn among those that an owner can serve. Few owners can serve 100 seeds. */
  readonly weight: number;
}

/** The kinds of training query for the ranker: those of the playlist challenge, and other common requests. */
const KINDS: readonly Kind[] = [
  { title: true, seeds: 0, ordered: true, weight: 1 },
  { title: true, seeds: 1, ordered: true, weight: 1 },
  { title: false, seeds: 1, ordered: true, weight: 0.3 },
  { title: true, seeds: 5, ordered: true, weight: 1 },
  { title: false, seeds: 5, ordered: true, weight: 1 },
  { title: true, seeds: 10, ordered: true, weight: 1 },
  { title: false, seeds: 10, ordered: true, weight: 1 },
  { title: true, seeds: 25, ordered: true, weight: 1.3 },
  { title: true, seeds: 25, ordered: false, weight: 1.3 },
  { title: false, seeds: 25, ordered: false, weight: 0.3 },
  { title: true, seeds: 100, ordered: true, weight: 4 },
  { title: true, seeds: 100, ordered: false, weight: 4 },
  { title: false, seeds: 100, ordered: false, weight: 0.5 },
];

/** Least number of tracks that must be left to find. */
const LEAST_TRUTH = 5;

export interface TrainingQuery {
  readonly query: ModelQuery;
  readonly truth: ReadonlySet<number>;
}

/**
 * Makes a training query whose answer is known: some of the owner's tracks or the title as input, the remaining tracks as truth; null when the owner
 * has too few tracks.
 */
export function trainingQueryOf(dataset: Dataset, owner: number, rng: Rng): TrainingQuery | null {
  const tracks = dataset.tracksOf(owner);
  const titled = !dataset.owners.titles.isEmpty(owner);
  const possible = KINDS.filter((kind) => tracks.length >= kind.seeds + LEAST_TRUTH && (titled || !kind.title));
  let total = 0;
  for (const kind of possible) total += kind.weight;
  let draw = rng.uniform() * total;
  const kind = possible.find((candidate) => (draw -= candidate.weight) < 0) ?? possible[0];
  if (!kind) return null;
  const isSeed = new Uint8Array(tracks.length);
  if (kind.ordered) isSeed.fill(1, 0, kind.seeds);
  else for (const at of rng.sample(tracks.length, kind.seeds)) isSeed[at] = 1;
  return {
    query: modelQuery({
      seeds: tracks.filter((_, i) => isSeed[i] === 1),
      title: kind.title ? dataset.owners.titles.get(owner) : '',
      ordered: kind.ordered,
    }),
    truth: new Set(tracks.filter((_, i) => isSeed[i] === 0)),
  };
}

/** Makes a query for all of an owner's tracks by the title alone; null when it has no title or too few tracks. */
export function titleQueryOf(dataset: Dataset, owner: number): TrainingQuery | null {
  const tracks = dataset.tracksOf(owner);
  if (tracks.length < LEAST_TRUTH || dataset.owners.titles.isEmpty(owner)) return null;
  return { query: modelQuery({ title: dataset.owners.titles.get(owner) }), truth: new Set(tracks) };
}
