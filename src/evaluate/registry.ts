import { SegueError } from '../errors.ts';
import type { Protocol } from './protocol.ts';
import { challenge } from './protocols/challenge.ts';

/** Every protocol, one line each. CLI, API, app and docs read this list; the first is the default. */
export const PROTOCOLS: readonly Protocol[] = [challenge];

/** @throws SegueError USAGE naming those that exist */
export function protocolById(id: string): Protocol {
  const protocol = PROTOCOLS.find((p) => p.id === id);
  if (!protocol)
    throw new SegueError('USAGE', {
      got: `There is no protocol "${id}"`,
      expected: `one of ${PROTOCOLS.map((p) => p.id).join(', ')}`,
    });
  return protocol;
}
