import { SegueError } from '../errors.ts';
import type { Service } from './contract.ts';
import { spotify } from './spotify/spotify.ts';
import { subsonic } from './subsonic/subsonic.ts';

/** Every kind of connection, one line each. */
export const SERVICES: readonly Service[] = [subsonic, spotify];

/** @throws SegueError USAGE */
export function serviceById(id: string): Service {
  const service = SERVICES.find((s) => s.id === id);
  if (!service)
    throw new SegueError('USAGE', {
      got: `There is no service "${id.slice(0, 60)}"`,
      expected: `one of ${SERVICES.map((s) => s.id).join(', ')}`,
    });
  return service;
}
