import { type Static, type TNumber, Type } from '#typebox';
import { briefTrackSchema, DIALS, type Dial, recommendedTrackSchema, trackSchema } from './request.ts';

/** Schemas of the engine's answers other than recommendations: one source for types, HTTP and the web client. */

export const foundTrackSchema = Type.Object({
  ...trackSchema.properties,
  match: Type.Number({ description: 'how well the text matches, 0–1' }),
});

export const foundArtistSchema = Type.Object({
  reference: Type.String({ description: 'id of the artist, for use in `exclude`' }),
  name: Type.String(),
  tracks: Type.Integer({ description: 'number of tracks in this library that have a title' }),
  genres: Type.Array(Type.String()),
  match: Type.Number({ description: 'how well the text matches, 0–1' }),
  top: Type.Array(briefTrackSchema, { description: 'the five most popular songs, versions counted once' }),
  first: Type.Boolean({ description: 'true when the text means this artist rather than a song' }),
});

export const foundAlbumSchema = Type.Object({
  name: Type.String(),
  artists: Type.Array(Type.String()),
  year: Type.Union([Type.Integer(), Type.Null()]),
  match: Type.Number({ description: 'how well the text matches, 0–1' }),
  tracks: Type.Array(briefTrackSchema, { description: 'at most 30' }),
});

export const searchAnswerSchema = Type.Object({
  tookMs: Type.Number(),
  tracks: Type.Array(foundTrackSchema),
  artists: Type.Array(foundArtistSchema),
  albums: Type.Array(foundAlbumSchema),
  mood: Type.Union(
    [
      Type.Object({
        text: Type.String(),
        playlists: Type.Integer({ description: 'number of playlists with a matching title' }),
        first: Type.Boolean({ description: 'true when the text is a mood rather than a name' }),
      }),
      Type.Null(),
    ],
    { description: 'the text as a playlist title or mood' },
  ),
  link: Type.Union([Type.Object({ service: Type.String(), message: Type.String() }), Type.Null()], {
    description: 'set when the text is a link to another service: says how to use it',
  }),
});

export const genresAnswerSchema = Type.Object({
  genres: Type.Array(Type.Object({ genre: Type.String(), tracks: Type.Integer() })),
});

export const ownerSchema = Type.Object({
  id: Type.String(),
  title: Type.String(),
  kind: Type.Union([Type.Literal('playlist'), Type.Literal('person')]),
  tracks: Type.Integer({ description: 'number of tracks' }),
  followers: Type.Union([Type.Integer(), Type.Null()]),
});

export const ownersAnswerSchema = Type.Object({ tookMs: Type.Number(), owners: Type.Array(ownerSchema) });

export const ownerAnswerSchema = Type.Object({
  ...ownerSchema.properties,
  items: Type.Array(trackSchema, { description: 'its tracks in order, at most the first 1,000' }),
});

export const trackAnswerSchema = Type.Object({
  ...trackSchema.properties,
  playlists: Type.Integer({ description: 'number of playlists in this library that contain the song' }),
  owners: Type.Array(ownerSchema, { description: 'some of these playlists, most followers first' }),
  versions: Type.Array(briefTrackSchema, { description: 'the same song under other URIs' }),
});

export const resolvedLineSchema = Type.Object({
  line: Type.Integer({ description: '1 = the first line' }),
  text: Type.String(),
  track: Type.Union([trackSchema, Type.Null()]),
  confidence: Type.Number({ description: '1 = matched by id; otherwise how well the names match; 0 = no match' }),
  suggestions: Type.Array(foundTrackSchema, {
    description: 'nearest songs when there is no match or an uncertain one',
  }),
  note: Type.Union([Type.String(), Type.Null()], { description: 'why there is no match' }),
});

export const resolveAnswerSchema = Type.Object({
  tookMs: Type.Number(),
  format: Type.String({ description: 'detected format: lines, csv, m3u or json' }),
  title: Type.String({ description: 'name of the list according to the text; empty if there is none' }),
  matched: Type.Integer(),
  unmatched: Type.Integer(),
  lines: Type.Array(resolvedLineSchema),
});

const jsonSchemaSchema = Type.Record(Type.String(), Type.Unknown(), { description: 'a JSON schema' });

