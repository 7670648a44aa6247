import { type Static, type TNumber, Type } from '#typebox';
import { briefTrackSchema, DIALS, type Dial, recommendedTrackSchema, trackSchema } from './request.ts';

/** Schemas of the engine's answers other than recommendations: one source for types, HTTP and the web client. */

export const foundTrackSchema = Type.Object({
  ...trackSchema.properties,
  match: Type.Number({ description: 'how well the text matches, 0–1' }),
});

export const foundArtistSchema = Type.Object({
  reference: Type.String({ description: 'id of the artist, for use in `exclude`' }),
  name: Type.String({ description: 'name of the artist' }),
  tracks: Type.Integer({ description: 'number of tracks in this library that have a title' }),
  genres: Type.Array(Type.String(), { description: 'genres of the artist' }),
  match: Type.Number({ description: 'how well the text matches, 0–1' }),
  top: Type.Array(briefTrackSchema, { description: 'the five most popular songs, versions counted once' }),
  first: Type.Boolean({ description: 'true when the text means this artist rather than a song' }),
});

export const foundAlbumSchema = Type.Object({
  name: Type.String({ description: 'title of the album' }),
  artists: Type.Array(Type.String(), { description: 'names of the artists' }),
  year: Type.Union([Type.Integer(), Type.Null()], { description: 'release year; null when unknown' }),
  match: Type.Number({ description: 'how well the text matches, 0–1' }),
  tracks: Type.Array(briefTrackSchema, { description: 'at most 30' }),
});

export const searchAnswerSchema = Type.Object({
  tookMs: Type.Number({ description: 'time taken, in milliseconds' }),
  tracks: Type.Array(foundTrackSchema, { description: 'songs, best match first' }),
  artists: Type.Array(foundArtistSchema, { description: 'artists, best match first' }),
  albums: Type.Array(foundAlbumSchema, { description: 'albums, best match first' }),
  mood: Type.Union(
    [
      Type.Object({
        text: Type.String({ description: 'the text as a mood' }),
        playlists: Type.Integer({ description: 'number of playlists with a matching title' }),
        first: Type.Boolean({ description: 'true when the text is a mood rather than a name' }),
      }),
      Type.Null(),
    ],
    { description: 'the text as a playlist title or mood' },
  ),
  link: Type.Union(
    [
      Type.Object({
        service: Type.String({ description: 'name of the music service' }),
        message: Type.String({ description: 'what to do with such a link' }),
      }),
      Type.Null(),
    ],
    {
      description: 'set when the text is a link to another service: says how to use it',
    },
  ),
});

export const genresAnswerSchema = Type.Object({
  genres: Type.Array(
    Type.Object({
      genre: Type.String({ description: 'name of the genre' }),
      tracks: Type.Integer({ description: 'number of tracks' }),
    }),
    { description: 'genres, most tracks first' },
  ),
});

export const ownerSchema = Type.Object({
  id: Type.String({ description: 'id of the owner' }),
  title: Type.String({ description: 'title of the playlist, or name of the person' }),
  kind: Type.Union([Type.Literal('playlist'), Type.Literal('person')], { description: 'kind of owner' }),
  tracks: Type.Integer({ description: 'number of tracks' }),
  followers: Type.Union([Type.Integer(), Type.Null()], { description: 'number of followers; null when unknown' }),
});

export const ownersAnswerSchema = Type.Object({
  tookMs: Type.Number({ description: 'time taken, in milliseconds' }),
  owners: Type.Array(ownerSchema, { description: 'owners, best match first' }),
});

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
  text: Type.String({ description: 'the line as sent' }),
  track: Type.Union([trackSchema, Type.Null()], { description: 'the song; null when there is no match' }),
  confidence: Type.Number({ description: '1 = matched by id; otherwise how well the names match; 0 = no match' }),
  suggestions: Type.Array(foundTrackSchema, {
    description: 'nearest songs when there is no match or an uncertain one',
  }),
  note: Type.Union([Type.String(), Type.Null()], { description: 'why there is no match' }),
});

export const resolveAnswerSchema = Type.Object({
  tookMs: Type.Number({ description: 'time taken, in milliseconds' }),
  format: Type.String({ description: 'detected format: lines, csv, m3u or json' }),
  title: Type.String({ description: 'name of the list according to the text; empty if there is none' }),
  matched: Type.Integer({ description: 'number of lines with a match' }),
  unmatched: Type.Integer({ description: 'number of lines without a match' }),
  lines: Type.Array(resolvedLineSchema, { description: 'one for each line that names a song' }),
});

