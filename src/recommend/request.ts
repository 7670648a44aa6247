import { type Static, type TSchema, Type } from '#typebox';

/** A schema of inclusive bounds; either end may be omitted. */
const range = (description: string, minimum: number, maximum: number) =>
  Type.Object(
    {
      from: Type.Optional(Type.Number({ minimum, maximum, description: 'smallest value; no lower limit if absent' })),
      to: Type.Optional(Type.Number({ minimum, maximum, description: 'largest value; no upper limit if absent' })),
    },
    { description, additionalProperties: false },
  );

/** The properties that filters use. */
export const DIALS = ['year', 'popularity', 'energy', 'tempo', 'explicit', 'genres'] as const;
export type Dial = (typeof DIALS)[number];
const dialSchema = Type.Union(
  [
    Type.Literal('year'),
    Type.Literal('popularity'),
    Type.Literal('energy'),
    Type.Literal('tempo'),
    Type.Literal('explicit'),
    Type.Literal('genres'),
  ],
  { description: 'name of a filter' },
);

/** Conditions that results must satisfy. */
export const filtersSchema = Type.Object(
  {
    year: Type.Optional(range('release year', 1000, 2100)),
    popularity: Type.Optional(range('track popularity, 0–100', 0, 100)),
    energy: Type.Optional(range('energy, 0–1', 0, 1)),
    tempo: Type.Optional(range('tempo in BPM', 20, 300)),
    explicit: Type.Optional(Type.Boolean({ description: 'false: no explicit tracks; true: only explicit tracks' })),
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
          'whether tracks pass filters on values that the library lacks: true = all filters, false = none, or the names of the filters that they pass',
      }),
    ),
  },
  { description: 'conditions that every song must satisfy', additionalProperties: false },
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
                description:
                  'title of the song; with `artists`, it identifies the song when the catalogue lacks the id',
              }),
            ),
            artists: Type.Optional(
              Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 100, description: 'names of the artists' }),
            ),
            album: Type.Optional(Type.String({ maxLength: 1000, description: 'title of the album' })),
          },
          { additionalProperties: false },
        ),
        { maxItems: 10_000, description: 'songs to start from; positive ones are never recommended themselves' },
      ),
    ),
    history: Type.Optional(
      Type.Array(
        Type.Object(
          {
            track: Type.String({ minLength: 1, maxLength: 500, description: 'track URI, Spotify link or id' }),
            count: Type.Optional(
              Type.Number({ minimum: 0, maximum: 1e9, default: 1, description: 'how often it was played' }),
            ),
            at: Type.Optional(
              Type.Number({ minimum: 0, maximum: 7_258_118_400, description: 'last played, seconds since 1970' }),
            ),
            liked: Type.Optional(Type.Boolean({ description: 'true = liked, false = disliked' })),
          },
          { additionalProperties: false },
        ),
        {
          maxItems: 10_000,
          description:
            'a listening history: its songs become seeds, weighted by recency and play count; disliked songs get negative weights',
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
          'a request in words, e.g. "energetic 90s rock for running, no Oasis": years, genres, moods, tempo and artists become requirements, which `understood` in the answer lists; the rest is matched as a playlist title',
      }),
    ),
    without: Type.Optional(
      Type.Array(Type.String({ maxLength: 300 }), {
        maxItems: 200,
        description: 'ids of requirements in `understood` to ignore',
      }),
    ),
    owner: Type.Optional(
      Type.String({
        maxLength: 500,
        description: 'id of a playlist or person of the library whose tracks are the seeds',
      }),
    ),
    n: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50, description: 'number of songs to return' })),
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
          'maximum number of tracks per artist; auto = 3, or no limit when the query is about one artist: several seeds, all by this artist, or a title or text that names no other',
      }),
    ),
    perAlbum: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 15, description: 'maximum number of tracks per album' }),
    ),
    diversity: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: 0,
        description: 'weight of maximal marginal relevance; 0 = by score only',
      }),
    ),
    adventure: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: 0,
        description: 'how strongly popular tracks are discounted; more = more surprising',
      }),
    ),
    balance: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: 0,
        description: 'how closely the list keeps the proportions of styles among its seeds (calibration, Steck 2018)',
      }),
    ),
    order: Type.Optional(
      Type.Union([Type.Literal('score'), Type.Literal('smooth'), Type.Literal('arc')], {
        default: 'score',
        description: 'score = best first; smooth = similar songs next to each other; arc = energy rises, then falls',
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
        description: 'keep seeds that the catalogue lacks for the next training, if the server allows it',
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
  uri: Type.String({ description: 'id of the song in the catalogue' }),
  name: Type.String({ description: 'title of the song' }),
  artists: Type.Array(Type.String(), { description: 'names of the artists, main artist first' }),
};

export const briefTrackSchema = Type.Object(brief);

/** Everything the catalogue knows about a track; unknown values are null. */
const facts = {
  number: Type.Integer({ description: 'number of the track in the catalogue, and of its point on the taste map' }),
  album: orNull(Type.String({ description: 'title of the album' })),
  year: orNull(Type.Integer({ description: 'release year' })),
  durationMs: orNull(Type.Integer({ description: 'length in milliseconds' })),
  popularity: orNull(Type.Integer({ description: '0–100' })),
  explicit: orNull(Type.Boolean({ description: 'whether the lyrics are marked as explicit' })),
  genres: Type.Array(Type.String(), { description: 'genres of the song, or of its artists' }),
  features: featuresSchema,
  artistUris: Type.Array(Type.String(), { description: 'ids of the artists, for use in `exclude`' }),
};

export const trackSchema = Type.Object({ ...brief, ...facts });

export const reasonSchema = Type.Object({
  kind: Type.String({
    description: 'playlists, songs, artists, title, genres, audio, era or popularity',
  }),
  share: Type.Number({ description: 'share of the score due to this evidence, 0–1' }),
  text: Type.String({ description: 'the reason as a short sentence' }),
  tracks: Type.Optional(Type.Array(briefTrackSchema, { description: 'songs that are evidence' })),
  owners: Type.Optional(
    Type.Array(
      Type.Object({
        id: Type.String({ description: 'id of the owner' }),
        title: Type.String({ description: 'title of the playlist, or name of the person' }),
      }),
      { description: 'playlists and persons that are evidence' },
    ),
  ),
  artists: Type.Optional(Type.Array(Type.String(), { description: 'names of artists that are evidence' })),
});

export const recommendedTrackSchema = Type.Object({
  ...brief,
  score: Type.Number({ description: 'score by the model; comparable within one list only' }),
  because: Type.Array(Type.String(), {
    description:
      'reasons as short sentences, most important first; a reason of another kind comes first when the song above starts with the same kind',
  }),
  section: Type.Optional(Type.Integer({ description: 'index into `sections`' })),
  reasons: Type.Optional(
    Type.Array(reasonSchema, { description: 'the same reasons with their evidence, with `details` only' }),
  ),
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
  id: Type.String({ description: 'id for use in `without`' }),
  kind: Type.Union(
    [
      Type.Literal('years'),
      Type.Literal('genre'),
      Type.Literal('mood'),
      Type.Literal('tempo'),
      Type.Literal('popularity'),
      Type.Literal('explicit'),
      Type.Literal('artist'),
    ],
    { description: 'what it requires' },
  ),
  label: Type.String({ description: 'label to display, e.g. 1990–1999' }),
  from: Type.Integer({ description: 'index of its first character in `text`' }),
  to: Type.Integer({ description: 'index after its last character' }),
});

export const responseSchema = Type.Object({
  model: Type.String({ description: 'id of the model that answered' }),
  tookMs: Type.Number({ description: 'time taken, in milliseconds' }),
  tracks: Type.Array(recommendedTrackSchema, { description: 'the songs, in the requested order' }),
  sections: Type.Optional(
    Type.Array(
      Type.Object({
        label: Type.String({ description: 'name of the section' }),
        share: Type.Number({ description: 'share of the list, 0–1' }),
      }),
      { description: 'parts of the list, from models that make them' },
    ),
  ),
  understood: Type.Optional(Type.Array(understoodSchema, { description: 'requirements found in `text`, each once' })),
  unknown: Type.Array(Type.String(), { description: 'seeds that the catalogue lacks' }),
  fallback: Type.Boolean({ description: 'true when no part of the query was known, so popular songs were returned' }),
  fallbackReason: Type.Optional(Type.String({ description: 'why popular songs were returned' })),
  perArtist: Type.Optional(
    Type.Integer({ description: 'limit per artist that was applied; absent when there was none' }),
  ),
  relax: Type.Optional(
    Type.Array(
      Type.Object({
        filter: dialSchema,
        tracks: Type.Integer({ description: 'number of further tracks that would pass without this filter' }),
      }),
      {
        description:
          'present when filters left fewer tracks than requested: how many more would pass without each filter, most first',
      },
    ),
  ),
  notes: Type.Optional(
    Type.Array(Type.String(), { description: 'messages for the listener, e.g. why the list is short' }),
  ),
});

export type BriefTrack = Static<typeof briefTrackSchema>;
export type TrackDetails = Static<typeof trackSchema>;
export type RecommendResponse = Static<typeof responseSchema>;
export type RecommendedTrack = Static<typeof recommendedTrackSchema>;
