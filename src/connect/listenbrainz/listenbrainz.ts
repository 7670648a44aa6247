import { type Static, Type } from '#typebox';
import { SegueError } from '../../errors.ts';
import { textIn } from '../answers.ts';
import {
  ABLE,
  type Abilities,
  type Connection,
  type ListToWrite,
  notPossible,
  type Page,
  type PublicSettings,
  type Readable,
  type Secrets,
  type Service,
  type ServiceContext,
  unable,
  type WrittenList,
} from '../contract.ts';
import type { NamedSong, RemoteSong } from '../records.ts';
import { secret } from '../settings.ts';
import { addressOf, ListenBrainzClient, TITLE } from './client.ts';
import { lookUp } from './lookup.ts';
import { readFeedback, readListens, readPlaylists } from './read.ts';
import { writePlaylist } from './write-playlist.ts';

const listenBrainzSettings = Type.Object({
  address: Type.Optional(
    Type.String({
      maxLength: 500,
      description: 'the address of another server with this API; ListenBrainz itself by default',
    }),
  ),
  token: secret('the user token from listenbrainz.org/settings'),
});

const NO_SONGS = unable('it keeps plays and playlists, not songs');

const ABILITIES: Abilities = {
  songs: NO_SONGS,
  likes: ABLE,
  ratings: unable('it knows loved and hated songs only, which are read as likes and dislikes'),
  playlists: ABLE,
  plays: ABLE,
  resolve: ABLE,
  write: ABLE,
  play: NO_SONGS,
  scrobble: unable('have your player send its plays there itself; sent twice, they would count twice'),
};

/** ListenBrainz, or a server with its API. */
export const listenbrainz: Service<typeof listenBrainzSettings> = {
  id: 'listenbrainz',
  title: TITLE,
  description: 'Reads your plays, loved and hated songs and playlists, and sends playlists.',
  settings: listenBrainzSettings,
  hosts: (settings) => [
    {
      origin: new URL(addressOf(settings)).origin,
      why: 'reads your plays, loved songs and playlists; takes playlists',
    },
  ],
  async signIn({ address, token }: Static<typeof listenBrainzSettings>, context, signal) {
    const settings: Record<string, string> = address === undefined ? {} : { address: addressOf({ address }) };
    const answer = await new ListenBrainzClient(settings, { token }, context).get('/1/validate-token', {}, signal);
    const user = textIn(answer.user_name);
    if (answer.valid !== true || user === '')
      throw new SegueError('SIGN_IN_REFUSED', {
        got: `${TITLE} rejects the user token`,
        remedy: 'Copy the token from listenbrainz.org/settings',
      });
    return {
      account: `${user} at ${new URL(addressOf(settings)).host}`,
      settings: { ...settings, user },
      secrets: { token },
    };
  },
  open: (settings, secrets, context) => new ListenBrainzConnection(settings, secrets, context),
};

class ListenBrainzConnection implements Connection {
  readonly abilities = ABILITIES;
  private readonly client: ListenBrainzClient;

  constructor(settings: PublicSettings, secrets: Secrets, context: ServiceContext) {
    this.client = new ListenBrainzClient(settings, secrets, context);
  }

  read(part: Readable, cursor: string | null, signal?: AbortSignal): AsyncIterable<Page> {
    if (part === 'plays') return readListens(this.client, cursor, signal);
    if (part === 'likes') return readFeedback(this.client, cursor, signal);
    if (part === 'playlists') return readPlaylists(this.client, cursor, signal);
    throw notPossible(TITLE, part, ABILITIES[part]);
  }

  async resolve(song: NamedSong, signal?: AbortSignal): Promise<RemoteSong | null> {
    return (await lookUp(this.client, [song], signal))[0]!;
  }

  async writeList(list: ListToWrite, signal?: AbortSignal): Promise<WrittenList> {
    const songs = list.songs.map(({ song }) => song);
    const found = await lookUp(this.client, songs, signal);
    return writePlaylist(
      this.client,
      list,
      found.map((song) => song?.mbid ?? null),
      signal,
    );
  }
}
