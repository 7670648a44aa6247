import { type TSchema, Type } from '#typebox';
import { EVENT_KINDS } from './events.ts';

/** Fields of requests and messages about listeners, bounded in length and range; `serve` and `stream` share them. */
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const text = (maxLength: number) => Type.String({ maxLength });
export const moment = (description: string) =>
  Type.Integer({ minimum: 0, maximum: 7_258_118_400_000, description: `${description}, milliseconds since 1970` });
const SONG = {
  minLength: 1,
  maxLength: 500,
  description: 'id of the song in the catalogue, or own:… for a song that the catalogue lacks',
};

export const songBody = {
  song: Type.String(SONG),
  title: Type.Optional(Type.String({ maxLength: 1000, description: 'title of a song that the catalogue lacks' })),
  artists: Type.Optional(
    Type.Array(text(1000), { maxItems: 100, description: 'names of the artists of a song that the catalogue lacks' }),
  ),
  album: Type.Optional(orNull(Type.String({ maxLength: 1000, description: 'title of its album' }))),
};

/** One feedback event, as HTTP and the stream take it. Nothing but these fields is ever stored. */
export const eventBody = Type.Object(
  {
    id: Type.String({
      pattern: '^[A-Za-z0-9_.:-]{1,64}$',
      description: 'chosen by the sender, unique per listener; repeating an id changes nothing',
    }),
    listener: Type.String({ minLength: 1, maxLength: 64, description: 'id of the listener' }),
    kind: Type.Union(
      EVENT_KINDS.map((kind) => Type.Literal(kind)),
      { description: 'what the listener did' },
    ),
    ...songBody,
    at: moment('when it happened'),
    msPlayed: Type.Optional(
      orNull(Type.Integer({ minimum: 0, maximum: 0x7fffffff, description: 'how long it played, in milliseconds' })),
    ),
    until: Type.Optional(orNull(moment('end of a ban (null = never)'))),
    list: Type.Optional(
      orNull(Type.String({ maxLength: 64, description: 'id of the shown or saved list that the song came from' })),
    ),
    position: Type.Optional(
      orNull(Type.Integer({ minimum: 0, maximum: 100_000, description: 'position in the list; 0 = first' })),
    ),
    model: Type.Optional(
      orNull(Type.String({ maxLength: 100, description: 'id of the model that recommended the song' })),
    ),
    modelVersion: Type.Optional(orNull(Type.String({ maxLength: 200, description: 'version of that model' }))),
  },
  { additionalProperties: false },
);
