import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { Playable } from './sources.ts';

/** The person's own server that can play songs: connected in Segue, and reached through Segue. */
export interface OwnServer {
  readonly id: string;
  readonly title: string;
}

const NONE: readonly OwnServer[] = [];

/** The connected servers that can play; undefined while loading. */
export function useOwnServers(): readonly OwnServer[] | undefined {
  const answer = useQuery({ queryKey: ['connections'], queryFn: ({ signal }) => api.connections(signal) });
  if (answer.isPending) return undefined;
  return (
    answer.data?.connections
      .filter((c) => c.abilities.some((a) => a.id === 'play' && a.able))
      .map(({ id, title }) => ({ id, title })) ?? NONE
  );
}

const at = (server: OwnServer, what: string, song: Playable): string =>
  `/api/connections/${encodeURIComponent(server.id)}/${what}/${encodeURIComponent(song.uri)}`;

export const streamOf = (server: OwnServer, song: Playable): string => at(server, 'stream', song);
export const coverOf = (server: OwnServer, song: Playable): string => at(server, 'cover', song);

/** Why a server did not play a song: it lacks the song, it is unreachable, or this browser cannot play what it sent. */
export type Trouble = 'absent' | 'unreachable' | 'unplayable';

/** Finds the cause by requesting one byte of the song, since an audio element does not report why it failed. */
export async function troubleOf(server: OwnServer, song: Playable): Promise<Trouble> {
  try {
    const response = await fetch(streamOf(server, song), { headers: { range: 'bytes=0-0' } });
    await response.body?.cancel();
    if (response.ok) return 'unplayable';
    return response.status === 404 ? 'absent' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

/** The message for people; none when the server simply lacks the song. */
export const saidOf = (server: OwnServer, trouble: Trouble): string | null =>
  ({
    absent: null,
    unreachable: `Can’t reach ${server.title}. Is it running?`,
    unplayable: `This browser can’t play what ${server.title} sent.`,
  })[trouble];
