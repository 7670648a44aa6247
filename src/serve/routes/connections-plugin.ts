import { type Static, Type } from '#typebox';
import type { AskedSong, Brain, BrainSong } from '../../connect/brain/brain.ts';
import { takePlays } from '../../connect/intake.ts';
import type { Connected } from '../../connect/open.ts';
import { SegueError } from '../../errors.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

const text = (description: string) => Type.Optional(Type.String({ maxLength: 2000, description }));
const credits = Type.Optional(
  Type.Array(
    Type.Object({
      id: text('id of the artist on the server'),
      name: text('name of the artist'),
      mbid: text('MusicBrainz id of the artist'),
    }),
    { maxItems: 200, description: 'the artists' },
  ),
);
const songRef = (description: string) =>
  Type.Optional(
    Type.Object(
      {
        id: text('id of the song on the server'),
        name: text('title of the song'),
        artist: text('names of the artists'),
        album: text('title of the album'),
        mbid: text('MusicBrainz id of the recording'),
        isrc: text('ISRC of the recording'),
        artists: credits,
      },
      { description },
    ),
  );
const trackInfo = Type.Object(
  {
    id: text('id of the song on the server'),
    title: text('title of the song'),
    album: text('title of the album'),
    artist: text('names of the artists'),
    artists: credits,
    duration: Type.Optional(Type.Number({ description: 'length in seconds; 0 or less = unknown' })),
    mbzRecordingId: text('MusicBrainz id of the recording'),
  },
  { description: 'the song that is or was played' },
);

/** All of Navidrome's requests in one schema. New versions add fields, so unknown ones are accepted. */
const body = Type.Object({
  id: text('id of the song, album or artist on the server'),
  name: text('title of the song or album, or name of the artist'),
  artist: text('names of the artists'),
  album: text('title of the album'),
  mbid: text('MusicBrainz id'),
  count: Type.Optional(Type.Integer({ description: 'number of results, 0–500; values beyond are cut to this range' })),
  limit: Type.Optional(Type.Integer({ description: 'the same, under the name that some questions use' })),
  song: songRef('the song to find similar ones for'),
  startSong: songRef('first song of the path'),
  endSong: songRef('last song of the path'),
  username: text('name of the user on the server'),
  track: Type.Optional(trackInfo),
  timestamp: Type.Optional(Type.Integer({ description: 'when the play began, seconds since 1970' })),
});
type Question = Static<typeof body>;

const MOST = 500;
const countOf = ({ count, limit }: Question): number => Math.max(0, Math.min(MOST, count ?? limit ?? 50));

const refOf = ({ held, name, artists }: BrainSong): Record<string, unknown> => ({
  ...(held && { id: held.facts.id }),
  name: held?.facts.title ?? name,
  artist: held?.facts.artists.map((a) => a.name).join(', ') ?? artists.join(', '),
  ...(held?.facts.mbid !== undefined && { mbid: held.facts.mbid }),
  ...(held?.facts.isrc?.[0] !== undefined && { isrc: held.facts.isrc[0] }),
  ...(held?.facts.album !== undefined && { album: held.facts.album }),
  ...(held?.facts.durationMs !== undefined && { durationMs: held.facts.durationMs }),
});
const matchOf = (song: BrainSong): Record<string, unknown> => ({ song: refOf(song), similarity: song.similarity });
const askedOf = (song: AskedSong & { artists?: readonly { name?: string }[] }): AskedSong => ({
  ...song,
  artist: song.artist ?? song.artists?.flatMap((a) => a.name ?? []).join(', '),
});

type Answer = (question: Question, brain: Brain, listener: string) => Promise<object> | object;

/** One handler per question of the plugin, by the last part of its address. */
const QUESTIONS: Readonly<Record<string, Answer>> = {
  'similar-songs-by-track': async (q, brain, listener) => ({
    songs: (await brain.similarSongs([askedOf(q)], countOf(q), brain.asker(listener, q.id))).map(refOf),
  }),
  'similar-songs-by-album': async (q, brain, listener) => ({
    songs: (await brain.similarSongs([{ id: q.id }], countOf(q), brain.asker(listener))).map(refOf),
  }),
  'similar-songs-by-artist': async (q, brain, listener) => {
    const asker = brain.asker(listener);
    const seeds = await brain.topSongs({ id: q.id, name: q.name }, 20, asker);
    const asked = seeds.map((s) => ({ id: s.held?.facts.id, name: s.name, artist: s.artists[0] }));
    return { songs: (await brain.similarSongs(asked, countOf(q), asker)).map(refOf) };
  },
  'artist-top-songs': async (q, brain, listener) => ({
    songs: (await brain.topSongs({ id: q.id, name: q.name }, countOf(q), brain.asker(listener))).map(refOf),
  }),
  'similar-artists': async (q, brain, listener) => ({
    artists: await brain.similarArtists({ id: q.id, name: q.name }, countOf(q), brain.asker(listener)),
  }),
  'sonic-similar-tracks': async (q, brain, listener) => ({
    matches: (await brain.sonicSimilar(askedOf(q.song ?? {}), countOf(q), brain.asker(listener, q.song?.id))).map(
      matchOf,
    ),
  }),
  'sonic-path': async (q, brain, listener) => ({
    matches: (
      await brain.path(
        askedOf(q.startSong ?? {}),
        askedOf(q.endSong ?? {}),
        countOf(q),
        brain.asker(listener, q.startSong?.id),
      )
    ).map(matchOf),
  }),
};

