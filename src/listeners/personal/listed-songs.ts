import { isQueryOnly } from '../query-only.ts';
import type { ListenerRepository } from '../repository.ts';

/** Most lists to read, the most recently changed first. */
const MOST_LISTS = 300;

/**
 * Songs on a listener's lists at a connected service (own playlists, top songs), with the number of lists that contain each. Such a service reports
 * only the latest plays, so its lists show what the listener loves.
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
