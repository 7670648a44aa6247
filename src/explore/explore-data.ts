import type { Dataset } from '../dataset/dataset.ts';
import { Rng } from '../math/rng.ts';
import { type Column, columnsOf, correlationsOf, histogramOf, meansByYear, summaryOf } from './explore-statistics.ts';
import type { ExploreData } from './explore-types.ts';
import { type TasteLayout, tasteMap } from './layout.ts';

export interface ExploreSettings {
  readonly seed?: number;
  /** An existing layout; computed by principal components when omitted. */
  readonly layout?: TasteLayout;
  readonly signal?: AbortSignal;
}

/** Points of the map to send: more would only overlap. */
const MAP_POINTS = 4000;
const GENRES = 24;
const LEAST_PER_YEAR = 5;

/** Computes everything that the exploration page shows about a dataset. Takes one to a few seconds for 200,000 tracks. */
export async function exploreData(dataset: Dataset, settings: ExploreSettings = {}): Promise<ExploreData> {
  const rng = new Rng(settings.seed ?? 1);
  const layout =
    settings.layout ?? (await tasteMap(dataset, { method: 'principal', seed: settings.seed, signal: settings.signal }));
  const columns = columnsOf(dataset);
  const { tracks, owners, byOwner } = dataset;
  let persons = 0;
  for (const kind of owners.kind) persons += kind;
  const lengths = Float64Array.from({ length: owners.count }, (_, o) => byOwner.ptr[o + 1]! - byOwner.ptr[o]!);
  let songs = 0;
  for (let t = 0; t < tracks.count; t++) if (tracks.song[t] === t) songs++;
  return {
    version: 1,
    counts: {
      tracks: tracks.count,
      songs,
      artists: dataset.artists.count,
      albums: dataset.albums.count,
      genres: dataset.genres.size,
      playlists: owners.count - persons,
      persons,
      entries: byOwner.idx.length,
    },
    gaps: gapsOf(dataset),
    features: columns.map((column) => featureOf(column)),
    correlations: correlationsOf(columns),
    byYear: meansByYear(columns, tracks.year, LEAST_PER_YEAR),
    byGenre: byGenre(dataset, columns),
    popularity: popularityOf(dataset),
    lengths: histogramOf(lengths, 1, Math.max(10, quantileOf(lengths, 0.99)), 40),
    clusters: layout.labels.map((label, c) => ({
      label,
      tracks: layout.cluster.reduce((n, own) => n + (own === c ? 1 : 0), 0),
    })),
    map: mapOf(dataset, layout, rng),
    cleaning: Object.entries(dataset.cleaning)
      .map(([rule, count]) => ({ rule, count }))
      .sort((a, b) => b.count - a.count),
    rejections: dataset.provenance.flatMap(({ source, rejections }) =>
      rejections.map((rejection) => ({ source, ...rejection })),
    ),
    sources: dataset.provenance.map(({ source, licence, files, taken }) => ({
      source,
      licence,
      files: files.length,
      tracks: taken.tracks,
      owners: taken.owners,
    })),
  };
}

function quantileOf(values: Float64Array, part: number): number {
  return Float64Array.from(values).sort()[Math.floor(part * (values.length - 1))] ?? 0;
}

function featureOf(column: Column): ExploreData['features'][number] {
  const { id, title, unit, meaning } = column;
  const { known, mean, median, deviation } = summaryOf(column.values);
  return {
    id,
    title,
    unit,
    meaning,
    known,
    mean,
    median,
    deviation,
    bins: histogramOf(column.values, column.from, column.to, column.bins),
  };
}

function gapsOf(dataset: Dataset): ExploreData['gaps'] {
  const { tracks, artists } = dataset;
  const count = { sound: 0, genres: 0, year: 0, popularity: 0, artist: 0, duration: 0, explicit: 0, held: 0 };
  for (let t = 0; t < tracks.count; t++) {
    const own = tracks.artists.idx.subarray(tracks.artists.ptr[t]!, tracks.artists.ptr[t + 1]!);
    if (dataset.hasFeatures(t)) count.sound++;
    if (dataset.hasGenres(t)) count.genres++;
    if (tracks.year[t]! >= 0) count.year++;
    if (tracks.popularity[t]! >= 0) count.popularity++;
    if (own.some((artist) => artists.popularity[artist]! >= 0)) count.artist++;
    if (tracks.durationMs[t]! > 0) count.duration++;
    if (tracks.explicit[t]! >= 0) count.explicit++;
    if (dataset.ownersOf(t) > 0) count.held++;
  }
  const of = tracks.count;
  return [
    { what: 'held by a playlist or person', known: count.held, of },
    { what: 'genres', known: count.genres, of },
    { what: 'audio features', known: count.sound, of },
    { what: 'duration', known: count.duration, of },
    { what: 'release year', known: count.year, of },
    { what: 'popularity', known: count.popularity, of },
    { what: "artist's popularity", known: count.artist, of },
    { what: 'explicit or not', known: count.explicit, of },
  ];
}

