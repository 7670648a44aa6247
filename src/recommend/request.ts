import { type Static, type TSchema, Type } from '#typebox';

/** A schema of inclusive bounds; either end may be omitted. */
const range = (description: string, minimum: number, maximum: number) =>
  Type.Object(
    { from: Type.Optional(Type.Number({ minimum, maximum })), to: Type.Optional(Type.Number({ minimum, maximum })) },
    { description, additionalProperties: false },
  );

/** The properties that filters use. */
export const DIALS = ['year', 'popularity', 'energy', 'tempo', 'explicit', 'genres'] as const;
export type Dial = (typeof DIALS)[number];
const dialSchema = Type.Union([
  Type.Literal('year'),
  Type.Literal('popularity'),
  Type.Literal('energy'),
  Type.Literal('tempo'),
  Type.Literal('explicit'),
  Type.Literal('genres'),
]);

/** Conditions that results must satisfy. */
export const filtersSchema = Type.Object(
  {
    year: Type.Optional(range('release year', 1000, 2100)),
    popularity: Type.Optional(range('track popularity, 0–100', 0, 100)),
    energy: Type.Optional(range('energy, 0–1', 0, 1)),
    tempo: Type.Optional(range('tempo in BPM', 20, 300)),
    explicit: Type.Optional(Type.Boolean({ description: 'false leaves explicit tracks out; true allows only them' })),
    genres: Type.Optional(
      Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50, description: 'at least one of these genres' }),
    ),
    withoutGenres: Type.Optional(
      Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50, description: 'none of these genres' }),
    ),
    keepUnknown: Type.Optional(
      Type.Union([Type.Boolean(), Type.Array(dialSchema, { maxItems: DIALS.length })], {
        default: true,
        description:
          'whether a track passes a filter when the library does not know its value: true = any filter, false = none, or the names of the filters that it passes',
      }),
    ),
  },
  { additionalProperties: false },
);

/** One query to the engine: song, playlist, title, library, history and cold start are one call. */
export const requestSchema = Type.Object(
  {
    seeds: Type.Optional(
      Type.Array(
        Type.Object(
          {
            track: Type.String({ minLength: 1, maxLength: 500, description: 'track URI, Spotify link or id' }),
            weight: Type.Optional(
              Type.Number({
                minimum: -10,
                maximum: 10,
                default: 1,
                description: 'more than 1 = more of this, negative = less like this',
              }),
            ),
            name: Type.Optional(
              Type.String({
                maxLength: 1000,
                description: 'the title, by which a track is found whose id the catalogue lacks',
              }),
            ),
            artists: Type.Optional(Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 100 })),
            album: Type.Optional(Type.String({ maxLength: 1000 })),
          },
          { additionalProperties: false },
        ),
        { maxItems: 10_000 },
      ),
    ),
    history: Type.Optional(
      Type.Array(
        Type.Object(
          {
            track: Type.String({ minLength: 1, maxLength: 500, description: 'track URI, Spotify link or id' }),
            count: Type.Optional(Type.Number({ minimum: 0, default: 1, description: 'how often it was played' })),
            at: Type.Optional(Type.Number({ description: 'last played, seconds since 1970' })),
            liked: Type.Optional(Type.Boolean({ description: 'true = liked, false = disliked' })),
          },
          { additionalProperties: false },
        ),
        {
          maxItems: 10_000,
          description:
            'what a person played: becomes seeds weighted by recency and count; disliked songs count against',
        },
      ),
    ),
    ordered: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'true: the seeds are the first songs of a playlist in order; false: a loose collection',
      }),
    ),
    title: Type.Optional(Type.String({ maxLength: 10_000, description: 'a playlist title or a mood in words' })),
    text: Type.Optional(
      Type.String({
        maxLength: 10_000,
        description:
          'what is wanted in words, e.g. "energetic 90s rock for running, no Oasis": years, genres, moods, tempo and artists are requirements, the rest is read as a title; `understood` in the answer lists them',
      }),
    ),
    without: Type.Optional(
      Type.Array(Type.String({ maxLength: 300 }), {
        maxItems: 200,
        description: 'ids from `understood` to ignore',
      }),
    ),
    owner: Type.Optional(
      Type.String({
        maxLength: 500,
        description: 'id of a playlist or person of the library whose tracks are the seeds',
      }),
    ),
    n: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
    model: Type.Optional(
      Type.String({ maxLength: 100, description: 'id of a model; the best trained one by default' }),
    ),
    exclude: Type.Optional(
      Type.Array(Type.String({ maxLength: 500 }), {
        maxItems: 10_000,
        description: 'track URIs, artist URIs, or artist:<name>',
      }),
    ),
    filters: Type.Optional(filtersSchema),
    perArtist: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1, maximum: 15 }), Type.Literal('auto')], {
        description:
          'most tracks of one artist; auto = 3, and no limit when the query is about one artist: several seeds, all theirs, or a title or words that name only them',
      }),
    ),
    perAlbum: Type.Optional(Type.Integer({ minimum: 1, maximum: 15, description: 'most tracks of one album' })),
    diversity: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, default: 0, description: 'maximal marginal relevance: 0 = by score only' }),
    ),
    adventure: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: 0,
        description: 'discount for popular tracks: how surprising the list may be',
      }),
    ),
    balance: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: 0,
        description: 'how closely the list follows the mix of styles of its seeds, in their proportions (Steck 2018)',
      }),
    ),
    order: Type.Optional(
      Type.Union([Type.Literal('score'), Type.Literal('smooth'), Type.Literal('arc')], {
        default: 'score',
        description: 'order for listening',
      }),
    ),
    options: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: "the model's own query options, e.g. { weights: { genre: 3 } }",
      }),
    ),
    remember: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'keep the songs that the catalogue lacks for the next training, where the server allows it',
      }),
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

