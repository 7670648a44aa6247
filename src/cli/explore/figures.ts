import type * as PlotModule from '@observablehq/plot';
import type { ExploreData } from '../../features/explore-types.ts';

/**
 * The exploration charts as options of Observable Plot. Nothing but types
 * is imported, so that the page can carry this file as it is. Colours are variables of the style sheet, thus right in light and dark.
 */
export interface ExploreFigure {
  section: 'gaps' | 'features' | 'relations' | 'years' | 'genres' | 'popularity' | 'map';
  /** small: several beside each other; wide: the whole line. */
  size: 'small' | 'half' | 'wide';
  title: string;
  note?: string;
  options: (width: number) => PlotModule.PlotOptions;
}

type Plot = typeof PlotModule;
type Feature = ExploreData['features'][number];

const INK = 'var(--ink-2)';
const FAINT = 'var(--line)';
const ACCENT = 'var(--accent)';
const SECOND = 'var(--second)';
/** Features between 0 and 1 that share one picture over the years. */
const SHARES = ['energy', 'acousticness', 'danceability', 'valence', 'instrumentalness', 'liveness', 'speechiness'];
const PITCHES = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B'];
/** Standard deviations at which a genre's colour is full. */
const FULL = 1.5;

const number = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });
const percent = (value: number): string => `${(100 * value).toFixed(value > 0 && value < 0.1 ? 1 : 0)} %`;

/** A colour per cluster, told apart by hue and lightness and legible on light and dark. */
export const clusterColour = (cluster: number): string =>
  `oklch(${[0.66, 0.74, 0.58][cluster % 3]} 0.14 ${Math.round((cluster * 137.5) % 360)})`;

/** All charts of the data; those without anything to show are left out. */
export function exploreFigures(data: ExploreData, plot: Plot): ExploreFigure[] {
  const figures: ExploreFigure[] = [];
  if (data.counts.tracks > 0) figures.push(gaps(data, plot));
  for (const feature of data.features) if (feature.known > 0) figures.push(distribution(feature, plot));
  if (data.features.some(({ known }) => known > 2)) figures.push(correlations(data, plot));
  figures.push(...years(data, plot));
  if (data.byGenre.length > 0) figures.push(genres(data, plot));
  if (data.popularity.curve.length > 0) figures.push(tail(data, plot), lengths(data, plot));
  if (data.map.points.length > 0) figures.push(map(data, plot));
  return figures;
}

function gaps({ gaps: rows }: ExploreData, plot: Plot): ExploreFigure {
  return {
    section: 'gaps',
    size: 'wide',
    title: 'What is known of the songs',
    note: 'Missing values stay missing; a song without sound is still found by its genres, and the other way round.',
    options: (width) => ({
      height: 30 * rows.length + 36,
      marginLeft: Math.min(190, width * 0.42),
      marginRight: 64,
      x: { domain: [0, 1], tickFormat: '%', label: null, ticks: 5, grid: true },
      y: { domain: rows.map(({ what }) => what), label: null, tickSize: 0 },
      marks: [
        plot.barX(rows, { x1: 0, x2: 1, y: 'what', fill: FAINT, fillOpacity: 0.45, insetTop: 4, insetBottom: 4 }),
        plot.barX(rows, {
          x1: 0,
          x2: (row) => row.known / row.of,
          y: 'what',
          fill: SECOND,
          insetTop: 4,
          insetBottom: 4,
          title: (row) => `${number(row.known)} of ${number(row.of)}`,
          tip: true,
        }),
        plot.text(rows, {
          x: 1,
          y: 'what',
          text: (row) => percent(row.known / row.of),
          textAnchor: 'start',
          dx: 8,
          fill: INK,
        }),
      ],
    }),
  };
}

function distribution(feature: Feature, plot: Plot): ExploreFigure {
  const { id, title, unit, known, mean, median, bins } = feature;
  const about = `${number(known)} known · mean ${number(mean ?? 0)} · median ${number(median ?? 0)}${unit && unit !== 'pitch class' ? ` ${unit}` : ''}`;
  const named = id === 'key' || id === 'mode' || id === 'timeSignature';
  const label = ({ from, to }: { from: number; to: number }): string =>
    id === 'key'
      ? PITCHES[Math.round(from)]!
      : id === 'mode'
        ? ['minor', 'major'][Math.round(from)]!
        : id === 'timeSignature'
          ? `${Math.round(from)}`
          : `${number(from)} to ${number(to)}`;
  return {
    section: 'features',
    size: 'small',
    title,
    note: about,
    options: () => ({
      height: 150,
      marginLeft: 12,
      marginRight: 12,
      marginTop: 8,
      marginBottom: 26,
      x: named
        ? { type: 'band', domain: bins.map(label), label: null, tickSize: 0 }
        : { label: null, ticks: 4, tickFormat: id === 'year' ? 'd' : undefined },
      y: { axis: null },
      marks: [
        named
          ? plot.barY(bins, {
              x: label,
              y: 'count',
              fill: ACCENT,
              inset: 1,
              title: (b) => `${label(b)}: ${number(b.count)} songs`,
              tip: true,
            })
          : plot.rectY(bins, {
              x1: 'from',
              x2: 'to',
              y: 'count',
              fill: ACCENT,
              inset: 0.5,
              title: (b) => `${label(b)}: ${number(b.count)} songs`,
              tip: true,
            }),
        plot.ruleY([0], { stroke: INK }),
        ...(named || median === null ? [] : [plot.ruleX([median], { stroke: 'var(--ink)', strokeDasharray: '3 3' })]),
      ],
    }),
  };
}

