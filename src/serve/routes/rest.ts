import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessToken } from '../../connect/access-tokens.ts';
import type { Brain, BrainSong } from '../../connect/brain/brain.ts';
import type { Connected } from '../../connect/open.ts';
import { SegueError } from '../../errors.ts';
import type { Routes } from '../context.ts';
import { withRetryAfter } from '../errors.ts';
import { type RestObject, restAnswer, restError } from './rest-answer.ts';

const MOST = 500;
/** Size limit of a form: many times the parameters of a URL. */
const FORM_LIMIT = 256 * 1024;
const TOO_LITTLE = 'Required parameter is missing';

interface Call {
  readonly parameters: URLSearchParams;
  readonly brain: Brain;
  readonly token: AccessToken;
}

const countOf = (parameters: URLSearchParams, usual: number): number => {
  const given = Number(parameters.get('count') ?? usual);
  return Number.isInteger(given) && given >= 0 ? Math.min(given, MOST) : usual;
};

/** The song as known to clients of its server. */
function childOf({ held, uri, name, artists }: BrainSong): RestObject {
  const facts = held?.facts;
  return {
    id: facts?.id ?? uri,
    isDir: false,
    title: facts?.title ?? name,
    artist: facts?.artists.map((a) => a.name).join(', ') ?? artists.join(', '),
    artistId: facts?.artists[0]?.id,
    album: facts?.album,
    albumId: facts?.albumId,
    duration: facts?.durationMs === undefined ? undefined : Math.round(facts.durationMs / 1000),
    year: facts?.year,
    genre: facts?.genres?.[0],
    coverArt: facts?.cover,
    musicBrainzId: facts?.mbid,
    type: 'music',
    mediaType: 'song',
  };
}

type Method = (call: Call) => Promise<RestObject> | RestObject;

async function similar({ parameters, brain, token }: Call): Promise<RestObject[] | null> {
  const id = parameters.get('id');
  if (!id) return null;
  const songs = await brain.similarSongs([{ id }], countOf(parameters, 50), brain.asker(token.listener, id));
  return songs.map(childOf);
}

const match = (song: BrainSong): RestObject => ({
  entry: childOf(song),
  similarity: Math.round(song.similarity * 1000) / 1000,
});

/** The supported part of the Subsonic API: what a recommender can answer. */
const METHODS: Readonly<Record<string, Method>> = {
  ping: () => ({}),
  getSimilarSongs: async (call) => {
    const song = await similar(call);
    return song ? { similarSongs: { song } } : restError(10, TOO_LITTLE);
  },
  getSimilarSongs2: async (call) => {
    const song = await similar(call);
    return song ? { similarSongs2: { song } } : restError(10, TOO_LITTLE);
  },
  getTopSongs: async ({ parameters, brain, token }) => {
    const name = parameters.get('artist') ?? undefined;
    const id = parameters.get('id') ?? undefined;
    if (name === undefined && id === undefined) return restError(10, TOO_LITTLE);
    const songs = await brain.topSongs({ name, id }, countOf(parameters, 50), brain.asker(token.listener));
    return { topSongs: { song: songs.map(childOf) } };
  },
  getSonicSimilarTracks: async ({ parameters, brain, token }) => {
    const id = parameters.get('id');
    if (!id) return restError(10, TOO_LITTLE);
    const songs = await brain.sonicSimilar({ id }, countOf(parameters, 10), brain.asker(token.listener, id));
    return { sonicMatch: songs.map(match) };
  },
  findSonicPath: async ({ parameters, brain, token }) => {
    const [start, end] = [parameters.get('startSongId'), parameters.get('endSongId')];
    if (!start || !end) return restError(10, TOO_LITTLE);
    const path = await brain.path(
      { id: start },
      { id: end },
      countOf(parameters, 25),
      brain.asker(token.listener, start),
    );
    return { sonicMatch: path.map(match) };
  },
};

const EXTENSIONS: RestObject = {
  openSubsonicExtensions: ['formPost', 'apiKeyAuthentication', 'sonicSimilarity', 'topSongsByArtistId'].map((name) => ({
    name,
    versions: [1],
  })),
};

async function answer(
  name: string,
  parameters: URLSearchParams,
  connected: () => Promise<Connected>,
): Promise<RestObject> {
  // By the specification the list of extensions needs no sign-in.
  if (name === 'getOpenSubsonicExtensions') return EXTENSIONS;
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (!method) return restError(0, `Segue answers ${Object.keys(METHODS).join(', ')}`);
  const text = (key: string): string | undefined => parameters.get(key) ?? undefined;
  const [user, password, proof, salt, apiKey] = ['u', 'p', 't', 's', 'apiKey'].map(text);
  if (apiKey !== undefined && user !== undefined) return restError(43, 'Either an API key or a user, not both');
  if (
    apiKey === undefined &&
    (user === undefined || (password === undefined && (proof === undefined || salt === undefined)))
  )
    return restError(10, TOO_LITTLE);
  const { tokens, brain } = await connected();
  const token = tokens.ofSubsonic({ user, password, token: proof, salt, apiKey });
  if (!token) return apiKey === undefined ? restError(40, 'Wrong user or token') : restError(44, 'Invalid API key');
  if (!token.scopes.includes('read')) return restError(50, 'The token lacks the scope "read"');
  if (!brain) return restError(0, 'The library holds no music yet');
  return await method({ parameters, brain, token });
}

/**
 * `/rest/<method>`, with and without `.view`, by address or form. Errors have status 200, as Subsonic's own do: some clients read an error only from
 * the body of a 200. A refusal under load also carries `Retry-After`.
 */
export const rest: Routes = (app, { connected }) => {
  void app.register(async (scoped) => {
    // Forms are accepted only under this path; elsewhere they are refused, so that no page of another site can send one.
    scoped.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_LIMIT },
      (_request, body, done) => done(null, String(body)),
    );
    const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const { method } = request.params as { method: string };
      const parameters = new URLSearchParams(request.url.split('?', 2)[1] ?? '');
      if (typeof request.body === 'string')
        for (const [name, value] of new URLSearchParams(request.body)) parameters.append(name, value);
      const content = await answer(method.replace(/\.view$/, ''), parameters, connected).catch((error: unknown) => {
        if (!(error instanceof SegueError)) throw error;
        withRetryAfter(reply, error.code);
        return restError(0, error.message);
      });
      const { type, body } = restAnswer(content, parameters.get('f') ?? undefined);
      return reply.type(type).header('cache-control', 'no-store').send(body);
    };
    scoped.route({ method: ['GET', 'POST'], url: '/rest/:method', schema: { hide: true }, handler: handle });
  });
};
