import { Rng } from '../../math/rng.ts';
import type { Arm } from './experiment.ts';
import { teamDraft } from './team-draft.ts';
import { type ListenerOutcomes, verdict } from './verdict.ts';

const DAY = 86_400_000;
const SONGS = 20;
const LISTENERS = 4;
const POOL = 200;

export interface SimulatedRate {
  /** How much more listeners like b's songs than a's; 0 = an A/A test. */
  readonly lift: number;
  /** Duration of the experiment in days. */
  readonly days: number;
  /** Share of the runs with p < 0.05. */
  readonly found: number;
  readonly runs: number;
}

/**
 * Runs whole interleaved experiments with simulated listeners, whose liking varies from person to person and from day to day. Shows how often an
 * experiment finds a difference where there is none (should be at most 5 %), and where there is one.
 * @param lift how much more b's songs are liked, e.g. 0.2
 */
export function simulate(lift: number, days: number, runs: number, seed: number): SimulatedRate {
  const rng = new Rng(seed).fork(`experiment ${lift} ${days}`);
  let found = 0;
  for (let run = 0; run < runs; run++) {
    const people = Array.from({ length: LISTENERS }, (_, i) => aListener(`l-${i}`, lift, days, rng));
    if (verdict({ kind: 'interleave' }, people, run + 1).p < 0.05) found++;
  }
  return { lift, days, found: found / runs, runs };
}

function aListener(listener: string, lift: number, days: number, rng: Rng): ListenerOutcomes {
  const likes = 0.05 + 0.15 * rng.uniform();
  const outcomes = Array.from({ length: days }, (_, day) => {
    const mood = Math.exp(0.7 * rng.normal());
    const draw = (): string[] => Array.from({ length: SONGS }, () => `s:${rng.below(POOL)}`);
    const { items, teams } = teamDraft(draw(), draw(), (song) => song, SONGS, rng);
    const chance: Record<Arm, number> = { a: likes * mood, b: likes * mood * (1 + lift) };
    const events = items.flatMap((song, position) =>
      rng.uniform() < chance[teams[position]!] ? [{ kind: 'play' as const, song, position, at: day * DAY }] : [],
    );
    const detail = { teams: Object.fromEntries(items.map((song, i) => [song, teams[i]!])) };
    const list = { id: `${listener}-${day}`, kind: 'for-you', at: day * DAY, model: null, modelVersion: null };
    return { list: { ...list, experiment: 'x', arm: null, songs: items, detail }, events };
  });
  return { listener, outcomes };
}
