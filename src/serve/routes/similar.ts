import { Type } from '#typebox';
import { similarAnswerSchema } from '../../recommend/answers.ts';
import { askerOf, sendJson } from '../answering/asker.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';

const body = Type.Object(
  {
    track: Type.String({ minLength: 1, maxLength: 500, description: 'track URI, Spotify link or id' }),
    n: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 20, description: 'number of songs to return' })),
    model: Type.Optional(
      Type.String({ maxLength: 100, description: 'id of a model; by default the best trained one' }),
    ),
    details: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'adds album, year, genres, audio features and the evidence behind each reason',
      }),
    ),
  },
  { additionalProperties: false },
);

export const similar: Routes = (app, { answers }) => {
  app.post(
    '/api/similar',
    {
      config: { waitsForThread: true },
      schema: {
        operationId: 'similar',
        summary: 'Find songs similar to one song',
        tags: ['recommendations'],
        body,
        response: { 200: similarAnswerSchema, ...errorResponses },
      },
    },
    (request, reply) => sendJson(reply, answers.json('similar', request.body, askerOf(reply))),
  );
};
