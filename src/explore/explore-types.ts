/** One bar of a histogram: values in [from, to), and at the ends all that lie beyond. */
export interface HistogramBin {
  from: number;
  to: number;
  count: number;
}

/** What the exploration page draws; JSON values. */
export interface ExploreData {
  version: 1;
  counts: Record<'tracks' | 'songs' | 'artists' | 'albums' | 'genres' | 'playlists' | 'persons' | 'entries', number>;
  /** What is known of how many tracks. */
  gaps: { what: string; known: number; of: number }[];
  features: {
    id: string;
    title: string;
    unit: string;
    meaning: string;
    known: number;
    mean: number | null;
    median: number | null;
    deviation: number | null;
    bins: HistogramBin[];
  }[];
  correlations: {
    names: string[] /** Pearson's r row by row; null where fewer than 3 tracks know both. */;
    values: (number | null)[];
  };
  /** Mean of each feature by release year, for years with enough tracks. */
  byYear: { year: number; tracks: number; means: Record<string, number | null> }[];
  /** The largest genres with the means of the features, standardised over the catalogue. */
  byGenre: { genre: string; tracks: number; means: Record<string, number | null> }[];
  popularity: {
    /** Owners of the track at this rank, ranks spaced evenly in their logarithm. */
    curve: { rank: number; owners: number }[];
    /** 0 = all tracks are held equally often, 1 = one track has everything. */
    gini: number;
    /** Part of all entries that the most held 1 % of the tracks have. */
    topShare: number;
    /** Tracks that nobody holds, or one owner. */
    unheld: number;
    once: number;
  };
  lengths: HistogramBin[];
  clusters: { label: string; tracks: number }[];
  map: {
    method: string;
    points: { x: number; y: number; cluster: number; name: string; artist: string; year: number | null }[];
  };
  cleaning: { rule: string; count: number }[];
  rejections: { source: string; cause: string; count: number; firstAt: string }[];
  sources: { source: string; licence: string; files: number; tracks: number; owners: number }[];
}
