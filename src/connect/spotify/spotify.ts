import { type Static, Type } from '#typebox';
import { SegueError } from '../../errors.ts';
import { recordOf, recordsIn, textIn } from '../answers.ts';
import {
  ABLE,
  type Abilities,
  type Ability,
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
import type { FactProvider } from '../facts/facts.ts';
import type { NamedSong, RemoteSong } from '../records.ts';
import { sameSong } from '../same-song.ts';
import { secret } from '../settings.ts';
import { SpotifyClient } from './client.ts';
import { spotifyFacts } from './facts.ts';
import { type Learnable, Learned } from './learned.ts';
import { beginSignIn, TokenEndpoint } from './oauth.ts';
import { SPOTIFY, type SpotifyOrigins } from './origins.ts';
import { readPlaylists } from './read-playlists.ts';
import { readPlays } from './read-plays.ts';
import { readSaved } from './read-saved.ts';
import { recommendedBySpotify } from './recommend.ts';
import { trackOf } from './tracks.ts';
import { writePlaylist } from './write-playlist.ts';

export const spotifySettings = Type.Object({
  clientId: Type.String({
    pattern: '^[A-Za-z0-9]{8,64}$',
    description: 'the client ID of your application at developer.spotify.com',
  }),
  redirect: Type.String({
    maxLength: 300,
    pattern: '^http://127\\.0\\.0\\.1:[0-9]{1,5}/',
    description: 'the redirect URI, as set in your application',
  }),
  answer: secret('what Spotify’s page came back with'),
  verifier: secret('what proves that the sign-in was begun here'),
  state: secret('what ties the answer to the sign-in'),
});

const HOST_USES = { accounts: 'Spotify: signs you in', api: 'Spotify: reads your music, takes playlists' };

const ABILITIES: Abilities = {
  songs: unable('it lists only the songs you saved'),
  likes: ABLE,
  ratings: unable('it has no ratings'),
  playlists: ABLE,
  plays: ABLE,
  resolve: ABLE,
  write: ABLE,
  play: unable('it plays only in its own player, which the page embeds'),
  scrobble: unable('it accepts no plays from other programs'),
  facts: ABLE,
  recommend: ABLE,
};

/** Spotify at given origins; `spotify` is the real one. */
export const spotifyAt = (origins: SpotifyOrigins): Service<typeof spotifySettings> => ({
  id: 'spotify',
  title: 'Spotify',
  description:
    'Starts your lists from your saved songs, playlists, top songs and recent plays, and sends playlists to Spotify.',
  settings: spotifySettings,
  hosts: () => [
    { origin: origins.accounts, why: HOST_USES.accounts },
    { origin: origins.api, why: HOST_USES.api },
  ],
  browser: {
    fills: ['redirect', 'answer', 'verifier', 'state'],
    begin: ({ clientId = '' }, redirect) => beginSignIn(origins, clientId, redirect),
  },
  async signIn(given: Static<typeof spotifySettings>, context, signal) {
    const { clientId, redirect, answer, verifier, state } = given;
    const tokens = new TokenEndpoint(origins, clientId, context.outgoing, context.now);
    const secrets = await tokens.exchange(answer, { verifier, state, redirect });
    const client = new SpotifyClient({ api: origins.api, tokens, secrets, context });
    const me = await client.get('/me', {}, signal);
    const user = textIn(me.id);
    if (user === '') throw new SegueError('SERVICE_ANSWER', { got: 'Spotify does not say whose account this is' });
    return { account: `${textIn(me.display_name) || user} at Spotify`, settings: { clientId, user }, secrets };
  },
  open: (settings, secrets, context) => new SpotifyConnection(origins, settings, secrets, context),
});

export const spotify: Service = spotifyAt(SPOTIFY);

class SpotifyConnection implements Connection {
  private readonly client: SpotifyClient;
  private readonly learned: Learned;
  private readonly me: string;

  constructor(origins: SpotifyOrigins, settings: PublicSettings, secrets: Secrets, context: ServiceContext) {
    const tokens = new TokenEndpoint(origins, settings.clientId ?? '', context.outgoing, context.now);
    this.client = new SpotifyClient({ api: origins.api, tokens, secrets, context });
    this.learned = new Learned(context.refusals);
    this.facts = spotifyFacts(this.client, this.learned);
    this.me = settings.user ?? '';
  }

  readonly facts: FactProvider;

  /** The refusal's message names what the application was refused. */
  get abilities(): Abilities {
    const learnt = (what: Learnable): Ability => {
      const because = this.learned.because(what);
      return because === null ? ABLE : unable(because);
    };
    return { ...ABILITIES, facts: learnt('features'), recommend: learnt('recommend') };
  }

  recommend(seeds: readonly string[], n: number, signal?: AbortSignal): Promise<RemoteSong[]> {
    return recommendedBySpotify(this.client, this.learned, seeds, n, signal);
  }

  read(part: Readable, cursor: string | null, signal?: AbortSignal): AsyncIterable<Page> {
    if (part === 'likes') return readSaved(this.client, cursor, signal);
    if (part === 'playlists')
      return readPlaylists({ client: this.client, learned: this.learned, me: this.me }, cursor, signal);
    if (part === 'plays') return readPlays(this.client, cursor, signal);
    throw notPossible('Spotify', part, this.abilities[part]);
  }

  async resolve(song: NamedSong, signal?: AbortSignal): Promise<RemoteSong | null> {
    const byCode = song.isrc === undefined ? [] : await this.search(`isrc:${song.isrc}`, signal);
    if (byCode[0]) return byCode[0];
    if (song.title.trim() === '' || song.artist.trim() === '') return null;
    const found = await this.search(`track:${song.title} artist:${song.artist}`, signal);
    return found.find((candidate) => sameSong(song, candidate)) ?? null;
  }

  private async search(query: string, signal?: AbortSignal): Promise<RemoteSong[]> {
    const answer = await this.client.get('/search', { q: query.slice(0, 250), type: 'track', limit: 10 }, signal);
    return recordsIn(recordOf(answer.tracks)?.items).flatMap((track) => trackOf(track) ?? []);
  }

  writeList(list: ListToWrite, signal?: AbortSignal): Promise<WrittenList> {
    const uriOf = async (position: number): Promise<string | null> => {
      const { id, song } = list.songs[position]!;
      if (id !== undefined) return `spotify:track:${id}`;
      if (/^spotify:track:[A-Za-z0-9]+$/.test(song.uri ?? '')) return song.uri!;
      return (await this.resolve(song, signal))?.uri ?? null;
    };
    const { client, learned, me } = this;
    return writePlaylist({ client, learned, me }, list, uriOf, signal);
  }
}
