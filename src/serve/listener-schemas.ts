import { type TSchema, Type } from '#typebox';
import { moment, orNull, songBody, text } from '../listeners/event-schema.ts';

export const listenerParams = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64, description: 'id of the listener, see `GET /api/listeners`' }),
});

/** A page of a long list, by query string. */
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 50 })),
  after: Type.Optional(Type.String({ maxLength: 1000, description: 'the `next` value of the previous page' })),
};
export const searchQuery = {
  ...pageQuery,
  q: Type.Optional(Type.String({ maxLength: 200, description: 'words to find in titles, artists and albums' })),
};
export const pageSchema = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next: orNull(Type.String({ description: 'value of `after` for the next page; null on the last' })),
  });

export const listenerSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: Type.Integer(),
  revision: Type.Integer({ description: 'increases with every change to the stored data' }),
});
export const listenerCountsSchema = Type.Object({
  plays: Type.Integer(),
  songs: Type.Integer(),
  ownSongs: Type.Integer(),
  likes: Type.Integer(),
  dislikes: Type.Integer(),
  bans: Type.Integer(),
  lists: Type.Integer(),
  imports: Type.Integer(),
});
export const settingsSchema = Type.Object({
  consent: Type.Boolean({ description: 'the plays become part of the collaborative data, as one owner' }),
  rememberShown: Type.Boolean({
    description: 'shown lists are stored, so that models can be compared by how listeners received them',
  }),
  timeZone: Type.String({ description: 'IANA time zone, e.g. Europe/Berlin' }),
});

const songFields = {
  song: Type.String(),
  title: Type.String(),
  artists: Type.Array(Type.String()),
  album: orNull(Type.String()),
  isrc: orNull(Type.String()),
  mbid: orNull(Type.String()),
};
export const listenerSongSchema = Type.Object({
  ...songFields,
  own: Type.Boolean({ description: 'true when the catalogue lacks the song' }),
  plays: Type.Integer(),
  skips: Type.Integer(),
  listenedMs: Type.Integer(),
  firstAt: orNull(Type.Integer()),
  lastAt: orNull(Type.Integer()),
});
export const playSchema = Type.Object({
  id: Type.String(),
  ...songFields,
  at: Type.Integer({ description: 'when the play ended, milliseconds since 1970' }),
  msPlayed: orNull(Type.Integer()),
  skipped: Type.Boolean(),
  source: Type.String(),
  importId: orNull(Type.String()),
  removedAt: orNull(Type.Integer()),
});
export const opinionSchema = Type.Object({
  kind: Type.Union([Type.Literal('like'), Type.Literal('dislike')]),
  song: listenerSongSchema,
  at: Type.Integer(),
  source: Type.String(),
});

export const banKind = Type.Union([Type.Literal('song'), Type.Literal('artist'), Type.Literal('genre')]);
export const banSchema = Type.Object({
  kind: banKind,
  target: Type.String(),
  label: Type.String(),
  at: Type.Integer(),
  until: orNull(Type.Integer()),
});
export const banBody = Type.Object(
  {
    kind: banKind,
    target: Type.String({
      minLength: 1,
      maxLength: 500,
      description: "a song's id, an artist's URI or artist:<name>, or a genre",
    }),
    label: Type.Optional(text(1000)),
    until: Type.Optional(orNull(moment('end of the ban (null = never)'))),
  },
  { additionalProperties: false },
);

const recipe = Type.Object(
  {
    request: Type.Record(Type.String(), Type.Unknown(), { description: 'the request that made the list' }),
    model: orNull(text(100)),
    modelVersion: orNull(text(200)),
  },
  { additionalProperties: false },
);
const listSong = Type.Object({ song: Type.String(), title: Type.String(), artists: Type.Array(Type.String()) });
export const savedListSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  source: Type.String(),
  createdAt: Type.Integer(),
  updatedAt: Type.Integer(),
  removedAt: orNull(Type.Integer()),
  version: Type.Integer(),
  length: Type.Integer(),
});
const versionFields = { version: Type.Integer(), at: Type.Integer(), recipe: orNull(recipe) };
export const listVersionSchema = Type.Object({ ...versionFields, songs: Type.Array(listSong) });
export const listVersionsSchema = Type.Object({
  versions: Type.Array(Type.Object({ ...versionFields, length: Type.Integer({ description: 'number of songs' }) })),
});
export const listBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 1000 }),
    description: Type.Optional(text(1000)),
    songs: Type.Array(Type.Object(songBody, { additionalProperties: false }), { maxItems: 10_000 }),
    recipe: Type.Optional(orNull(recipe)),
  },
  { additionalProperties: false },
);

export const storedEventSchema = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  song: Type.String(),
  at: Type.Integer(),
  msPlayed: orNull(Type.Integer()),
  until: orNull(Type.Integer()),
  list: orNull(Type.String()),
  position: orNull(Type.Integer()),
  model: orNull(Type.String()),
  modelVersion: orNull(Type.String()),
});
export const importSchema = Type.Object({
  id: Type.String(),
  format: Type.String(),
  files: Type.Array(Type.String()),
  at: Type.Integer(),
  finishedAt: orNull(Type.Integer()),
  state: Type.Union([Type.Literal('running'), Type.Literal('done')]),
  counts: Type.Record(Type.String(), Type.Number()),
  rejected: Type.Record(Type.String(), Type.Number()),
});
