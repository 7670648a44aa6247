import { Type } from '#typebox';
import { trackSchema } from '../../recommend/request.ts';
import { askerOf, sendJson } from '../answering/asker.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

const columnSchema = Type.Object({
  name: Type.String({ description: 'x, y, cluster, genre, year, energy or popularity' }),
  type: Type.Union([Type.Literal('Float32'), Type.Literal('Uint8'), Type.Literal('Uint16'), Type.Literal('Int16')], {
    description: 'type of the values',
  }),
  offset: Type.Integer({ description: 'byte offset in /api/map/points, a multiple of 8' }),
  meaning: Type.String({ description: 'what the values mean' }),
});

const mapSchema = Type.Object({
  version: Type.String({ description: 'changes when the points change' }),
  count: Type.Integer({ description: 'number of points; point i is the track with number i' }),
  method: Type.String({ description: 'layout method' }),
  columns: Type.Array(columnSchema, { description: 'the columns of the points' }),
  clusters: Type.Array(
    Type.Object({
      label: Type.String({ description: 'name to display' }),
      count: Type.Integer({ description: 'number of songs' }),
    }),
    { description: 'clusters of similar songs' },
  ),
  genres: Type.Array(
    Type.Object({
      label: Type.String({ description: 'name to display' }),
      count: Type.Integer({ description: 'number of songs' }),
    }),
    {
      description: 'genres that the genre column indexes; 255 = any other genre, or none',
    },
  ),
});

export const map: Routes = (app, { answers, explorer }) => {
  app.get(
    '/api/map',
    {
      schema: {
        operationId: 'getMap',
        summary: 'Description of the taste map; /api/map/points returns the points',
        tags: ['map'],
        response: { 200: mapSchema, ...errorResponses },
      },
    },
    async () => (await explorer.map()).header,
  );
  app.get(
    '/api/map/points',
    {
      schema: {
        operationId: 'getMapPoints',
        summary: 'Columns of the taste map, little-endian, `count` values each at their offset',
        tags: ['map'],
        produces: ['application/octet-stream'],
      },
    },
    async (request, reply) => {
      const { header, points } = await explorer.map();
      const etag = `"${header.version}"`;
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      return reply
        .header('etag', etag)
        .type('application/octet-stream')
        .send(Buffer.from(points.buffer, points.byteOffset, points.byteLength));
    },
  );
  app.post(
    '/api/map/tracks',
    {
      config: { waitsForThread: true },
      schema: {
        operationId: 'getMapTracks',
        summary: 'Songs of points on the map, by track number',
        tags: ['map'],
        body: Type.Object(
          {
            numbers: Type.Array(Type.Integer({ minimum: 0, maximum: 0xffffffff }), {
              maxItems: 1000,
              description: 'track numbers',
            }),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            tracks: Type.Array(trackSchema, { description: 'the songs in the order of the request' }),
          }),
          ...errorResponses,
        },
      },
    },
    (request, reply) => sendJson(reply, answers.json('tracks', { numbers: request.body.numbers }, askerOf(reply))),
  );
};
