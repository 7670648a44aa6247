import { writeSync } from 'node:fs';
import { openRepository } from '../../src/listeners/open.ts';
import { stepOf } from './listener-steps.ts';

/**
 * Writes a listener's actions until it is killed: step by step, each acknowledged on standard output once its promise has resolved. Arguments:
 * folder, address of a PostgreSQL or '', listener, first step.
 */
const [dir, url, listener, first] = process.argv.slice(2) as [string, string, string, string];
const repository = await openRepository(dir, url || undefined);
for (let n = Number(first); ; n++) {
  const step = stepOf(n);
  if (step.plays.length > 0) await repository.plays.add(listener, step.plays, { sameWithinMs: 10 });
  if (step.events.length > 0) await repository.events.record(listener, step.events);
  writeSync(1, `${n}\n`);
}
