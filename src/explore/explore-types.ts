import { type Static, Type } from '#typebox';

/**
 * Data of the exploration charts: one JSON value for `GET /api/explore`, the app's Data view and the page written by `segue explore`. A number that
 * does not exist (the mean of a feature that no track has) is null.
 */
const number = (description?: string) => Type.Union([Type.Number(), Type.Null()], description ? { description } : {});
const count = (description?: string) => Type.Integer({ minimum: 0, ...(description ? { description } : {}) });
const means = (description: string) => Type.Record(Type.String(), number(), { description });

const bins = (description: string) =>
  Type.Array(
    Type.Object({
      from: Type.Number({ description: 'lower bound, inclusive' }),
      to: Type.Number({ description: 'upper bound, exclusive' }),
      count: count('number of values'),
    }),
    { description },
  );

export const exploreDataSchema = Type.Object({
  version: Type.Literal(1, { description: 'version of this format' }),
  counts: Type.Object(
    {
      tracks: count('number of tracks'),
      songs: count('number of songs; versions of a song count once'),
      artists: count('number of artists'),
      albums: count('number of albums'),
      genres: count('number of genres'),
      playlists: count('number of playlists'),
      persons: count('number of persons'),
      entries: count('owner–track pairs'),
    },
    { description: 'size of the library' },
  ),
  gaps: Type.Array(
    Type.Object({
      what: Type.String({ description: 'kind of information' }),
      known: count('tracks that have it'),
      of: count('all tracks'),
    }),
    {
      description: 'how many tracks have each kind of information',
    },
  ),
  features: Type.Array(
    Type.Object({
      id: Type.String({ description: 'id of the feature' }),
      title: Type.String({ description: 'name of the feature' }),
      unit: Type.String({ description: 'empty for plain numbers' }),
      meaning: Type.String({ description: 'what its values mean' }),
      known: count('tracks with a value'),
      mean: number('mean'),
      median: number('median'),
      deviation: number('standard deviation'),
      bins: bins('histogram; values are in [from, to), and the first and last bins also count everything beyond them'),
    }),
    { description: 'audio features' },
  ),
  correlations: Type.Object(
    {
      names: Type.Array(Type.String(), { description: 'titles of the features' }),
      values: Type.Array(number(), {
        description: "Pearson's r, row by row; null where fewer than 3 tracks have both features",
      }),
    },
    { description: 'correlations between the features' },
  ),
  byYear: Type.Array(
    Type.Object({
      year: Type.Integer({ description: 'release year' }),
      tracks: count('number of tracks'),
      means: means('mean of each feature, by feature id'),
    }),
    { description: 'years with at least five tracks' },
  ),
  byGenre: Type.Array(
    Type.Object({
      genre: Type.String({ description: 'name of the genre' }),
      tracks: count('number of tracks'),
      means: means('mean of each feature in standard deviations from the catalogue mean, by feature id'),
    }),
    { description: 'the largest genres, largest first' },
  ),
  popularity: Type.Object(
    {
      curve: Type.Array(
        Type.Object({ rank: count('1 = the track with the most owners'), owners: count('number of owners') }),
        {
          description: 'owners of the track at each rank; ranks are evenly spaced in their logarithm',
        },
      ),
      gini: Type.Number({ description: '0: all tracks have equally many owners; 1: one track has all entries' }),
      topShare: Type.Number({ description: 'share of all entries held by the 1% of tracks with the most owners' }),
      unheld: count('tracks without an owner'),
      once: count('tracks with one owner'),
    },
    { description: 'how entries are spread over tracks' },
  ),
  lengths: bins('histogram of tracks per owner'),
  clusters: Type.Array(
    Type.Object({ label: Type.String({ description: 'name to display' }), tracks: count('number of tracks') }),
    { description: 'clusters of the taste map' },
  ),
  map: Type.Object(
    {
      method: Type.String({ description: 'layout method' }),
      points: Type.Array(
        Type.Object({
          x: Type.Number({ description: 'position' }),
          y: Type.Number({ description: 'position' }),
          cluster: Type.Integer({ description: 'index into `clusters`' }),
          name: Type.String({ description: 'title of the song' }),
          artist: Type.String({ description: 'name of the artist' }),
          year: Type.Union([Type.Integer(), Type.Null()], { description: 'release year; null when unknown' }),
        }),
        { description: 'a sample of the tracks' },
      ),
    },
    { description: 'the taste map' },
  ),
  cleaning: Type.Array(
    Type.Object({ rule: Type.String({ description: 'name of the rule' }), count: count('how often it applied') }),
    {
      description: 'how often each cleaning rule applied',
    },
  ),
  rejections: Type.Array(
    Type.Object({
      source: Type.String({ description: 'id of the source' }),
      cause: Type.String({ description: 'why they were rejected' }),
      count: count('number of rows'),
      firstAt: Type.String({ description: 'place of the first, e.g. file and line' }),
    }),
    { description: 'rows that were not imported, by source and cause' },
  ),
  sources: Type.Array(
    Type.Object({
      source: Type.String({ description: 'id of the source' }),
      licence: Type.String({ description: 'licence of the data' }),
      files: count('number of files'),
      tracks: count('number of tracks'),
      owners: count('number of playlists and persons'),
    }),
    { description: 'imports, one for each source' },
  ),
});

export type ExploreData = Static<typeof exploreDataSchema>;
export type HistogramBin = ExploreData['lengths'][number];
