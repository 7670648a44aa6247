import { type Static, Type } from '#typebox';
import { recordOf, textIn } from '../answers.ts';
import {
  ABLE,
  type Abilities,
  type Connection,
  notPossible,
  type Page,
  type Readable,
  type Service,
  unable,
} from '../contract.ts';
import { secret } from '../settings.ts';
import { LastFmClient, ORIGIN, TITLE } from './client.ts';
import { readLoved, readPlays } from './read.ts';

const lastFmSettings = Type.Object({
  user: Type.String({ minLength: 1, maxLength: 100, description: 'your user name there' }),
  key: secret('an API key from last.fm/api/account/create'),
});

const NO_SONGS = unable('it keeps plays, not songs');

const ABILITIES: Abilities = {
  songs: NO_SONGS,
  likes: ABLE,
  ratings: unable('it knows loved songs only, which are read as likes'),
  playlists: unable('it has had no playlists since 2014'),
  plays: ABLE,
  resolve: unable('it names songs but has none to play'),
  write: unable('it has had no playlists since 2014'),
  play: NO_SONGS,
  scrobble: unable('have your player send its plays there itself; sent twice, they would count twice'),
};

/** Last.fm at a given origin; `lastfm` is the real one. */
export const lastFmAt = (origin: string): Service<typeof lastFmSettings> => ({
  id: 'lastfm',
  title: TITLE,
  description: 'Reads your plays and loved songs, with an API key of your own.',
  settings: lastFmSettings,
  hosts: () => [{ origin, why: 'reads your plays and loved songs' }],
  async signIn({ user, key }: Static<typeof lastFmSettings>, context, signal) {
    const client = new LastFmClient(origin, { user }, { key }, context);
    const name = textIn(recordOf((await client.call('user.getInfo', {}, signal)).user)?.name) || user;
    return { account: `${name} at ${TITLE}`, settings: { user: name }, secrets: { key } };
  },
  open: (settings, secrets, context) => new LastFmConnection(new LastFmClient(origin, settings, secrets, context)),
});

export const lastfm: Service = lastFmAt(ORIGIN);

class LastFmConnection implements Connection {
  readonly abilities = ABILITIES;
  private readonly client: LastFmClient;

  constructor(client: LastFmClient) {
    this.client = client;
  }

  read(part: Readable, cursor: string | null, signal?: AbortSignal): AsyncIterable<Page> {
    if (part === 'plays') return readPlays(this.client, cursor, signal);
    if (part === 'likes') return readLoved(this.client, cursor, signal);
    throw notPossible(TITLE, part, ABILITIES[part]);
  }
}