/**
 * The listener whose plays a server user's plays are: the listener of that name, otherwise the one who connected with that user. Null for anyone
 * else, so that a stranger's plays do not enter the token owner's history.
 * @param everyone whether the token acts for all listeners
 */
async function listenerOf(
  user: string,
  { repository, connections }: Connected,
  tokenOwner: string,
  everyone: boolean,
): Promise<string | null> {
  const named = await repository.listeners.find(user).catch(() => null);
  if (named && (everyone || named.id === tokenOwner)) return named.id;
  const connected = connections.store.list().some((c) => c.listener === tokenOwner && c.settings.user === user);
  return connected ? tokenOwner : null;
}

async function play(
  question: Question,
  connected: Connected,
  tokenOwner: string,
  everyone: boolean,
  finished: boolean,
): Promise<object> {
  const { track, username = '', timestamp = 0 } = question;
  const listener = await listenerOf(username, connected, tokenOwner, everyone);
  if (listener === null || !track?.title) return {};
  const names = track.artists?.flatMap((a) => a.name ?? []) ?? [];
  const song = {
    title: track.title,
    artists: names.length > 0 ? names : [track.artist ?? ''],
    ...(track.album && { album: track.album }),
    ...(track.mbzRecordingId && { mbid: track.mbzRecordingId }),
    ...(track.duration !== undefined && track.duration > 0 && { durationMs: Math.round(track.duration * 1000) }),
    startedAt: timestamp,
  };
  if (!finished) connected.playing.set(listener, { song, at: Date.now() });
  else if (timestamp > 0) await takePlays(connected, listener, [song], 'navidrome');
  return {};
}

/** The endpoint of `plugins/navidrome`. Answers have the form that Navidrome expects from a plugin, so the plugin only passes them on. */
export const connectionsPlugin: Routes = (app, { connected, accounts }) => {
  app.post(
    '/api/plugins/navidrome/:question',
    {
      schema: {
        operationId: 'navidromePlugin',
        summary: 'Endpoint of the Navidrome plugin: instant mix, radio, sonic similarity, plays',
        description: 'Send an access token in the header `Authorization: Token …`; the answers are for its listener.',
        tags: ['connections'],
        params: Type.Object({
          question: Type.String({ maxLength: 60, description: 'name of the question, e.g. similar-songs-by-track' }),
        }),
        body,
        response: { 200: Type.Union([Type.Boolean(), Type.Record(Type.String(), Type.Unknown())]), ...errorResponses },
      },
    },
    async (request, reply) => {
      const parts = await connected();
      const token = parts.tokens.ofHeader(request.headers.authorization);
      if (!token)
        throw new SegueError('SIGN_IN_REFUSED', {
          got: 'The access token is missing or revoked',
          remedy: 'Create one with `segue connect token` and enter it in the settings of the plugin',
        });
      const { question } = request.params;
      const { listener, scopes } = token;
      const plays = question === 'now-playing' || question === 'scrobble';
      const scope = plays ? 'events' : 'read';
      if (!scopes.includes(scope))
        throw new SegueError('NOT_ALLOWED', {
          got: `The access token lacks the scope "${scope}"`,
          remedy: 'Create one with this scope',
        });
      // Without sign-in, anyone who reaches the server can do this without a token.
      const everyone = accounts === undefined || scopes.includes('household');
      void reply.header('cache-control', 'no-store');
      if (question === 'is-authorized')
        return (await listenerOf(request.body.username ?? '', parts, listener, everyone)) !== null;
      if (plays) return { ...(await play(request.body, parts, listener, everyone, question === 'scrobble')) };
      const answer = Object.hasOwn(QUESTIONS, question) ? QUESTIONS[question] : undefined;
      if (!answer || !parts.brain)
        throw new SegueError('NOT_FOUND', {
          got: `Segue has no answer to "${question}"`,
          expected: Object.keys(QUESTIONS).join(', '),
        });
      return { ...(await answer(request.body, parts.brain, listener)) };
    },
  );
};