function byGenre(dataset: Dataset, columns: readonly Column[]): ExploreData['byGenre'] {
  const { tracks, artists, genres } = dataset;
  const summaries = columns.map(({ values }) => summaryOf(values));
  const counts = new Int32Array(genres.size);
  const sums = new Float64Array(genres.size * columns.length);
  const known = new Int32Array(genres.size * columns.length);
  const seen = new Set<number>();
  for (let t = 0; t < tracks.count; t++) {
    seen.clear();
    for (let e = tracks.genres.ptr[t]!; e < tracks.genres.ptr[t + 1]!; e++) seen.add(tracks.genres.idx[e]!);
    for (let a = tracks.artists.ptr[t]!; a < tracks.artists.ptr[t + 1]!; a++) {
      const artist = tracks.artists.idx[a]!;
      for (let e = artists.genres.ptr[artist]!; e < artists.genres.ptr[artist + 1]!; e++)
        seen.add(artists.genres.idx[e]!);
    }
    for (const genre of seen) {
      counts[genre]!++;
      for (let c = 0; c < columns.length; c++) {
        const value = columns[c]!.values[t]!;
        if (Number.isNaN(value)) continue;
        sums[genre * columns.length + c]! += value;
        known[genre * columns.length + c]!++;
      }
    }
  }
  const largest = [...counts.keys()].filter((g) => counts[g]! > 0).sort((a, b) => counts[b]! - counts[a]! || a - b);
  return largest.slice(0, GENRES).map((genre) => {
    const means: Record<string, number | null> = {};
    columns.forEach((column, c) => {
      const at = genre * columns.length + c;
      const { mean, deviation } = summaries[c]!;
      means[column.id] =
        known[at]! > 0 && mean !== null && deviation ? (sums[at]! / known[at]! - mean) / deviation : null;
    });
    return { genre: genres.id(genre), tracks: counts[genre]!, means };
  });
}

function popularityOf(dataset: Dataset): ExploreData['popularity'] {
  const held = Float64Array.from({ length: dataset.tracks.count }, (_, t) => dataset.ownersOf(t))
    .sort()
    .reverse();
  const n = held.length;
  let total = 0;
  let weighted = 0;
  let top = 0;
  let unheld = 0;
  let once = 0;
  for (let i = 0; i < n; i++) {
    total += held[i]!;
    weighted += (n - i) * held[i]!;
    if (i < Math.ceil(n / 100)) top += held[i]!;
    if (held[i] === 0) unheld++;
    else if (held[i] === 1) once++;
  }
  const curve: { rank: number; owners: number }[] = [];
  for (let rank = 1; rank <= n; rank = Math.max(rank + 1, Math.floor(rank * 1.15)))
    if (held[rank - 1]! > 0) curve.push({ rank, owners: held[rank - 1]! });
  return {
    curve,
    gini: total > 0 ? Math.max(0, (2 * weighted) / (n * total) - (n + 1) / n) : 0,
    topShare: total > 0 ? top / total : 0,
    unheld,
    once,
  };
}

function mapOf({ tracks, artists }: Dataset, layout: TasteLayout, rng: Rng): ExploreData['map'] {
  const known = Int32Array.from(layout.cluster.keys()).filter((t) => layout.cluster[t] !== 255);
  const chosen = rng.sample(known.length, Math.min(MAP_POINTS, known.length)).map((i) => known[i]!);
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return {
    method: layout.method,
    points: [...chosen].map((t) => ({
      x: round(layout.x[t]!),
      y: round(layout.y[t]!),
      cluster: layout.cluster[t]!,
      name: tracks.names.get(t),
      artist:
        tracks.artists.ptr[t + 1]! > tracks.artists.ptr[t]!
          ? artists.names.get(tracks.artists.idx[tracks.artists.ptr[t]!]!)
          : '',
      year: tracks.year[t]! >= 0 ? tracks.year[t]! : null,
    })),
  };
}
