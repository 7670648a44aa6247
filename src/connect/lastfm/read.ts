import { type Answer, numberOf, recordOf, recordsIn, textIn } from '../answers.ts';
import type { Page } from '../contract.ts';
import { readInPieces } from '../read-in-pieces.ts';
import type { NamedSong, RemoteItem } from '../records.ts';
import { walkBack } from '../walk-back.ts';
import type { LastFmClient } from './client.ts';

/** Plays a request, as many as the service hands out. */
const PLAYS = 200;
const LOVED = 200;

/** A list of one is often given as the item itself, and names are in `#text` or `name`. */
const listIn = (value: unknown): Answer[] => recordsIn(Array.isArray(value) ? value : [value]);
const nameIn = (value: unknown): string => {
  const holder = recordOf(value);
  return (holder ? textIn(holder['#text']) || textIn(holder.name) : textIn(value)).trim();
};
const timeIn = (track: Answer): number | undefined => numberOf(recordOf(track.date)?.uts);
const totalIn = (answer: Answer): number => numberOf(recordOf(answer['@attr'])?.total) ?? 0;

/** The song of an entry; null when it has no name. Its `mbid` is a track's, an older release's or empty: names say more. */
function namedIn(track: Answer): NamedSong | null {
  const title = nameIn(track.name);
  if (title === '') return null;
  const album = nameIn(track.album);
  return { title, artist: nameIn(track.artist), ...(album !== '' && { album }) };
}

/** Plays, newest first, back to the latest known one. What plays at the moment has no date and is no play yet. */
export function readPlays(client: LastFmClient, from: string | null, signal?: AbortSignal): AsyncGenerator<Page> {
  return walkBack(async (before) => {
    // The bound is inclusive here.
    const bound: Record<string, number> = before === null ? {} : { to: before - 1 };
    const answer =
      recordOf((await client.call('user.getRecentTracks', { limit: PLAYS, ...bound }, signal)).recenttracks) ?? {};
    const plays = listIn(answer.track).flatMap((track) => {
      const at = timeIn(track) ?? 0;
      return at > 0 ? [{ at, item: playOf(track, at) }] : [];
    });
    const total = totalIn(answer);
    return { plays, last: plays.length >= total, total };
  }, from);
}

function playOf(track: Answer, at: number): RemoteItem | null {
  const song = namedIn(track);
  return song && { kind: 'play', play: { id: `${song.artist} ${song.title}`, at, song } };
}

/** Loved songs, the latest first. */
export function readLoved(client: LastFmClient, from: string | null, signal?: AbortSignal): AsyncGenerator<Page> {
  return readInPieces(async (start) => {
    const page = Math.floor(start / LOVED) + 1;
    const answer =
      recordOf((await client.call('user.getLovedTracks', { limit: LOVED, page }, signal)).lovedtracks) ?? {};
    const entries = listIn(answer.track);
    return { items: entries.flatMap(likeOf), count: entries.length > 0 ? LOVED : 0, total: totalIn(answer) };
  }, from);
}

function likeOf(track: Answer): RemoteItem[] {
  const song = namedIn(track);
  if (!song) return [];
  const at = timeIn(track);
  const songId = `${song.artist} ${song.title}`;
  return [{ kind: 'like', songId, song, liked: true, ...(at !== undefined && { at }) }];
}
