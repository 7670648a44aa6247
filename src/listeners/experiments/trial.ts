import type { Rng } from '../../math/rng.ts';
import type { RecommendResponse } from '../../recommend/request.ts';
import { rngOf } from '../personal/drawing.ts';
import type { Arm, Experiment } from './experiment.ts';
import { teamDraft } from './team-draft.ts';

/** The experiment that a list is part of. */
export interface Trial {
  readonly experiment: string | null;
  readonly arm: Arm | null;
  /** In interleaved lists: the model each song came from, by URI. */
  readonly teams: Readonly<Record<string, Arm>> | null;
}

export const NO_TRIAL: Trial = { experiment: null, arm: null, teams: null };

/** Answers within an experiment: by the model of the listener's arm, or by both through team draft. @param ask answers with the model of this id */
export async function answerOfTrial(
  { id: experiment, kind, a, b }: Experiment,
  listener: string,
  rng: Rng,
  ask: (model: string) => Promise<RecommendResponse>,
): Promise<{ answer: RecommendResponse; trial: Trial }> {
  if (kind === 'split') {
    const arm: Arm = rngOf(experiment, listener).uniform() < 0.5 ? 'a' : 'b';
    return { answer: await ask(arm === 'a' ? a : b), trial: { experiment, arm, teams: null } };
  }
  const [ofA, ofB] = [await ask(a), await ask(b)];
  const n = Math.max(ofA.tracks.length, ofB.tracks.length);
  const { items, teams } = teamDraft(ofA.tracks, ofB.tracks, ({ uri }) => uri, n, rng.fork('teams'));
  const dealt = Object.fromEntries(items.map(({ uri }, i) => [uri, teams[i]!]));
  return {
    answer: { ...ofA, model: `${ofA.model} + ${ofB.model}`, tracks: items },
    trial: { experiment, arm: null, teams: dealt },
  };
}
