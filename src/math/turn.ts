const waiting: (() => void)[] = [];

/**
 * Resolves in a later turn of the event loop. Of all who wait, one goes on in each turn, first come, first served: between the pieces of any number of
 * long works, whatever has arrived meanwhile is answered.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

function next(): void {
  waiting.shift()!();
  if (waiting.length > 0) setImmediate(next);
}
