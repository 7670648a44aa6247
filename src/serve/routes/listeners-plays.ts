import { Type } from '#typebox';
import { moment } from '../../listeners/event-schema.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofListener } from '../listener-access.ts';
import { listenerParams, listenerSongSchema, pageSchema, playSchema, searchQuery } from '../listener-schemas.ts';

const TAGS = ['history'];
const idsBody = Type.Object(
  {
    ids: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
      minItems: 1,
      maxItems: 1000,
      description: 'ids of the plays',
    }),
  },
  { additionalProperties: false },
);
const countSchema = Type.Object({ plays: Type.Integer({ description: 'number of plays changed' }) });

/** A listener's history: plays and their songs. */
export const listenersPlays: Routes = (app, context) => {
  const { household } = context;
  const own = ofListener(context);
  app.get(
    '/api/listeners/:id/plays',
    {
      ...own,
      schema: {
        operationId: 'listPlays',
        summary: 'Play history, newest first',
        tags: TAGS,
        params: listenerParams,
        querystring: Type.Object({
          ...searchQuery,
          song: Type.Optional(Type.String({ maxLength: 500, description: 'only plays of this song' })),
          from: Type.Optional(moment('start of the period, inclusive')),
          to: Type.Optional(moment('end of the period, exclusive')),
          removed: Type.Optional(Type.Boolean({ default: false, description: 'true: only removed plays' })),
        }),
        response: { 200: pageSchema(playSchema), ...errorResponses },
      },
    },
    async ({ params: { id }, query: { q, ...choice } }) => {
      const page = await (await household.repository()).plays.page(id, { ...choice, search: q });
      return { ...page, items: page.items.map((play) => ({ ...play, artists: [...play.artists] })) };
    },
  );
  app.post(
    '/api/listeners/:id/plays/remove',
    {
      ...own,
      schema: {
        operationId: 'removePlays',
        summary: 'Remove plays from the history; they can be restored',
        tags: TAGS,
        params: listenerParams,
        body: idsBody,
        response: { 200: countSchema, ...errorResponses },
      },
    },
    async ({ params: { id }, body }) => ({ plays: await (await household.repository()).plays.remove(id, body.ids) }),
  );
  app.post(
    '/api/listeners/:id/plays/restore',
    {
      ...own,
      schema: {
        operationId: 'restorePlays',
        summary: 'Restore removed plays',
        tags: TAGS,
        params: listenerParams,
        body: idsBody,
        response: { 200: countSchema, ...errorResponses },
      },
    },
    async ({ params: { id }, body }) => ({ plays: await (await household.repository()).plays.restore(id, body.ids) }),
  );
  app.delete(
    '/api/listeners/:id/plays/removed',
    {
      ...own,
      schema: {
        operationId: 'purgePlays',
        summary: 'Permanently delete removed plays',
        tags: TAGS,
        params: listenerParams,
        response: { 200: countSchema, ...errorResponses },
      },
    },
    async ({ params: { id } }) => ({ plays: await (await household.repository()).plays.purge(id) }),
  );
  app.get(
    '/api/listeners/:id/songs',
    {
      ...own,
      schema: {
        operationId: 'listListenerSongs',
        summary: 'Songs in the history with play counts',
        tags: TAGS,
        params: listenerParams,
        querystring: Type.Object({
          ...searchQuery,
          order: Type.Optional(
            Type.Union([Type.Literal('most-played'), Type.Literal('last-played')], {
              default: 'most-played',
              description: 'most plays or latest play first',
            }),
          ),
          own: Type.Optional(Type.Boolean({ description: 'true: only songs that the catalogue lacks' })),
        }),
        response: { 200: pageSchema(listenerSongSchema), ...errorResponses },
      },
    },
    async ({ params: { id }, query: { q, ...choice } }) => {
      const page = await (await household.repository()).songs.page(id, { ...choice, search: q });
      return { ...page, items: page.items.map((song) => ({ ...song, artists: [...song.artists] })) };
    },
  );
};