function correlations({ correlations: { names, values } }: ExploreData, plot: Plot): ExploreFigure {
  const cells = values.flatMap((r, i) => {
    const row = Math.floor(i / names.length);
    const column = i % names.length;
    return r === null || row === column ? [] : [{ a: names[column]!, b: names[row]!, r }];
  });
  return {
    section: 'relations',
    size: 'wide',
    title: 'Which features go together',
    note: "Pearson's correlation over the songs that know both: teal together, red against each other.",
    options: (width) => {
      const narrow = width < 640;
      const left = narrow ? 92 : 120;
      return {
        height: Math.min(660, Math.max(360, width * 0.6)),
        marginLeft: left,
        marginTop: 92,
        x: { domain: names, label: null, axis: 'top', tickRotate: -45, tickSize: 0 },
        y: { domain: names, label: null, tickSize: 0 },
        marks: [
          plot.cell(cells, {
            x: 'a',
            y: 'b',
            fill: (c) => (c.r > 0 ? SECOND : ACCENT),
            fillOpacity: (c) => Math.min(1, Math.abs(c.r)),
            inset: 1,
            title: (c) => `${c.a} and ${c.b}: ${c.r.toFixed(2)}`,
            tip: true,
          }),
          ...(narrow
            ? []
            : [
                plot.text(cells, {
                  x: 'a',
                  y: 'b',
                  text: (c) => c.r.toFixed(2).replace('0.', '.'),
                  fill: 'var(--ink)',
                  fontSize: 10,
                }),
              ]),
        ],
        // The accessors name colours themselves.
        color: { type: 'identity' },
        opacity: { type: 'identity' },
      };
    },
  };
}

function years({ byYear, features }: ExploreData, plot: Plot): ExploreFigure[] {
  if (byYear.length < 2) return [];
  const lines = SHARES.flatMap((id) =>
    byYear.flatMap(({ year, means }) => (means[id] == null ? [] : [{ id, year, mean: means[id] }])),
  );
  const last = byYear.at(-1)!.year;
  const ends = apart(lines.filter(({ year }) => year === last));
  const single = (id: string): ExploreFigure[] => {
    const points = byYear.flatMap(({ year, tracks, means }) =>
      means[id] == null ? [] : [{ year, tracks, mean: means[id] }],
    );
    const feature = features.find((f) => f.id === id);
    if (points.length < 2 || !feature) return [];
    return [
      {
        section: 'years',
        size: 'half',
        title: feature.title,
        note: `Mean by release year${feature.unit ? `, ${feature.unit}` : ''}`,
        options: () => ({
          height: 200,
          x: { tickFormat: 'd', label: null, ticks: 6 },
          y: { grid: true, label: null, ticks: 5 },
          marks: [
            plot.lineY(points, { x: 'year', y: 'mean', stroke: ACCENT, strokeWidth: 2 }),
            plot.dot(points, {
              x: 'year',
              y: 'mean',
              fill: ACCENT,
              r: 2,
              title: (p) => `${p.year}: ${number(p.mean)} over ${number(p.tracks)} songs`,
              tip: true,
            }),
          ],
        }),
      },
    ];
  };
  const wide: ExploreFigure[] =
    lines.length === 0
      ? []
      : [
          {
            section: 'years',
            size: 'wide',
            title: 'How the sound changed',
            note: 'Means by release year, for years with at least five songs.',
            options: (width) => ({
              height: Math.max(280, Math.min(420, width * 0.4)),
              marginRight: 116,
              x: { tickFormat: 'd', label: null },
              y: { domain: [0, 1], grid: true, label: null, ticks: 5 },
              marks: [
                plot.lineY(lines, {
                  x: 'year',
                  y: 'mean',
                  z: 'id',
                  stroke: (l) => clusterColour(SHARES.indexOf(l.id)),
                  strokeWidth: 2,
                }),
                plot.text(ends, {
                  x: 'year',
                  y: 'place',
                  text: 'id',
                  textAnchor: 'start',
                  dx: 8,
                  fill: (l) => clusterColour(SHARES.indexOf(l.id)),
                }),
                plot.tip(
                  lines,
                  plot.pointer({ x: 'year', y: 'mean', title: (l) => `${l.id} in ${l.year}: ${number(l.mean)}` }),
                ),
              ],
              color: { type: 'identity' },
            }),
          },
        ];
  return [...wide, ...single('loudness'), ...single('tempo'), ...single('duration'), ...single('popularity')];
}

