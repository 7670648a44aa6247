import { SegueError } from '../errors.ts';
import type { Service } from './contract.ts';
import { jellyfin } from './jellyfin/jellyfin.ts';
import { lastfm } from './lastfm/lastfm.ts';
import { listenbrainz } from './listenbrainz/listenbrainz.ts';
import { spotify } from './spotify/spotify.ts';
import { subsonic } from './subsonic/subsonic.ts';

/** Every kind of connection, one line each. */
export const SERVICES: readonly Service[] = [subsonic, jellyfin, spotify, listenbrainz, lastfm];

export const serviceById = (id: string): Service => serviceIn(SERVICES, id);

/** @throws SegueError USAGE */
export function serviceIn(services: readonly Service[], id: string): Service {
  const service = services.find((s) => s.id === id);
  if (!service)
    throw new SegueError('USAGE', {
      got: `There is no service "${id.slice(0, 60)}"`,
      expected: `one of ${services.map((s) => s.id).join(', ')}`,
    });
  return service;
}
