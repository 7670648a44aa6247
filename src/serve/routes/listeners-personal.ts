import { type Static, Type } from '#typebox';
import type { PersonalList } from '../../listeners/personal/personal-list.ts';
import { recommendedTrackSchema } from '../../recommend/request.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofListener } from '../listener-access.ts';
import { listenerParams } from '../listener-schemas.ts';

const TAGS = ['for you'];

const personalListSchema = Type.Object({
  id: Type.String({ description: 'id of the list, for the field `list` of feedback events' }),
  kind: Type.String({ description: 'for-you, mix, period, continue or clusters' }),
  title: Type.String({ description: 'title of the list' }),
  model: Type.String({ description: 'id of the model that answered' }),
  tracks: Type.Array(recommendedTrackSchema, { description: 'the songs in order' }),
  notes: Type.Array(Type.String(), { description: 'messages for the listener, e.g. why the list is short' }),
  sections: Type.Optional(
    Type.Array(
      Type.Object({
        label: Type.String({ description: 'name of the section' }),
        share: Type.Number({ description: 'share of the list, 0–1' }),
      }),
      { description: 'parts of the list' },
    ),
  ),
});
const listQuery = {
  n: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'number of songs to return' })),
  model: Type.Optional(
    Type.String({ maxLength: 100, description: 'id of a model; by default the best for this listener' }),
  ),
  details: Type.Optional(
    Type.Boolean({
      default: false,
      description: 'adds album, year, genres, audio features and the evidence behind each reason',
    }),
  ),
};
const moment = Type.Integer({ minimum: 0, maximum: 7_258_118_400_000, description: 'milliseconds since 1970' });

const plain = (list: PersonalList): Static<typeof personalListSchema> => ({
  ...list,
  tracks: [...list.tracks],
  notes: [...list.notes],
  ...(list.sections && { sections: [...list.sections] }),
});

/** Lists made for one listener. */
export const listenersPersonal: Routes = (app, context) => {
  const { personal } = context;
  const own = ofListener(context);
  app.get(
    '/api/listeners/:id/for-you',
    {
      ...own,
      schema: {
        operationId: 'forYou',
        summary:
          'New songs for a listener, mixed with favourites not played for a while; stable for a day unless feedback changes it',
        tags: TAGS,
        params: listenerParams,
        querystring: Type.Object({
          ...listQuery,
          newness: Type.Optional(
            Type.Number({
              minimum: 0,
              maximum: 1,
              default: 0.8,
              description: '1 = only new songs, 0 = only rediscoveries',
            }),
          ),
        }),
        response: { 200: personalListSchema, ...errorResponses },
      },
    },
    async ({ params: { id }, query }) => plain(await personal.forYou(id, query)),
  );
  app.get(
    '/api/listeners/:id/mixes',
    {
      ...own,
      schema: {
        operationId: 'mixes',
        summary:
          "One mix for each of a listener's tastes, named after what its songs share. No song appears twice; mixes are stable for a day or week",
        tags: TAGS,
        params: listenerParams,
        querystring: Type.Object({
          n: Type.Optional(
            Type.Integer({ minimum: 5, maximum: 100, default: 30, description: 'number of songs per mix' }),
          ),
          every: Type.Optional(
            Type.Union([Type.Literal('day'), Type.Literal('week')], {
              default: 'day',
              description: 'how long the mixes stay the same',
            }),
          ),
          model: listQuery.model,
        }),
        response: {
          200: Type.Object({ mixes: Type.Array(personalListSchema, { description: 'the mixes' }) }),
          ...errorResponses,
        },
      },
    },
    async ({ params: { id }, query }) => ({ mixes: (await personal.mixes(id, query)).map(plain) }),
  );
  app.get(
    '/api/listeners/:id/by-cluster',
    {
      ...own,
      schema: {
        operationId: 'byCluster',
        summary: "New songs in proportion to the clusters of a listener's favourites",
        tags: TAGS,
        params: listenerParams,
        querystring: Type.Object({ n: listQuery.n }),
        response: { 200: personalListSchema, ...errorResponses },
      },
    },
    async ({ params: { id }, query }) => plain(await personal.byCluster(id, query)),
  );
  app.get(
    '/api/listeners/:id/period',
    {
      ...own,
      schema: {
        operationId: 'moreFromPeriod',
        summary: 'Songs similar to what a listener played most in a period',
        tags: TAGS,
        params: listenerParams,
        querystring: Type.Object({ ...listQuery, from: moment, to: moment }),
        response: { 200: personalListSchema, ...errorResponses },
      },
    },
    async ({ params: { id }, query: { from, to, ...options } }) =>
      plain(await personal.fromPeriod(id, from, to, options)),
  );
  app.get(
    '/api/listeners/:id/lists/:list/continue',
    {
      ...own,
      schema: {
        operationId: 'continueList',
        summary: 'Songs to continue a saved list',
        tags: TAGS,
        params: Type.Object({
          ...listenerParams.properties,
          list: Type.String({ minLength: 1, maxLength: 64, description: 'id of the saved list' }),
        }),
        querystring: Type.Object(listQuery),
        response: { 200: personalListSchema, ...errorResponses },
      },
    },
    async ({ params: { id, list }, query }) => plain(await personal.continueList(id, list, query)),
  );
};
