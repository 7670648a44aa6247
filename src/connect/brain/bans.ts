import type { ListenerRepository } from '../../listeners/repository.ts';

const MOST = 5000;

/** Songs and artists that a listener has banned, as a request's `exclude` takes them. */
export async function bannedBy({ bans }: Pick<ListenerRepository, 'bans'>, listener: string): Promise<string[]> {
  const active = await bans.active(listener);
  return active
    .filter(({ kind }) => kind !== 'genre')
    .map(({ target }) => target)
    .slice(0, MOST);
}
