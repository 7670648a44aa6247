import type { StepTime } from '../answering/question.ts';

/** A step with the steps nested in it. */
export interface StepTree extends StepTime {
  readonly within: StepTree[];
}

/**
 * Nests the steps of one answer by their times, which works because one thread computes an answer: a step belongs to the shortest step that was
 * running at its middle; of equally long steps, the one reported last contains the other.
 */
export function nested(steps: readonly StepTime[]): StepTree[] {
  const all: StepTree[] = [];
  const longestFirst = steps
    .map((step): StepTree => ({ ...step, within: [] }))
    .reverse()
    .sort((a, b) => b.ms - a.ms);
  for (const step of longestFirst) {
    const middle = step.start + step.ms / 2;
    let level = all;
    for (;;) {
      const around = level.find(({ start, ms }) => start <= middle && middle <= start + ms);
      if (!around) break;
      level = around.within;
    }
    level.push(step);
  }
  return all;
}
