import { Type } from '#typebox';
import { namedSongs } from '../../connect/named-songs.ts';
import type { Connected } from '../../connect/open.ts';
import type { HeldSongs } from '../../connect/songs.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofConnection } from '../listener-access.ts';

const params = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 100, description: 'id of the connection, see `GET /api/connections`' }),
});
const uris = Type.Array(Type.String({ minLength: 1, maxLength: 500 }), {
  minItems: 1,
  maxItems: 10_000,
  description: 'ids of songs in the catalogue',
});
const missing = Type.Array(
  Type.Object({
    title: Type.String({ description: 'title of the song' }),
    artist: Type.String({ description: 'name of the artist' }),
  }),
  {
    description: 'songs that the service does not have',
  },
);

const orNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

const syncSchema = Type.Object({
  state: Type.Union([Type.Literal('idle'), Type.Literal('running')], { description: 'whether a sync is running' }),
  fraction: Type.Union([Type.Number(), Type.Null()], {
    description: 'progress of the sync, 0–1; null when no sync runs or the service does not report a total',
  }),
  note: Type.Union([Type.String(), Type.Null()], { description: 'current step; null when no sync runs' }),
  secondsLeft: Type.Union([Type.Number(), Type.Null()], { description: 'estimate; null when there is none' }),
  syncedAt: Type.Union([Type.Integer(), Type.Null()], {
    description: 'end of the last sync; null when there was none',
  }),
  problem: Type.Union([Type.String(), Type.Null()], { description: 'why the last sync failed; null when it did not' }),
});

export const connectionsSync: Routes = (app, context) => {
  const { connected, engine } = context;
  const own = ofConnection(context);
  const tags = ['connections'];
  const named = (held: HeldSongs, ids: readonly string[]) =>
    namedSongs(
      engine.current,
      held,
      ids.map((song) => ({ song })),
    );
  const state = ({ connections }: Connected, id: string) => {
    const { syncedAt, problem } = connections.store.get(id);
    const running = connections.running(id);
    const { fraction = null, note = null, secondsLeft = null } = running ?? {};
    return {
      state: running ? ('running' as const) : ('idle' as const),
      fraction,
      note,
      secondsLeft,
      syncedAt,
      problem,
    };
  };
  app.post(
    '/api/connections/:id/sync',
    {
      ...own,
      schema: {
        operationId: 'syncConnection',
        summary: 'Start a sync in the background, unless one is already running',
        tags,
        params,
        response: { 202: syncSchema, ...errorResponses },
      },
    },
    async (request, reply) => {
      const parts = await connected();
      const { id } = request.params;
      parts.connections.store.get(id);
      // Errors are stored with the connection and read from there.
      parts.connections.sync(id).then(
        () => engine.refresh().catch((error: unknown) => request.log.error(error)),
        () => {},
      );
      return reply.status(202).send(state(parts, id));
    },
  );
  app.get(
    '/api/connections/:id/sync',
    {
      ...own,
      schema: {
        operationId: 'syncState',
        summary: 'Progress of a sync',
        tags,
        params,
        response: { 200: syncSchema, ...errorResponses },
      },
    },
    async (request) => state(await connected(), request.params.id),
  );
  app.post(
    '/api/connections/:id/lists',
    {
      ...own,
      schema: {
        operationId: 'sendList',
        summary: 'Write a list to the service; the same key replaces it',
        tags,
        params,
        body: Type.Object(
          {
            key: Type.String({
              minLength: 1,
              maxLength: 200,
              description: 'chosen by the sender; sending the same key again replaces the list',
            }),
            name: Type.String({ minLength: 1, maxLength: 200, description: 'name of the list on the service' }),
            comment: Type.Optional(
              Type.String({ maxLength: 1000, description: 'description of the list on the service' }),
            ),
            songs: uris,
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            id: Type.String({ description: 'id of the list on the service' }),
            written: Type.Integer({ description: 'number of songs written' }),
            missing,
            page: orNull("address of the list's page on the service"),
            frame: orNull('address of a player for the list, to embed in a page'),
          }),
          ...errorResponses,
        },
      },
    },
    async (request) => {
      const { connections } = await connected();
      const { key, name, comment, songs } = request.body;
      const sent = await connections.send(request.params.id, {
        key,
        name,
        comment,
        songs: await named(connections.held, songs),
      });
      return { ...sent, missing: sent.missing.map(({ title, artist }) => ({ title, artist })) };
    },
  );
  app.post(
    '/api/connections/:id/missing',
    {
      ...own,
      schema: {
        operationId: 'missingSongs',
        summary: 'Find songs of a list that the server does not have',
        tags,
        params,
        body: Type.Object({ songs: uris }, { additionalProperties: false }),
        response: {
          200: Type.Object({ present: Type.Integer({ description: 'number of songs that the service has' }), missing }),
          ...errorResponses,
        },
      },
    },
    async (request) => {
      const { connections } = await connected();
      connections.store.get(request.params.id);
      const songs = await named(connections.held, request.body.songs);
      const found = await connections.present(request.params.id, songs);
      return { present: found.present.length, missing: found.missing.map(({ title, artist }) => ({ title, artist })) };
    },
  );
};