const jsonSchemaSchema = Type.Record(Type.String(), Type.Unknown(), { description: 'a JSON schema' });

export const modelSchema = Type.Object({
  id: Type.String({ description: 'id of the model' }),
  title: Type.String({ description: 'name for people' }),
  description: Type.String({ description: 'what the model does, in a sentence or two' }),
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
  queryOptions: Type.Union([jsonSchemaSchema, Type.Null()], {
    description: 'schema of `options` in requests; null when there are none',
  }),
  info: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
    description: 'training statistics; null until the model is loaded',
  }),
});

export const modelsAnswerSchema = Type.Object({ models: Type.Array(modelSchema, { description: 'all models' }) });

export const libraryAnswerSchema = Type.Object({
  catalogueId: Type.String({ description: 'fingerprint of the catalogue; changes when its songs change' }),
  counts: Type.Object(
    {
      tracks: Type.Integer({ description: 'number of tracks' }),
      artists: Type.Integer({ description: 'number of artists' }),
      albums: Type.Integer({ description: 'number of albums' }),
      genres: Type.Integer({ description: 'number of genres' }),
      playlists: Type.Integer({ description: 'number of playlists' }),
      persons: Type.Integer({ description: 'number of persons' }),
      entries: Type.Integer({ description: 'owner–track pairs' }),
      withFeatures: Type.Integer({ description: 'tracks with at least one audio feature' }),
      withGenres: Type.Integer({ description: 'tracks with a genre of their own or of an artist' }),
      withYear: Type.Integer({ description: 'tracks with a release year' }),
      songs: Type.Integer({ description: 'distinct songs: versions of a song count once' }),
    },
    { description: 'size of the library' },
  ),
  coverage: Type.Object(
    Object.fromEntries(
      DIALS.map((dial) => [dial, Type.Number({ minimum: 0, maximum: 1, description: 'share of the tracks, 0–1' })]),
    ) as Record<Dial, TNumber>,
    { description: 'share of the titled tracks for which each filter knows the value' },
  ),
  waiting: Type.Integer({ description: 'seeds of queries that the catalogue lacked, kept for the next training' }),
  cleaning: Type.Record(Type.String(), Type.Integer(), { description: 'what cleaning changed, by rule' }),
  provenance: Type.Array(
    Type.Object({
      source: Type.String({ description: 'id of the source' }),
      licence: Type.String({ description: 'licence of the data' }),
      citation: Type.String({ description: 'how to cite the data' }),
      files: Type.Array(
        Type.Object({
          name: Type.String({ description: 'name of the file' }),
          sha256: Type.String({ description: 'SHA-256 of the file, in hexadecimal' }),
          bytes: Type.Integer({ description: 'size of the file' }),
        }),
        { description: 'the files read' },
      ),
      taken: Type.Object(
        {
          tracks: Type.Integer({ description: 'number of tracks' }),
          artists: Type.Integer({ description: 'number of artists' }),
          owners: Type.Integer({ description: 'number of playlists and persons' }),
          entries: Type.Integer({ description: 'owner–track pairs' }),
        },
        { description: 'what was imported' },
      ),
      rejections: Type.Array(
        Type.Object({
          cause: Type.String({ description: 'why they were rejected' }),
          count: Type.Integer({ description: 'number of rows' }),
          firstAt: Type.String({ description: 'place of the first, e.g. file and line' }),
        }),
        { description: 'rows that were not imported, by cause' },
      ),
    }),
    { description: 'the imports, one for each source' },
  ),
});

export const similarAnswerSchema = Type.Object({
  model: Type.String({ description: 'id of the model' }),
  tookMs: Type.Number({ description: 'time taken, in milliseconds' }),
  tracks: Type.Array(recommendedTrackSchema, { description: 'similar songs, best first' }),
});

export const pathAnswerSchema = Type.Object({
  bySound: Type.Boolean({
    description:
      'true = by the sound measured in the audio files of both songs; false = by features, artist, album and genres',
  }),
  tookMs: Type.Number({ description: 'time taken, in milliseconds' }),
  tracks: Type.Array(
    Type.Object({
      uri: Type.String({ description: 'id of the song in the catalogue' }),
      name: Type.String({ description: 'title of the song' }),
      artists: Type.Array(Type.String(), { description: 'names of the artists' }),
      similarity: Type.Number({ description: 'similarity to the previous song, 0–1; 1 for the first' }),
      lufs: Type.Union([Type.Number(), Type.Null()], { description: 'measured loudness in LUFS' }),
      beat: Type.Union([Type.Number(), Type.Null()], { description: 'measured tempo in BPM' }),
    }),
    { description: 'the songs in order, both ends included' },
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
