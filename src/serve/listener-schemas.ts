import { type TSchema, Type } from '#typebox';
import { moment, orNull, songBody } from '../listeners/event-schema.ts';

export const listenerParams = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64, description: 'id of the listener, see `GET /api/listeners`' }),
});

/** A page of a long list, by query string. */
export const pageQuery = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1000, default: 50, description: 'number of items per page' }),
  ),
  after: Type.Optional(Type.String({ maxLength: 1000, description: 'the `next` value of the previous page' })),
};
export const searchQuery = {
  ...pageQuery,
  q: Type.Optional(Type.String({ maxLength: 200, description: 'words to find in titles, artists and albums' })),
};
export const pageSchema = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item, { description: 'this page' }),
    next: orNull(Type.String({ description: 'value of `after` for the next page; null on the last' })),
  });

export const listenerSchema = Type.Object({
  id: Type.String({ description: 'id of the listener' }),
  name: Type.String({ description: 'name for people' }),
  createdAt: Type.Integer({ description: 'when the listener was added' }),
  revision: Type.Integer({ description: 'increases with every change to the stored data' }),
});
export const listenerCountsSchema = Type.Object({
  plays: Type.Integer({ description: 'number of plays' }),
  songs: Type.Integer({ description: 'number of different songs played' }),
  ownSongs: Type.Integer({ description: 'number of these that the catalogue lacks' }),
  likes: Type.Integer({ description: 'number of liked songs' }),
  dislikes: Type.Integer({ description: 'number of disliked songs' }),
  bans: Type.Integer({ description: 'number of bans' }),
  lists: Type.Integer({ description: 'number of saved lists' }),
  imports: Type.Integer({ description: 'number of imports' }),
});
export const settingsSchema = Type.Object({
  consent: Type.Boolean({ description: 'the plays become part of the collaborative data, as one owner' }),
  rememberShown: Type.Boolean({
    description: 'shown lists are stored, so that models can be compared by how listeners received them',
  }),
  timeZone: Type.String({ maxLength: 100, description: 'IANA time zone, e.g. Europe/Berlin' }),
});

const songFields = {
  song: Type.String({ description: 'id of the song: of the catalogue, or own:…' }),
  title: Type.String({ description: 'title of the song' }),
  artists: Type.Array(Type.String(), { description: 'names of the artists' }),
  album: orNull(Type.String({ description: 'title of the album' })),
  isrc: orNull(Type.String({ description: 'ISRC of the recording' })),
  mbid: orNull(Type.String({ description: 'MusicBrainz id of the recording' })),
};
export const listenerSongSchema = Type.Object(
  {
    ...songFields,
    own: Type.Boolean({ description: 'true when the catalogue lacks the song' }),
    plays: Type.Integer({ description: 'number of plays' }),
    skips: Type.Integer({ description: 'number of plays that were skipped' }),
    listenedMs: Type.Integer({ description: 'listening time, in milliseconds' }),
    firstAt: orNull(Type.Integer({ description: 'first play; null when there is none' })),
    lastAt: orNull(Type.Integer({ description: 'last play; null when there is none' })),
  },
  { description: 'the song, with how often the listener played it' },
);
export const playSchema = Type.Object({
  id: Type.String({ description: 'id of the play' }),
  ...songFields,
  at: Type.Integer({ description: 'when the play ended, milliseconds since 1970' }),
  msPlayed: orNull(Type.Integer({ description: 'how long it played, in milliseconds; null when unknown' })),
  skipped: Type.Boolean({ description: 'whether the listener skipped it' }),
  source: Type.String({ description: 'where the play came from, e.g. an export format' }),
  importId: orNull(Type.String({ description: 'id of the import that brought it; null when none did' })),
  removedAt: orNull(Type.Integer({ description: 'when it was removed; null when it was not' })),
});
export const opinionSchema = Type.Object({
  kind: Type.Union([Type.Literal('like'), Type.Literal('dislike')], { description: 'like or dislike' }),
  song: listenerSongSchema,
  at: Type.Integer({ description: 'when it was given' }),
  source: Type.String({ description: 'where it came from' }),
});

