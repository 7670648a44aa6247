import { secondsOf } from '../answers.ts';
import {
  ABLE,
  type Abilities,
  type Connection,
  type ListToWrite,
  type Media,
  notPossible,
  type Page,
  type PlayReport,
  type PublicSettings,
  type Readable,
  type Secrets,
  type Service,
  type ServiceContext,
  unable,
  type WrittenList,
} from '../contract.ts';
import { mediaOf } from '../media.ts';
import type { NamedSong, RemoteSong } from '../records.ts';
import { sameSong } from '../same-song.ts';
import { musicServer } from '../settings.ts';
import { readPlaylists, writePlaylist } from './playlists.ts';
import { listOf, refusal, SubsonicServer } from './protocol.ts';
import { readSongs } from './read-songs.ts';
import { signIn, subsonicSettings } from './sign-in.ts';
import { songOf } from './songs.ts';

/** Navidrome, gonic, LMS, Ampache, supysonic: every server with the Subsonic API, with OpenSubsonic's additions where it has them. */
export const subsonic: Service<typeof subsonicSettings> = {
  id: 'subsonic',
  title: 'OpenSubsonic server',
  description:
    'Navidrome, gonic, LMS, Ampache, supysonic and others: reads songs, stars, ratings and playlists, sends playlists, and streams to the app.',
  settings: subsonicSettings,
  hosts: musicServer,
  signIn,
  open: (settings, secrets, context) => new SubsonicConnection(settings, secrets, context),
};

const ABILITIES: Abilities = {
  songs: ABLE,
  likes: ABLE,
  ratings: ABLE,
  playlists: ABLE,
  plays: unable(
    'the Subsonic API has no listening history; have the server scrobble to Segue’s ListenBrainz address, or use the Navidrome plugin',
  ),
  resolve: ABLE,
  write: ABLE,
  play: ABLE,
  scrobble: ABLE,
};

class SubsonicConnection implements Connection {
  readonly abilities = ABILITIES;
  private readonly server: SubsonicServer;
  private readonly transport: 'form' | 'address';

  constructor(settings: PublicSettings, secrets: Secrets, context: ServiceContext) {
    this.server = new SubsonicServer(settings, secrets, context.outgoing);
    this.transport = settings.transport === 'form' ? 'form' : 'address';
  }

  async *read(part: Readable, cursor: string | null, signal?: AbortSignal): AsyncIterable<Page> {
    try {
      if (part === 'songs') yield* readSongs(this.server, cursor, signal);
      else if (part === 'likes') yield await this.likes(signal);
      else if (part === 'playlists') yield* readPlaylists(this.server, cursor, signal);
      // Ratings come with the songs.
      else if (part === 'plays') throw notPossible(subsonic.title, part, ABILITIES.plays);
    } catch (error) {
      throw refusal(error, this.server.origin, 'What was asked for');
    }
  }

  private async likes(signal?: AbortSignal): Promise<Page> {
    const answer = await this.server.call('getStarred2', {}, signal);
    const items = listOf(answer.starred2, 'song').flatMap((child) => {
      const song = songOf(child);
      if (!song) return [];
      const named: NamedSong = { title: song.title, artist: song.artists.map((a) => a.name).join(', ') };
      return [{ kind: 'like' as const, songId: song.id, song: named, at: secondsOf(child.starred), liked: true }];
    });
    return { items, cursor: '', done: items.length, total: items.length, complete: true };
  }

  async resolve(song: NamedSong, signal?: AbortSignal): Promise<RemoteSong | null> {
    try {
      const answer = await this.server.call(
        'search3',
        { query: `${song.artist} ${song.title}`.trim(), songCount: 20, albumCount: 0, artistCount: 0 },
        signal,
      );
      const found = listOf(answer.searchResult3, 'song').flatMap((child) => songOf(child) ?? []);
      return (
        found.find((s) => song.mbid !== undefined && s.mbid === song.mbid) ??
        found.find((s) => sameSong(song, s)) ??
        null
      );
    } catch (error) {
      throw refusal(error, this.server.origin, 'The song');
    }
  }

  async writeList(list: ListToWrite, signal?: AbortSignal): Promise<WrittenList> {
    try {
      return await writePlaylist(this.server, this.transport, list, signal);
    } catch (error) {
      throw refusal(error, this.server.origin, 'The list');
    }
  }

  stream(songId: string, range: string | null, signal?: AbortSignal): Promise<Media> {
    return this.media('stream', { id: songId }, range, 'The song', signal);
  }

  cover(cover: string, size: number, signal?: AbortSignal): Promise<Media> {
    return this.media('getCoverArt', { id: cover, size }, null, 'The cover', signal);
  }

  private async media(
    method: string,
    parameters: Record<string, string | number>,
    range: string | null,
    what: string,
    signal?: AbortSignal,
  ): Promise<Media> {
    try {
      return mediaOf(await this.server.media(method, parameters, range, signal));
    } catch (error) {
      throw refusal(error, this.server.origin, what);
    }
  }

  async report(plays: readonly PlayReport[], signal?: AbortSignal): Promise<void> {
    try {
      for (const { songId, at, finished } of plays)
        await this.server.call('scrobble', { id: songId, time: at * 1000, submission: finished }, signal);
    } catch (error) {
      throw refusal(error, this.server.origin, 'The song');
    }
  }
}