export const modelSchema = Type.Object({
  id: Type.String(),
  title: Type.String(),
  description: Type.String(),
  family: Type.String({ description: 'baseline, content, collaborative or hybrid' }),
  source: Type.String({ description: 'paper or origin of the equations' }),
  byDefault: Type.Boolean({ description: 'trained when no models are named' }),
  trained: Type.Boolean({ description: 'trained on this library and ready to answer' }),
  isDefault: Type.Boolean({ description: 'used when a request names no model' }),
  unusable: Type.Union([Type.String(), Type.Null()], { description: 'why it cannot be trained on this library' }),
  outdated: Type.Union([Type.String(), Type.Null()], {
    description: 'why the saved model must be trained again before it can answer',
  }),
  config: jsonSchemaSchema,
  queryOptions: Type.Union([jsonSchemaSchema, Type.Null()]),
  info: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
    description: 'training statistics; null until the model is loaded',
  }),
});

export const modelsAnswerSchema = Type.Object({ models: Type.Array(modelSchema) });

export const libraryAnswerSchema = Type.Object({
  catalogueId: Type.String(),
  counts: Type.Object({
    tracks: Type.Integer(),
    artists: Type.Integer(),
    albums: Type.Integer(),
    genres: Type.Integer(),
    playlists: Type.Integer(),
    persons: Type.Integer(),
    entries: Type.Integer(),
    withFeatures: Type.Integer({ description: 'tracks with at least one audio feature' }),
    withGenres: Type.Integer({ description: 'tracks with a genre of their own or of an artist' }),
    withYear: Type.Integer(),
    songs: Type.Integer({ description: 'distinct songs: versions of a song count once' }),
  }),
  coverage: Type.Object(
    Object.fromEntries(DIALS.map((dial) => [dial, Type.Number({ minimum: 0, maximum: 1 })])) as Record<Dial, TNumber>,
    { description: 'share of the titled tracks for which each filter knows the value' },
  ),
  waiting: Type.Integer({ description: 'seeds of queries that the catalogue lacked, kept for the next training' }),
  cleaning: Type.Record(Type.String(), Type.Integer(), { description: 'what cleaning changed, by rule' }),
  provenance: Type.Array(
    Type.Object({
      source: Type.String(),
      licence: Type.String(),
      citation: Type.String(),
      files: Type.Array(Type.Object({ name: Type.String(), sha256: Type.String(), bytes: Type.Integer() })),
      taken: Type.Object({
        tracks: Type.Integer(),
        artists: Type.Integer(),
        owners: Type.Integer(),
        entries: Type.Integer(),
      }),
      rejections: Type.Array(Type.Object({ cause: Type.String(), count: Type.Integer(), firstAt: Type.String() })),
    }),
  ),
});

export const similarAnswerSchema = Type.Object({
  model: Type.String(),
  tookMs: Type.Number(),
  tracks: Type.Array(recommendedTrackSchema),
});

export const pathAnswerSchema = Type.Object({
  bySound: Type.Boolean({
    description:
      'true = by the sound measured in the audio files of both songs; false = by features, artist, album and genres',
  }),
  tookMs: Type.Number(),
  tracks: Type.Array(
    Type.Object({
      uri: Type.String(),
      name: Type.String(),
      artists: Type.Array(Type.String()),
      similarity: Type.Number({ description: 'similarity to the previous song, 0–1; 1 for the first' }),
      lufs: Type.Union([Type.Number(), Type.Null()], { description: 'measured loudness in LUFS' }),
      beat: Type.Union([Type.Number(), Type.Null()], { description: 'measured tempo in BPM' }),
    }),
  ),
});

export type FoundTrack = Static<typeof foundTrackSchema>;
export type FoundArtist = Static<typeof foundArtistSchema>;
export type FoundAlbum = Static<typeof foundAlbumSchema>;
export type GenresAnswer = Static<typeof genresAnswerSchema>;
export type SearchAnswer = Static<typeof searchAnswerSchema>;
export type OwnerSummary = Static<typeof ownerSchema>;
export type OwnersAnswer = Static<typeof ownersAnswerSchema>;
export type OwnerAnswer = Static<typeof ownerAnswerSchema>;
export type TrackAnswer = Static<typeof trackAnswerSchema>;
export type ResolvedLine = Static<typeof resolvedLineSchema>;
export type ResolveAnswer = Static<typeof resolveAnswerSchema>;
export type ModelAnswer = Static<typeof modelSchema>;
export type ModelsAnswer = Static<typeof modelsAnswerSchema>;
export type LibraryAnswer = Static<typeof libraryAnswerSchema>;
export type SimilarAnswer = Static<typeof similarAnswerSchema>;
export type PathAnswer = Static<typeof pathAnswerSchema>;
