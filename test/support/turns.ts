import type { TestContext } from 'node:test';

/** How often other work of the process gets a turn while something runs. */
export async function turnsOf(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  const turn = (): void => {
    turns++;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  try {
    await work();
  } finally {
    clearImmediate(next);
  }
  return turns;
}

/** Makes every look at the clock find that it is time to yield. */
export function makeSlow(t: TestContext): void {
  let now = performance.now();
  t.mock.method(performance, 'now', () => (now += 6));
}
