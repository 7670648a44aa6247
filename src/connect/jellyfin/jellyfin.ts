import {
  ABLE,
  type Abilities,
  type Connection,
  type ListToWrite,
  type Media,
  notPossible,
  type Page,
  type PlayReport,
  type Readable,
  type Service,
  unable,
  type WrittenList,
} from '../contract.ts';
import type { NamedSong, RemoteSong } from '../records.ts';
import { sameSong } from '../same-song.ts';
import { musicServer } from '../settings.ts';
import { quickConnect } from './quick-connect.ts';
import { readFavourites, readPlaylists, readSongs, songOf } from './read.ts';
import { JellyfinServer, TITLE } from './server.ts';
import { jellyfinSettings, signIn } from './sign-in.ts';
import { writePlaylist } from './write-playlist.ts';

/** Formats that browsers play; the server turns others into MP3. */
const PLAYABLE = 'mp3,aac,m4a,flac,webma,webm,wav,ogg,opus';

const ABILITIES: Abilities = {
  songs: ABLE,
  likes: ABLE,
  ratings: unable('it has hearts but no ratings; hearts are read as likes'),
  playlists: ABLE,
  plays: unable(
    'it keeps only the last play of each song, which comes with the songs; for live plays have it scrobble to Segue’s ListenBrainz address',
  ),
  resolve: ABLE,
  write: ABLE,
  play: ABLE,
  scrobble: ABLE,
};

/** Jellyfin from version 10.9 on. */
export const jellyfin: Service<typeof jellyfinSettings> = {
  id: 'jellyfin',
  title: TITLE,
  description:
    'Reads songs, hearts, last plays and playlists, sends playlists, and streams to the app. Version 10.9 or newer.',
  settings: jellyfinSettings,
  hosts: musicServer,
  byCode: quickConnect,
  signIn,
  open: (settings, secrets, context) => new JellyfinConnection(new JellyfinServer(settings, secrets, context)),
};

class JellyfinConnection implements Connection {
  readonly abilities = ABILITIES;
  private readonly server: JellyfinServer;

  constructor(server: JellyfinServer) {
    this.server = server;
  }

  read(part: Readable, cursor: string | null, signal?: AbortSignal): AsyncIterable<Page> {
    if (part === 'songs') return readSongs(this.server, cursor, signal);
    if (part === 'likes') return readFavourites(this.server, cursor, signal);
    if (part === 'playlists') return readPlaylists(this.server, cursor, signal);
    throw notPossible(TITLE, part, ABILITIES[part]);
  }

  async resolve(song: NamedSong, signal?: AbortSignal): Promise<RemoteSong | null> {
    if (song.title.trim() === '') return null;
    const choice = {
      includeItemTypes: 'Audio',
      recursive: true,
      searchTerm: song.title,
      fields: 'ProviderIds',
      limit: 50,
    };
    const found = (await this.server.items(choice, signal)).items.flatMap((item) => songOf(item) ?? []);
    return (
      found.find(({ mbid }) => mbid !== undefined && mbid === song.mbid) ??
      found.find((candidate) => sameSong(song, candidate)) ??
      null
    );
  }

  writeList(list: ListToWrite, signal?: AbortSignal): Promise<WrittenList> {
    return writePlaylist(this.server, list, signal);
  }

  stream(songId: string, range: string | null, signal?: AbortSignal): Promise<Media> {
    const how = {
      userId: this.server.user,
      container: PLAYABLE,
      audioCodec: 'mp3',
      transcodingContainer: 'mp3',
      transcodingProtocol: 'http',
    };
    return this.server.media(`/Audio/${encodeURIComponent(songId)}/universal`, 'The song', how, range, signal);
  }

  cover(cover: string, size: number, signal?: AbortSignal): Promise<Media> {
    const path = `/Items/${encodeURIComponent(cover)}/Images/Primary`;
    return this.server.media(path, 'The cover', { maxWidth: size, maxHeight: size }, null, signal);
  }

  /** The server counts a play at its start; its end only reports that it is over. */
  async report(plays: readonly PlayReport[], signal?: AbortSignal): Promise<void> {
    for (const { songId, finished } of plays)
      await this.server.call(finished ? '/Sessions/Playing/Stopped' : '/Sessions/Playing', 'The song', {
        method: 'POST',
        body: { ItemId: songId },
        signal,
      });
  }
}
