import { SegueError } from '../errors.ts';
import type { Protocol } from './protocol.ts';
import { challenge } from './protocols/challenge.ts';
import { kfold } from './protocols/kfold.ts';
import { leaveLast } from './protocols/leave-last.ts';
import { ratings } from './protocols/ratings.ts';
import { split } from './protocols/split.ts';
import { temporal } from './protocols/temporal.ts';

/** Every protocol, one line each. CLI, API, app and docs are generated from this list; the first is the default. */
export const PROTOCOLS: readonly Protocol[] = [challenge, kfold, temporal, leaveLast, split, ratings];

/** @throws SegueError USAGE naming the existing protocols */
export function protocolById(id: string): Protocol {
  const protocol = PROTOCOLS.find((p) => p.id === id);
  if (!protocol)
    throw new SegueError('USAGE', {
      got: `There is no protocol "${id}"`,
      expected: `one of ${PROTOCOLS.map((p) => p.id).join(', ')}`,
    });
  return protocol;
}
