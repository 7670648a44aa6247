import { Type } from '#typebox';
import { pathAnswerSchema } from '../../recommend/answers.ts';
import { askerOf, sendJson } from '../answering/asker.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

const track = (description: string) => Type.String({ minLength: 1, maxLength: 500, description });

const body = Type.Object(
  {
    from: track('first song: URI, Spotify link or id'),
    to: track('last song: URI, Spotify link or id'),
    n: Type.Optional(
      Type.Integer({ minimum: 2, maximum: 200, default: 12, description: 'number of songs, both ends included' }),
    ),
  },
  { additionalProperties: false },
);

export const paths: Routes = (app, { answers }) => {
  app.post(
    '/api/path',
    {
      config: { waitsForThread: true },
      schema: {
        operationId: 'path',
        summary: 'Find a path of songs from one song to another',
        tags: ['recommendations'],
        body,
        response: { 200: pathAnswerSchema, ...errorResponses },
      },
    },
    (request, reply) => sendJson(reply, answers.json('path', request.body, askerOf(reply))),
  );
};