/** Heights for labels at the ends of lines, at least 0.05 from each other and as near to their lines as that allows. */
function apart<T extends { mean: number }>(ends: readonly T[]): (T & { place: number })[] {
  const placed = [...ends].sort((a, b) => a.mean - b.mean).map((end) => ({ ...end, place: end.mean }));
  for (let i = 1; i < placed.length; i++) placed[i]!.place = Math.max(placed[i]!.place, placed[i - 1]!.place + 0.05);
  return placed;
}

function genres({ byGenre, features }: ExploreData, plot: Plot): ExploreFigure {
  const shown = features.filter(({ id, known }) => known > 0 && id !== 'key');
  const cells = byGenre.flatMap(({ genre, means }) =>
    shown.flatMap(({ id, title }) => (means[id] == null ? [] : [{ genre, title, z: means[id] }])),
  );
  return {
    section: 'genres',
    size: 'wide',
    title: 'What the largest genres sound like',
    note: 'Mean of each feature in standard deviations from that of all songs: teal above, red below.',
    options: (width) => ({
      height: 22 * byGenre.length + 100,
      marginLeft: Math.min(170, width * 0.32),
      marginTop: 92,
      x: { domain: shown.map(({ title }) => title), label: null, axis: 'top', tickRotate: -45, tickSize: 0 },
      y: { domain: byGenre.map(({ genre }) => genre), label: null, tickSize: 0 },
      color: { type: 'identity' },
      opacity: { type: 'identity' },
      marks: [
        plot.cell(cells, {
          x: 'title',
          y: 'genre',
          fill: (c) => (c.z > 0 ? SECOND : ACCENT),
          fillOpacity: (c) => Math.min(1, Math.abs(c.z) / FULL),
          inset: 1,
          title: (c) => `${c.genre}, ${c.title}: ${c.z > 0 ? '+' : ''}${c.z.toFixed(2)}`,
          tip: true,
        }),
      ],
    }),
  };
}

function tail({ popularity: { curve, gini, topShare, unheld, once } }: ExploreData, plot: Plot): ExploreFigure {
  return {
    section: 'popularity',
    size: 'half',
    title: "Popularity's tail",
    note: `The most held 1 % of the songs have ${percent(topShare)} of all entries; Gini ${gini.toFixed(2)}. ${number(once)} songs stand in one list, ${number(unheld)} in none.`,
    options: () => ({
      height: 300,
      x: { type: 'log', label: 'rank of the song', tickFormat: '~s' },
      y: { type: 'log', label: 'lists that hold it', grid: true, tickFormat: '~s' },
      marks: [
        plot.areaY(curve, { x: 'rank', y1: 1, y2: 'owners', fill: SECOND, fillOpacity: 0.15 }),
        plot.lineY(curve, { x: 'rank', y: 'owners', stroke: SECOND, strokeWidth: 2 }),
        plot.tip(
          curve,
          plot.pointerX({ x: 'rank', y: 'owners', title: (p) => `rank ${number(p.rank)}: ${number(p.owners)} lists` }),
        ),
      ],
    }),
  };
}

function lengths({ lengths: bins, counts }: ExploreData, plot: Plot): ExploreFigure {
  const lists = counts.playlists + counts.persons;
  return {
    section: 'popularity',
    size: 'half',
    title: 'How long the lists are',
    note: `${number(lists)} lists with ${number(counts.entries)} entries, ${number(counts.entries / Math.max(1, lists))} each on average.`,
    options: () => ({
      height: 300,
      x: { label: 'songs in a list' },
      y: { label: 'lists', grid: true },
      marks: [
        plot.rectY(bins, {
          x1: 'from',
          x2: 'to',
          y: 'count',
          fill: ACCENT,
          inset: 0.5,
          title: (b) => `${Math.ceil(b.from)} to ${Math.ceil(b.to) - 1} songs: ${number(b.count)} lists`,
          tip: true,
        }),
        plot.ruleY([0], { stroke: INK }),
      ],
    }),
  };
}

function map({ map: { points, method }, clusters, counts }: ExploreData, plot: Plot): ExploreFigure {
  return {
    section: 'map',
    size: 'wide',
    title: 'The songs as a map',
    note: `${number(points.length)} of ${number(counts.tracks)} songs by ${method}, coloured by cluster. Point at one to see what it is.`,
    options: (width) => ({
      height: Math.min(720, width * 0.72),
      margin: 8,
      x: { axis: null },
      y: { axis: null },
      color: { type: 'identity' },
      marks: [
        plot.dot(points, {
          x: 'x',
          y: 'y',
          fill: (p) => clusterColour(p.cluster),
          fillOpacity: 0.75,
          r: width < 640 ? 1.6 : 2.4,
        }),
        plot.tip(
          points,
          plot.pointer({
            x: 'x',
            y: 'y',
            title: (p) =>
              `${p.name}\n${p.artist}${p.year === null ? '' : ` · ${p.year}`}\n${clusters[p.cluster]?.label ?? ''}`,
          }),
        ),
      ],
    }),
  };
}
