import { Type } from '#typebox';
import { songBody } from '../../listeners/event-schema.ts';
import type { OpinionKind } from '../../listeners/opinions.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofListener } from '../listener-access.ts';
import {
  banBody,
  banKind,
  banSchema,
  listenerParams,
  opinionSchema,
  pageSchema,
  searchQuery,
} from '../listener-schemas.ts';

const TAGS = ['likes and bans'];
const KINDS: readonly { path: string; kind: OpinionKind; name: string }[] = [
  { path: 'likes', kind: 'like', name: 'Like' },
  { path: 'dislikes', kind: 'dislike', name: 'Dislike' },
];
const changed = Type.Object({ changed: Type.Integer({ description: 'number of songs whose state changed' }) });

/** Likes, dislikes and bans. */
export const listenersOpinions: Routes = (app, context) => {
  const { household } = context;
  const own = ofListener(context);
  for (const { path, kind, name } of KINDS) {
    app.get(
      `/api/listeners/:id/${path}`,
      {
        ...own,
        schema: {
          operationId: `list${name}s`,
          summary: `The ${path}, newest first`,
          tags: TAGS,
          params: listenerParams,
          querystring: Type.Object(searchQuery),
          response: { 200: pageSchema(opinionSchema), ...errorResponses },
        },
      },
      async ({ params: { id }, query: { q, ...choice } }) => {
        const page = await (await household.repository()).opinions.page(id, kind, { ...choice, search: q });
        return {
          ...page,
          items: page.items.map((item) => ({ ...item, song: { ...item.song, artists: [...item.song.artists] } })),
        };
      },
    );
    app.post(
      `/api/listeners/:id/${path}`,
      {
        ...own,
        schema: {
          operationId: `add${name}s`,
          summary: `Add songs to the ${path}`,
          tags: TAGS,
          params: listenerParams,
          body: Type.Object(
            {
              songs: Type.Array(Type.Object(songBody, { additionalProperties: false }), {
                minItems: 1,
                maxItems: 1000,
                description: 'the songs',
              }),
            },
            { additionalProperties: false },
          ),
          response: { 200: changed, ...errorResponses },
        },
      },
      async ({ params: { id }, body }) => {
        const { opinions } = await household.repository();
        return {
          changed: await opinions.set(
            id,
            body.songs.map((song) => ({ ...song, kind })),
          ),
        };
      },
    );
    app.delete(
      `/api/listeners/:id/${path}/:song`,
      {
        ...own,
        schema: {
          operationId: `remove${name}`,
          summary: `Remove a song from the ${path}`,
          tags: TAGS,
          params: Type.Object({
            ...listenerParams.properties,
            song: Type.String({ minLength: 1, maxLength: 500, description: 'id of the song' }),
          }),
          response: { 200: changed, ...errorResponses },
        },
      },
      async ({ params: { id, song } }) => ({
        changed: await (await household.repository()).opinions.clear(id, [song]),
      }),
    );
  }
  app.get(
    '/api/listeners/:id/bans',
    {
      ...own,
      schema: {
        operationId: 'listBans',
        summary: 'Bans, newest first, including expired ones',
        tags: TAGS,
        params: listenerParams,
        response: {
          200: Type.Object({ bans: Type.Array(banSchema, { description: 'the bans in force' }) }),
          ...errorResponses,
        },
      },
    },
    async ({ params: { id } }) => ({ bans: await (await household.repository()).bans.all(id) }),
  );
  app.post(
    '/api/listeners/:id/bans',
    {
      ...own,
      schema: {
        operationId: 'addBan',
        summary: 'Ban a song, artist or genre, permanently or until a given time',
        tags: TAGS,
        params: listenerParams,
        body: banBody,
        response: { 200: banSchema, ...errorResponses },
      },
    },
    async ({ params: { id }, body }) => (await household.repository()).bans.set(id, body),
  );
  app.delete(
    '/api/listeners/:id/bans/:kind/:target',
    {
      ...own,
      schema: {
        operationId: 'removeBan',
        summary: 'Lift a ban',
        tags: TAGS,
        params: Type.Object({
          ...listenerParams.properties,
          kind: banKind,
          target: Type.String({ minLength: 1, maxLength: 500, description: 'id of what is banned' }),
        }),
        response: {
          200: Type.Object({ lifted: Type.Boolean({ description: 'false when there was no such ban' }) }),
          ...errorResponses,
        },
      },
    },
    async ({ params: { id, kind, target } }) => ({
      lifted: await (await household.repository()).bans.clear(id, kind, target),
    }),
  );
};
