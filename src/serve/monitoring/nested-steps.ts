import type { StepTime } from '../answering/question.ts';

/** A step with the steps that ran while it did. */
export interface StepTree extends StepTime {
  readonly within: StepTree[];
}

/**
 * The steps of one answer as they contain each other. They are told by their times, since one thread gives an answer: a step belongs to the
 * shortest one that was running at its middle; of equally long ones, the one told last contains the other.
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
