import { recordsIn, textIn, timeOf } from '../answers.ts';
import type { Page } from '../contract.ts';
import type { RemoteItem } from '../records.ts';
import type { SpotifyClient } from './client.ts';
import { PAGE } from './read-saved.ts';
import { entryTrack, namedTrack } from './tracks.ts';

/** The last plays, at most 50: Spotify keeps no more. @param from the latest play that is known, milliseconds since 1970 */
export async function* readPlays(
  client: SpotifyClient,
  from: string | null,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  const after: Record<string, string> = from === null || from === '' ? {} : { after: from };
  const answer = await client.get('/me/player/recently-played', { limit: PAGE, ...after }, signal);
  let latest = Number(from ?? 0);
  const items = recordsIn(answer.items).flatMap((entry): RemoteItem[] => {
    const at = timeOf(entry.played_at);
    if (at === undefined) return [];
    latest = Math.max(latest, at);
    const song = entryTrack(entry);
    if (!song) return [];
    const play = { id: `${song.id}:${textIn(entry.played_at)}`, at: Math.floor(at / 1000), songId: song.id };
    return [
      { kind: 'song', song },
      { kind: 'play', play: { ...play, song: namedTrack(song) } },
    ];
  });
  const done = items.length / 2;
  yield { items, cursor: latest > 0 ? String(latest) : '', done, total: done, complete: true };
}
