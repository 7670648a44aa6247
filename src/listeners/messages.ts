import { type Static, type TNumber, type TOptional, Type } from '#typebox';
import { AUDIO_FEATURES, type AudioFeature } from '../dataset/audio-features.ts';
import { recommendedTrackSchema } from '../recommend/request.ts';
import { eventBody, moment, orNull } from './event-schema.ts';

/** Raised when the meaning of a message changes; consumers reject newer versions. */
export const MESSAGE_VERSION = 1;
const version = Type.Literal(MESSAGE_VERSION, { description: 'version of the message' });
const uri = Type.String({ minLength: 1, maxLength: 500 });

/** The topics, one line each. */
export const TOPICS = {
  events: 'segue.events',
  requests: 'segue.requests',
  recommendations: 'segue.recommendations',
  deadLetters: 'segue.dead-letters',
} as const;

/** What a listener did with a song; the same body as POST /api/events. Use the listener as the message key: Kafka keeps the order per key. */
export const eventMessage = Type.Object(
  { version, ...eventBody.properties },
  { $id: 'SegueEvent', additionalProperties: false, description: 'Something that a listener did with a song' },
);

/** A request for recommendations, with exactly one of track, seeds, features and listener. */
export const requestMessage = Type.Object(
  {
    version,
    id: Type.String({ minLength: 1, maxLength: 100, description: 'correlation id, returned in the answer' }),
    track: Type.Optional(uri),
    seeds: Type.Optional(
      Type.Array(
        Type.Object(
          { track: uri, weight: Type.Optional(Type.Number({ minimum: -10, maximum: 10 })) },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 1000 },
      ),
    ),
    features: Type.Optional(
      Type.Object(
        Object.fromEntries(AUDIO_FEATURES.map(({ id }) => [id, Type.Optional(Type.Number())])) as Record<
          AudioFeature,
          TOptional<TNumber>
        >,
        {
          additionalProperties: false,
          minProperties: 1,
          description: 'audio features of a song that the catalogue may lack; the nearest songs are the seeds',
        },
      ),
    ),
    listener: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: "for-you from this listener's history" }),
    ),
    title: Type.Optional(Type.String({ maxLength: 1000 })),
    n: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
    model: Type.Optional(Type.String({ maxLength: 100 })),
    perArtist: Type.Optional(Type.Integer({ minimum: 1, maximum: 15 })),
    deadline: Type.Optional(moment('latest useful time of an answer (a request read later gets none)')),
  },
  { $id: 'SegueRequest', additionalProperties: false, description: 'A request for recommendations' },
);

export const recommendationMessage = Type.Object(
  {
    version,
    id: Type.String({ description: 'id of the request' }),
    model: Type.String(),
    tookMs: Type.Number({ description: 'time from reading the request to the answer' }),
    tracks: Type.Array(recommendedTrackSchema),
    notes: Type.Array(Type.String()),
  },
  { $id: 'SegueRecommendation', description: "The answer to a request, under the request's key" },
);

export const deadLetterMessage = Type.Object(
  {
    version,
    topic: Type.String(),
    partition: Type.Integer(),
    offset: Type.String({ description: 'a 64-bit number' }),
    key: orNull(Type.String()),
    value: Type.String({ description: 'the original message, truncated to 64 kB' }),
    code: Type.String({ description: 'a code of docs/errors.md' }),
    reason: Type.String(),
    at: moment('when the message was rejected'),
  },
  { $id: 'SegueDeadLetter', description: 'A message that cannot be processed, with the reason' },
);

export type EventMessage = Static<typeof eventMessage>;
export type RequestMessage = Static<typeof requestMessage>;
export type RecommendationMessage = Static<typeof recommendationMessage>;
export type DeadLetterMessage = Static<typeof deadLetterMessage>;
