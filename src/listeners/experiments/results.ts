import type { ListenerRepository } from '../repository.ts';
import type { ListOutcome } from '../shown.ts';
import type { Experiment } from './experiment.ts';
import { type Verdict, verdict } from './verdict.ts';

/** Every experiment of the household with its results so far, newest first. */
export async function experimentResults(
  repository: ListenerRepository,
): Promise<{ experiment: Experiment; verdict: Verdict }[]> {
  const people = await repository.listeners.all();
  const results = [];
  for (const experiment of await repository.experiments.all()) {
    const outcomes = [];
    for (const { id } of people) {
      const own: ListOutcome[] = [];
      for await (const batch of repository.shown.outcomes(id, { experiment: experiment.id })) own.push(...batch);
      outcomes.push({ listener: id, outcomes: own });
    }
    results.push({ experiment, verdict: verdict(experiment, outcomes) });
  }
  return results;
}
