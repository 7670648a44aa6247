import { api } from '../api/client.ts';
import { elsewhere } from '../api/connections.ts';

/** The songs' files on the connected servers, by URI; the first server that has a song is used. */
export async function knownFiles(uris: string[]): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  if (uris.length === 0) return files;
  const { connections } = await api.connections();
  for (const { id, abilities } of connections) {
    if (!abilities.some((ability) => ability.id === 'play' && ability.able)) continue;
    for (const { song, path } of (await elsewhere.files(id, uris)).files) if (!files.has(song)) files.set(song, path);
  }
  return files;
}