export type RecommendRequest = Static<typeof requestSchema>;
export type Filters = Static<typeof filtersSchema>;

/** Audio features by name, null when missing. */
const featuresSchema = Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()]), {
  description: 'audio features by name, null when missing',
});

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** A track as shown in lists. */
const brief = {
  uri: Type.String(),
  name: Type.String(),
  artists: Type.Array(Type.String()),
};

export const briefTrackSchema = Type.Object(brief);

/** Everything the catalogue knows about a track; unknown values are null. */
const facts = {
  number: Type.Integer({ description: 'row in the catalogue, which is also its point on the taste map' }),
  album: orNull(Type.String()),
  year: orNull(Type.Integer()),
  durationMs: orNull(Type.Integer()),
  popularity: orNull(Type.Integer({ description: '0–100' })),
  explicit: orNull(Type.Boolean()),
  genres: Type.Array(Type.String()),
  features: featuresSchema,
  artistUris: Type.Array(Type.String(), { description: 'ids of the artists, as `exclude` takes them' }),
};

export const trackSchema = Type.Object({ ...brief, ...facts });

export const reasonSchema = Type.Object({
  kind: Type.String({
    description: 'playlists, songs, artists, title, genres, audio, era or popularity',
  }),
  share: Type.Number({ description: 'share of the score that this evidence brought, 0–1' }),
  text: Type.String(),
  tracks: Type.Optional(Type.Array(briefTrackSchema)),
  owners: Type.Optional(Type.Array(Type.Object({ id: Type.String(), title: Type.String() }))),
  artists: Type.Optional(Type.Array(Type.String())),
});

export const recommendedTrackSchema = Type.Object({
  ...brief,
  score: Type.Number(),
  because: Type.Array(Type.String(), {
    description:
      'reasons as short sentences, the most important first, unless the song above begins with the same kind of evidence',
  }),
  section: Type.Optional(Type.Integer({ description: 'index into sections' })),
  reasons: Type.Optional(Type.Array(reasonSchema)),
  number: Type.Optional(facts.number),
  album: Type.Optional(facts.album),
  year: Type.Optional(facts.year),
  durationMs: Type.Optional(facts.durationMs),
  popularity: Type.Optional(facts.popularity),
  explicit: Type.Optional(facts.explicit),
  genres: Type.Optional(facts.genres),
  features: Type.Optional(facts.features),
  artistUris: Type.Optional(facts.artistUris),
});

export const understoodSchema = Type.Object({
  id: Type.String({ description: 'as `without` takes it' }),
  kind: Type.Union([
    Type.Literal('years'),
    Type.Literal('genre'),
    Type.Literal('mood'),
    Type.Literal('tempo'),
    Type.Literal('popularity'),
    Type.Literal('explicit'),
    Type.Literal('artist'),
  ]),
  label: Type.String({ description: 'for people, e.g. 1990–1999' }),
  from: Type.Integer({ description: 'index of its first character in `text`' }),
  to: Type.Integer({ description: 'index after its last character' }),
});

export const responseSchema = Type.Object({
  model: Type.String(),
  tookMs: Type.Number(),
  tracks: Type.Array(recommendedTrackSchema),
  sections: Type.Optional(Type.Array(Type.Object({ label: Type.String(), share: Type.Number() }))),
  understood: Type.Optional(
    Type.Array(understoodSchema, { description: 'what `text` demands of the songs, each demand once' }),
  ),
  unknown: Type.Array(Type.String(), { description: 'seeds that the catalogue lacks' }),
  fallback: Type.Boolean({ description: 'true when nothing of the query was known and popularity answered' }),
  fallbackReason: Type.Optional(Type.String()),
  perArtist: Type.Optional(Type.Integer({ description: 'the limit per artist that was applied, when there was one' })),
  relax: Type.Optional(
    Type.Array(Type.Object({ filter: dialSchema, tracks: Type.Integer() }), {
      description: 'when filters left fewer tracks than asked: how many more would pass without each, most first',
    }),
  ),
  notes: Type.Optional(
    Type.Array(Type.String(), { description: 'what the person should know, e.g. why the list is short' }),
  ),
});

export type BriefTrack = Static<typeof briefTrackSchema>;
export type TrackDetails = Static<typeof trackSchema>;
export type RecommendResponse = Static<typeof responseSchema>;
export type RecommendedTrack = Static<typeof recommendedTrackSchema>;
