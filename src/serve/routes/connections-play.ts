import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from '#typebox';
import type { Media } from '../../connect/contract.ts';
import { SegueError } from '../../errors.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofConnection } from '../listener-access.ts';

const params = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 100, description: 'id of the connection, see `GET /api/connections`' }),
  song: Type.String({ minLength: 1, maxLength: 500, description: "the song's id in the catalogue, or on the server" }),
});

/** Aborted when the client disconnects, so that a song nobody hears is not fetched further. */
function untilClosed(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.once('close', () => abort.abort());
  return abort.signal;
}

/** Only audio and images pass: a page sent by the server in their place would run under this origin. */
function pass(reply: FastifyReply, media: Media, kind: 'audio' | 'image'): FastifyReply {
  const type = media.headers['content-type'] ?? '';
  if (!type.startsWith(`${kind}/`) && !/^application\/(ogg|octet-stream)/.test(type)) {
    void media.body?.cancel();
    throw new SegueError('SERVICE_ANSWER', { got: `The server sent something other than ${kind}` });
  }
  void reply.status(media.status).headers(media.headers).header('cache-control', 'private, max-age=3600');
  void reply.header('content-security-policy', "default-src 'none'");
  return reply.send(media.body ? Readable.fromWeb(media.body as Parameters<typeof Readable.fromWeb>[0]) : null);
}

export const connectionsPlay: Routes = (app, context) => {
  const { connected } = context;
  const own = ofConnection(context);
  const tags = ['connections'];
  /** The server's id of a song that the page identifies by either id. */
  const songOf = async ({ id, song }: { id: string; song: string }): Promise<string> => {
    const { held, store } = (await connected()).connections;
    store.get(id);
    const found = held.get(id, song) ?? held.byUri(id, [song]).get(song);
    if (!found)
      throw new SegueError('NOT_FOUND', {
        got: 'The server does not hold this song',
        remedy: 'Sync to update the list of its songs',
      });
    return found.facts.id;
  };
  app.get(
    '/api/connections/:id/stream/:song',
    {
      ...own,
      schema: {
        operationId: 'streamSong',
        summary: 'Stream a song from the server; supports ranges',
        tags,
        params,
        produces: ['audio/*'],
      },
    },
    async (request, reply) => {
      const song = await songOf(request.params);
      const range = (request as FastifyRequest).headers.range ?? null;
      const media = await (await connected()).connections.stream(request.params.id, song, range, untilClosed(reply));
      return pass(reply, media, 'audio');
    },
  );
  app.get(
    '/api/connections/:id/cover/:song',
    {
      ...own,
      schema: {
        operationId: 'songCover',
        summary: 'Cover art of a song from the server',
        tags,
        params,
        querystring: Type.Object({
          size: Type.Optional(
            Type.Integer({ minimum: 16, maximum: 1200, default: 300, description: 'width and height in pixels' }),
          ),
        }),
        produces: ['image/*'],
      },
    },
    async (request, reply) => {
      const song = await songOf(request.params);
      const media = await (await connected()).connections.cover(
        request.params.id,
        song,
        request.query.size ?? 300,
        untilClosed(reply),
      );
      return pass(reply, media, 'image');
    },
  );
  app.post(
    '/api/connections/:id/plays/:song',
    {
      ...own,
      schema: {
        operationId: 'reportPlay',
        summary: 'Report to the server that a song is playing or was played',
        tags,
        params,
        body: Type.Object(
          {
            at: Type.Integer({
              minimum: 1,
              maximum: 7_258_118_400,
              description: 'when the play began, seconds since 1970',
            }),
            finished: Type.Boolean({ description: 'false = now playing; true = finished, counts as a play' }),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ ok: Type.Boolean({ description: 'always true' }) }), ...errorResponses },
      },
    },
    async (request) => {
      const songId = await songOf(request.params);
      await (await connected()).connections.report(request.params.id, { songId, ...request.body });
      return { ok: true };
    },
  );
};
