import { Type } from '#typebox';
import { searchAnswerSchema, trackAnswerSchema } from '../../recommend/answers.ts';
import { askerOf, sendJson } from '../answering/asker.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

export const tracks: Routes = (app, { answers }) => {
  app.get(
    '/api/tracks',
    {
      config: { waitsForThread: true },
      schema: {
        operationId: 'searchTracks',
        summary: 'Search songs, artists, albums and moods by name; tolerates typos',
        tags: ['catalogue'],
        querystring: Type.Object({
          q: Type.String({ maxLength: 10_000, description: 'text, "artist - title", URI or link' }),
          limit: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 100, default: 10, description: 'number of results of each kind' }),
          ),
        }),
        response: { 200: searchAnswerSchema, ...errorResponses },
      },
    },
    (request, reply) =>
      sendJson(
        reply,
        answers.json('search', { text: request.query.q, limit: request.query.limit ?? 10 }, askerOf(reply)),
      ),
  );
  app.get(
    '/api/tracks/:id',
    {
      schema: {
        operationId: 'getTrack',
        summary: 'All data about one song',
        tags: ['catalogue'],
        params: Type.Object({
          id: Type.String({ maxLength: 500, description: 'track URI (URL-encoded) or Spotify id' }),
        }),
        response: { 200: trackAnswerSchema, ...errorResponses },
      },
    },
    (request, reply) => sendJson(reply, answers.json('track', { id: request.params.id }, askerOf(reply))),
  );
};
