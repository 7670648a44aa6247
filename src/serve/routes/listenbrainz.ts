import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessToken } from '../../connect/access-tokens.ts';
import { takePlays } from '../../connect/intake.ts';
import { createdFor } from '../../connect/listenbrainz/created-for.ts';
import { type CreatedList, jspf } from '../../connect/listenbrainz/jspf.ts';
import { parseSubmission } from '../../connect/listenbrainz/listens.ts';
import type { Connected } from '../../connect/open.ts';
import { SegueError } from '../../errors.ts';
import type { Routes } from '../context.ts';
import { withRetryAfter } from '../errors.ts';

/** A thousand listens of the largest size. */
const BODY_LIMIT = 11 * 1024 * 1024;
const MOST_READ = 1000;
/** Lists of a page. */
const LISTS = 25;
const MOST_LISTS = 100;

/** Errors have the service's own shape: scrobblers read it. */
const refuse = (reply: FastifyReply, code: number, error: string): FastifyReply =>
  reply.status(code).send({ code, error });

type Handler = (
  request: FastifyRequest,
  reply: FastifyReply,
  connected: Connected,
  token: AccessToken,
) => Promise<unknown>;

const userOf = (request: FastifyRequest): string => (request.params as { user: string }).user;
const numberOf = (value: unknown): number | undefined => {
  const number = Number(value);
  return value !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined;
};

const submit: Handler = async (request, reply, connected, token) => {
  const { type, listens } = parseSubmission(request.body);
  if (type === 'playing_now') connected.playing.set(token.listener, { song: listens[0]!, at: Date.now() });
  else await takePlays(connected, token.listener, listens, 'listenbrainz');
  return reply.send({ status: 'ok' });
};

const listens: Handler = async (request, reply, { repository }, token) => {
  const { count, max_ts, min_ts } = request.query as Record<string, string | undefined>;
  const [before, after] = [numberOf(max_ts), numberOf(min_ts)];
  if (before !== undefined && after !== undefined)
    return refuse(reply, 400, 'You may only specify max_ts or min_ts, not both.');
  const { items } = await repository.plays.page(token.listener, {
    limit: Math.min(MOST_READ, Math.max(1, numberOf(count) ?? 25)),
    // Both bounds are exclusive; the store's lower one is not.
    ...(before !== undefined && { to: before * 1000 }),
    ...(after !== undefined && { from: after * 1000 + 1000 }),
  });
  const found = items.map((play) => ({
    listened_at: Math.floor(play.at / 1000),
    user_name: token.listener,
    track_metadata: {
      track_name: play.title,
      artist_name: play.artists.join(', '),
      ...(play.album && { release_name: play.album }),
      additional_info: { ...(play.mbid && { recording_mbid: play.mbid }), ...(play.isrc && { isrc: play.isrc }) },
    },
  }));
  return reply.send({
    payload: {
      count: found.length,
      user_id: token.listener,
      latest_listen_ts: found[0]?.listened_at ?? 0,
      oldest_listen_ts: found.at(-1)?.listened_at ?? 0,
      listens: found,
    },
  });
};

const playingNow: Handler = async (_request, reply, { playing }, token) => {
  const now = playing.get(token.listener)?.song;
  const found = now
    ? [{ playing_now: true, track_metadata: { track_name: now.title, artist_name: now.artists.join(', ') } }]
    : [];
  return reply.send({ payload: { count: found.length, user_id: token.listener, playing_now: true, listens: found } });
};

const listenCount: Handler = async (_request, reply, { repository }, token) =>
  reply.send({ payload: { count: (await repository.listeners.counts(token.listener)).plays } });

/** The ListenBrainz API at `/1/…`: players and scrobblers configured with this address send plays and fetch their listener's lists. */
export const listenbrainz: Routes = (app, { connected }) => {
  const lists = async ({ brain, personal, repository }: Connected, listener: string): Promise<CreatedList[]> =>
    brain && personal ? createdFor({ brain, personal, repository }, listener, Date.now()) : [];

  const createdForUser: Handler = async (request, reply, parts, token) => {
    const { count, offset } = request.query as Record<string, string | undefined>;
    const made = await lists(parts, token.listener);
    const from = numberOf(offset) ?? 0;
    const page = made.slice(from, from + Math.min(MOST_LISTS, numberOf(count) ?? LISTS));
    return reply.send({
      count: page.length,
      offset: from,
      playlist_count: made.length,
      playlists: page.map((list) => jspf(list, false)),
    });
  };
  const playlist: Handler = async (request, reply, parts, token) => {
    const { id } = request.params as { id: string };
    const found = (await lists(parts, token.listener)).find((list) => list.id === id);
    return found ? reply.send(jspf(found, true)) : refuse(reply, 404, 'Cannot find playlist');
  };

  void app.register(async (scoped) => {
    const add = (method: 'GET' | 'POST', url: string, handler: Handler): void => {
      scoped.route({
        method,
        url,
        bodyLimit: BODY_LIMIT,
        schema: { hide: true },
        handler: async (request, reply) => {
          const parts = await connected();
          const token = parts.tokens.ofHeader(request.headers.authorization);
          if (!token) return refuse(reply, 401, 'Invalid authorization token.');
          const scope = method === 'POST' ? 'events' : 'read';
          if (!token.scopes.includes(scope)) return refuse(reply, 403, `The token lacks the scope "${scope}".`);
          if (url.includes(':user') && userOf(request) !== token.listener)
            return refuse(reply, 404, 'Cannot find user');
          try {
            return await handler(request, reply, parts, token);
          } catch (error) {
            if (error instanceof SegueError)
              return refuse(withRetryAfter(reply, error.code), error.status, error.message);
            throw error;
          }
        },
      });
    };
    scoped.get('/1/validate-token', { schema: { hide: true } }, async (request) => {
      const { tokens } = await connected();
      const { token } = request.query as { token?: string };
      const found = token === undefined ? tokens.ofHeader(request.headers.authorization) : tokens.find(token);
      return found
        ? { code: 200, message: 'Token valid.', valid: true, user_name: found.listener }
        : { code: 200, message: 'Token invalid.', valid: false };
    });
    add('POST', '/1/submit-listens', submit);
    add('GET', '/1/user/:user/listens', listens);
    add('GET', '/1/user/:user/playing-now', playingNow);
    add('GET', '/1/user/:user/listen-count', listenCount);
    add('GET', '/1/user/:user/playlists/createdfor', createdForUser);
    add('GET', '/1/playlist/:id', playlist);
  });
};