export const banKind = Type.Union([Type.Literal('song'), Type.Literal('artist'), Type.Literal('genre')], {
  description: 'what the target is',
});
export const banSchema = Type.Object({
  kind: banKind,
  target: Type.String({ description: 'id of what is banned' }),
  label: Type.String({ description: 'name to display' }),
  at: Type.Integer({ description: 'when it was banned' }),
  until: orNull(Type.Integer({ description: 'end of the ban; null = never' })),
});
export const banBody = Type.Object(
  {
    kind: banKind,
    target: Type.String({
      minLength: 1,
      maxLength: 500,
      description: "a song's id, an artist's URI or artist:<name>, or a genre",
    }),
    label: Type.Optional(Type.String({ maxLength: 1000, description: 'name to display' })),
    until: Type.Optional(orNull(moment('end of the ban (null = never)'))),
  },
  { additionalProperties: false },
);

const recipe = Type.Object(
  {
    request: Type.Record(Type.String(), Type.Unknown(), { description: 'the request that made the list' }),
    model: orNull(Type.String({ maxLength: 100, description: 'id of the model; null when unknown' })),
    modelVersion: orNull(Type.String({ maxLength: 200, description: 'version of the model; null when unknown' })),
  },
  { additionalProperties: false },
);
const listSong = Type.Object({
  song: Type.String({ description: 'id of the song' }),
  title: Type.String({ description: 'title of the song' }),
  artists: Type.Array(Type.String(), { description: 'names of the artists' }),
});
export const savedListSchema = Type.Object({
  id: Type.String({ description: 'id of the list' }),
  name: Type.String({ description: 'name of the list' }),
  description: Type.String({ description: 'description of the list; may be empty' }),
  source: Type.String({ description: 'where the list came from' }),
  createdAt: Type.Integer({ description: 'when it was saved first' }),
  updatedAt: Type.Integer({ description: 'when it was changed last' }),
  removedAt: orNull(Type.Integer({ description: 'when it was put in the bin; null when it was not' })),
  version: Type.Integer({ description: 'number of the latest version; 1 = the first' }),
  length: Type.Integer({ description: 'number of songs' }),
});
const versionFields = {
  version: Type.Integer({ description: '1 = the first version' }),
  at: Type.Integer({ description: 'when it was saved' }),
  recipe: Type.Union([recipe, Type.Null()], { description: 'how the list was made; null when unknown' }),
};
export const listVersionSchema = Type.Object({
  ...versionFields,
  songs: Type.Array(listSong, { description: 'the songs in order' }),
});
export const listVersionsSchema = Type.Object({
  versions: Type.Array(Type.Object({ ...versionFields, length: Type.Integer({ description: 'number of songs' }) }), {
    description: 'all versions of the list',
  }),
});
export const listBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 1000, description: 'name of the list' }),
    description: Type.Optional(Type.String({ maxLength: 1000, description: 'description of the list' })),
    songs: Type.Array(Type.Object(songBody, { additionalProperties: false }), {
      maxItems: 10_000,
      description: 'the songs in order',
    }),
    recipe: Type.Optional(Type.Union([recipe, Type.Null()], { description: 'how the list was made' })),
  },
  { additionalProperties: false },
);

export const storedEventSchema = Type.Object({
  id: Type.String({ description: 'id of the event' }),
  kind: Type.String({ description: 'what the listener did' }),
  song: Type.String({ description: 'id of the song' }),
  at: Type.Integer({ description: 'when it happened' }),
  msPlayed: orNull(Type.Integer({ description: 'how long it played, in milliseconds' })),
  until: orNull(Type.Integer({ description: 'end of a ban' })),
  list: orNull(Type.String({ description: 'id of the list that the song came from' })),
  position: orNull(Type.Integer({ description: 'position in the list; 0 = first' })),
  model: orNull(Type.String({ description: 'id of the model that recommended the song' })),
  modelVersion: orNull(Type.String({ description: 'version of that model' })),
});
export const importSchema = Type.Object({
  id: Type.String({ description: 'id of the import' }),
  format: Type.String({ description: 'format of the files' }),
  files: Type.Array(Type.String(), { description: 'names of the files' }),
  at: Type.Integer({ description: 'when it began' }),
  finishedAt: orNull(Type.Integer({ description: 'when it finished; null while it runs' })),
  state: Type.Union([Type.Literal('running'), Type.Literal('done')], { description: 'running or done' }),
  counts: Type.Record(Type.String(), Type.Number(), { description: 'what was imported, by kind' }),
  rejected: Type.Record(Type.String(), Type.Number(), { description: 'number of rejected rows, by cause' }),
});
