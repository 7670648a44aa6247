/** Long work that pauses between its steps, where the caller can check a signal or do something else. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Runs the steps one after the other. */
export function runSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
