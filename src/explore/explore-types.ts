import { type Static, Type } from '#typebox';

/**
 * Data of the exploration charts: one JSON value for `GET /api/explore`, the app's Data view and the page written by `segue explore`. A number that
 * does not exist (the mean of a feature that no track has) is null.
 */
const number = (description?: string) => Type.Union([Type.Number(), Type.Null()], description ? { description } : {});
const count = (description?: string) => Type.Integer({ minimum: 0, ...(description ? { description } : {}) });
const means = (description: string) => Type.Record(Type.String(), number(), { description });

const bins = (description: string) =>
  Type.Array(Type.Object({ from: Type.Number(), to: Type.Number(), count: count() }), { description });

export const exploreDataSchema = Type.Object({
  version: Type.Literal(1),
  counts: Type.Object({
    tracks: count(),
    songs: count('number of songs; versions of a song count once'),
    artists: count(),
    albums: count(),
    genres: count(),
    playlists: count(),
    persons: count(),
    entries: count('owner–track pairs'),
  }),
  gaps: Type.Array(Type.Object({ what: Type.String(), known: count(), of: count() }), {
    description: 'how many tracks have each kind of information',
  }),
  features: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      unit: Type.String({ description: 'empty for plain numbers' }),
      meaning: Type.String(),
      known: count('tracks with a value'),
      mean: number(),
      median: number(),
      deviation: number('standard deviation'),
      bins: bins('histogram; values are in [from, to), and the first and last bins also count everything beyond them'),
    }),
  ),
  correlations: Type.Object({
    names: Type.Array(Type.String()),
    values: Type.Array(number(), {
      description: "Pearson's r, row by row; null where fewer than 3 tracks have both features",
    }),
  }),
  byYear: Type.Array(
    Type.Object({ year: Type.Integer(), tracks: count(), means: means('mean of each feature, by feature id') }),
    { description: 'years with at least five tracks' },
  ),
  byGenre: Type.Array(
    Type.Object({
      genre: Type.String(),
      tracks: count(),
      means: means('mean of each feature in standard deviations from the catalogue mean, by feature id'),
    }),
    { description: 'the largest genres, largest first' },
  ),
  popularity: Type.Object({
    curve: Type.Array(Type.Object({ rank: count(), owners: count() }), {
      description: 'owners of the track at each rank; ranks are evenly spaced in their logarithm',
    }),
    gini: Type.Number({ description: '0: all tracks have equally many owners; 1: one track has all entries' }),
    topShare: Type.Number({ description: 'share of all entries held by the 1% of tracks with the most owners' }),
    unheld: count('tracks without an owner'),
    once: count('tracks with one owner'),
  }),
  lengths: bins('histogram of tracks per owner'),
  clusters: Type.Array(Type.Object({ label: Type.String(), tracks: count() })),
  map: Type.Object({
    method: Type.String(),
    points: Type.Array(
      Type.Object({
        x: Type.Number(),
        y: Type.Number(),
        cluster: Type.Integer(),
        name: Type.String(),
        artist: Type.String(),
        year: Type.Union([Type.Integer(), Type.Null()]),
      }),
      { description: 'a sample of the tracks' },
    ),
  }),
  cleaning: Type.Array(Type.Object({ rule: Type.String(), count: count() }), {
    description: 'how often each cleaning rule applied',
  }),
  rejections: Type.Array(
    Type.Object({ source: Type.String(), cause: Type.String(), count: count(), firstAt: Type.String() }),
  ),
  sources: Type.Array(
    Type.Object({
      source: Type.String(),
      licence: Type.String(),
      files: count(),
      tracks: count(),
      owners: count(),
    }),
  ),
});

export type ExploreData = Static<typeof exploreDataSchema>;
export type HistogramBin = ExploreData['lengths'][number];
