import { Type } from '#typebox';
import { resolveAnswerSchema } from '../../recommend/answers.ts';
import { askerOf, sendJson } from '../answering/asker.ts';
import { resolveInParts } from '../answering/resolve-parts.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

const body = Type.Object(
  {
    text: Type.String({
      maxLength: 4_000_000,
      description:
        'up to 10,000 lines of "Artist - Title", track URIs, Spotify links or ids; or the content of a CSV, M3U or JSON export',
    }),
    suggestions: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 10,
        default: 3,
        description: 'maximum number of suggestions for each line without a certain match',
      }),
    ),
  },
  { additionalProperties: false },
);

export const resolve: Routes = (app, { answers }) => {
  app.post(
    '/api/resolve',
    {
      config: { waitsForThread: true },
      schema: {
        operationId: 'resolve',
        summary: 'Match a pasted list or an exported playlist to songs in the catalogue',
        tags: ['catalogue'],
        body,
        response: { 200: resolveAnswerSchema, ...errorResponses },
      },
    },
    (request, reply) =>
      sendJson(
        reply,
        resolveInParts(
          answers,
          { text: request.body.text, suggestions: request.body.suggestions ?? 3 },
          askerOf(reply),
        ),
      ),
  );
};
