import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { Playable } from './sources.ts';

/** A server of the person's own that plays songs: connected in Segue, reached through Segue. */
export interface OwnServer {
  readonly id: string;
  readonly title: string;
}

const NONE: readonly OwnServer[] = [];

/** The connected servers that can play; undefined while Segue is asked. */
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

/** Why a server did not play a song: it does not hold it, it cannot be reached, or this browser cannot play what it sent. */
export type Trouble = 'absent' | 'unreachable' | 'unplayable';

/** Asks for one byte of the song: an audio element does not say why it failed. */
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

/** What a person reads; nothing when the server simply does not have the song. */
export const saidOf = (server: OwnServer, trouble: Trouble): string | null =>
  ({
    absent: null,
    unreachable: `Can’t reach ${server.title}. Is it running?`,
    unplayable: `This browser can’t play what ${server.title} sent.`,
  })[trouble];
