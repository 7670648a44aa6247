import { ownSongKey, playId } from '../listeners/keys.ts';
import type { AddedPlays } from '../listeners/plays.ts';
import type { ListenerRepository } from '../listeners/repository.ts';
import type { SongMatcher } from './matching.ts';

/** A play that another program reports. */
export interface ReportedPlay {
  readonly title: string;
  readonly artists: readonly string[];
  readonly album?: string;
  readonly mbid?: string;
  readonly isrc?: string;
  readonly durationMs?: number;
  /** When it began, in seconds since 1970. */
  readonly startedAt: number;
}

/** The same play by two ways: a server's own scrobbler and the plugin, say. */
const SAME_PLAY_MS = 60_000;

/** Stores reported plays; on disk when it returns, and once however often they are sent. @param source what brought them */
export async function takePlays(
  parts: { repository: Pick<ListenerRepository, 'plays'>; matcher: SongMatcher },
  listener: string,
  plays: readonly ReportedPlay[],
  source: string,
): Promise<AddedPlays> {
  const matches = await parts.matcher.match(
    plays.map(({ title, artists, album, mbid, isrc, durationMs }) => ({
      title,
      artist: artists.join(', '),
      album,
      mbid,
      isrc,
      durationMs,
    })),
  );
  return parts.repository.plays.add(
    listener,
    plays.map((play, i) => {
      const key = ownSongKey(play.title, play.artists);
      return {
        song: matches[i]?.uri ?? key,
        title: play.title,
        artists: play.artists,
        album: play.album ?? null,
        mbid: play.mbid ?? null,
        isrc: play.isrc ?? null,
        id: playId(key, play.startedAt * 1000),
        at: play.startedAt * 1000 + (play.durationMs ?? 0),
        source,
      };
    }),
    { sameWithinMs: SAME_PLAY_MS },
  );
}
