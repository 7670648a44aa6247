/** What can be asked about songs and artists by their ids. */
export type FactKind = 'features' | 'tracks' | 'artists';

export type Fact = Readonly<Record<string, string | number | boolean>>;

/** The columns of each kind, after `id`: those that `segue import tracks` and `segue import artists` know. */
export const FACT_COLUMNS: Readonly<Record<FactKind, readonly string[]>> = {
  features: [
    'danceability',
    'energy',
    'key',
    'loudness',
    'mode',
    'speechiness',
    'acousticness',
    'instrumentalness',
    'liveness',
    'valence',
    'tempo',
    'time_signature',
    'duration_ms',
  ],
  tracks: ['name', 'artists', 'album', 'release_date', 'popularity', 'explicit', 'duration_ms', 'isrc'],
  artists: ['name', 'genres', 'popularity', 'followers'],
};

/** A provider of facts about songs by their Spotify ids: one file, and one line in the registry. */
export interface FactProvider {
  /** The most ids that one call takes, by kind; a kind that is missing is not offered. */
  readonly batch: Partial<Readonly<Record<FactKind, number>>>;
  /**
   * @param ids Spotify ids, at most `batch`
   * @returns the known facts by id; unknown ids are missing
   * @throws SegueError SERVICE_AWAY, SERVICE_ANSWER, SIGN_IN_REFUSED, NOT_POSSIBLE, CANCELLED
   */
  lookUp(kind: FactKind, ids: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, Fact>>;
}
