import { isQueryOnly } from '../query-only.ts';
import type { ListenerRepository } from '../repository.ts';

/** Lists that are read; the latest changed first. */
const MOST_LISTS = 300;

/**
 * Songs on lists that a connected service keeps for the listener (playlists of their own, top songs), with the number of lists each is on.
 * Such a service tells no more of the history than the last plays, so that lists say what is loved.
 */
export async function listedSongs(repository: ListenerRepository, listener: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const { items } = await repository.lists.page(listener, { limit: MOST_LISTS });
  for (const { id, source } of items) {
    if (!isQueryOnly(source)) continue;
    const { songs } = await repository.lists.version(listener, id);
    for (const song of new Set(songs.map((entry) => entry.song))) counts.set(song, (counts.get(song) ?? 0) + 1);
  }
  return counts;
}
