import { permutationTests } from '../../evaluate/statistics/paired.ts';
import { Rng } from '../../math/rng.ts';
import type { EventKind } from '../events.ts';
import type { ListOutcome } from '../shown.ts';
import type { Arm, Experiment } from './experiment.ts';

const DAY = 86_400_000;
const PERMUTATIONS = 10_000;
const GOOD: readonly EventKind[] = ['play', 'like', 'save'];

export interface Verdict {
  /** Number of lists shown. */
  readonly lists: number;
  /** Number of listeners who saw them. */
  readonly listeners: number;
  /** Number of songs played, liked or saved, by model. */
  readonly a: number;
  readonly b: number;
  /** Interleaved: a's share of these songs; split: difference a − b of such songs per list. null when there are none. */
  readonly effect: number | null;
  /** Two-sided p-value of a randomisation test; 1 when there is too little data. */
  readonly p: number;
}

/** Feedback on the lists of one listener. */
export interface ListenerOutcomes {
  readonly listener: string;
  readonly outcomes: readonly ListOutcome[];
}

/**
 * Which of two models' songs listeners took up. Interleaved lists: the difference in good songs per listener and day, tested by sign flips, since
 * without a difference the teams are assigned by coin toss. Split: the means per list of each listener, tested by reassigning listeners at random; a
 * listener is one observation, however many lists they saw.
 */
export function verdict({ kind }: Pick<Experiment, 'kind'>, people: readonly ListenerOutcomes[], seed = 1): Verdict {
  const seen = people.filter(({ outcomes }) => outcomes.length > 0);
  return kind === 'interleave' ? ofInterleaved(seen, new Rng(seed)) : ofSplit(seen, new Rng(seed));
}

function ofInterleaved(people: readonly ListenerOutcomes[], rng: Rng): Verdict {
  const days: number[] = [];
  const total = { a: 0, b: 0 };
  for (const { outcomes } of people) {
    const byDay = new Map<number, number>();
    for (const outcome of outcomes) {
      const teams = (outcome.list.detail?.teams ?? {}) as Readonly<Record<string, Arm>>;
      const day = Math.floor(outcome.list.at / DAY);
      for (const song of goodSongs(outcome)) {
        const team = teams[song];
        if (!team) continue;
        total[team]++;
        byDay.set(day, (byDay.get(day) ?? 0) + (team === 'a' ? 1 : -1));
      }
    }
    days.push(...byDay.values());
  }
  const all = total.a + total.b;
  return {
    ...counted(people),
    ...total,
    effect: all > 0 ? total.a / all : null,
    p: days.length > 0 ? permutationTests([Float64Array.from(days)], PERMUTATIONS, rng)[0]! : 1,
  };
}

function ofSplit(people: readonly ListenerOutcomes[], rng: Rng): Verdict {
  const total = { a: 0, b: 0 };
  const means: { arm: Arm; mean: number }[] = [];
  for (const { outcomes } of people) {
    const arm: Arm = outcomes[0]!.list.arm === 'b' ? 'b' : 'a';
    const good = outcomes.reduce((sum, outcome) => sum + goodSongs(outcome).size, 0);
    total[arm] += good;
    means.push({ arm, mean: good / outcomes.length });
  }
  const difference = (arms: readonly Arm[]): number => {
    const of = (arm: Arm): number => {
      const own = means.filter((_, i) => arms[i] === arm);
      return own.reduce((sum, { mean }) => sum + mean, 0) / own.length;
    };
    return of('a') - of('b');
  };
  const arms = means.map(({ arm }) => arm);
  const effect = difference(arms);
  if (Number.isNaN(effect)) return { ...counted(people), ...total, effect: null, p: 1 };
  let extreme = 0;
  for (let i = 0; i < PERMUTATIONS; i++) {
    const dealt = arms.slice();
    rng.shuffle(dealt);
    if (Math.abs(difference(dealt)) >= Math.abs(effect) - 1e-12) extreme++;
  }
  return { ...counted(people), ...total, effect, p: (1 + extreme) / (1 + PERMUTATIONS) };
}

/** Songs of the list that were played, liked or saved, each counted once. */
const goodSongs = ({ events }: ListOutcome): Set<string> =>
  new Set(events.filter(({ kind }) => GOOD.includes(kind)).map(({ song }) => song));

const counted = (people: readonly ListenerOutcomes[]): Pick<Verdict, 'lists' | 'listeners'> => ({
  lists: people.reduce((sum, { outcomes }) => sum + outcomes.length, 0),
  listeners: people.length,
});
