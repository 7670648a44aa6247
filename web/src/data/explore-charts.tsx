import * as Plot from '@observablehq/plot';
import { type ReactNode, useMemo } from 'react';
import type { Explore } from '../api/types.ts';
import { apart } from '../ui/apart.ts';
import { PlotFigure } from '../ui/plot-figure.tsx';
import { genreName } from '../ui/text.ts';
import './explore-charts.css';
import { type Cell, cellsOf, genreCells } from './explore-data.ts';

const ACCENT = 'var(--accent)';
const SECOND = 'var(--second)';
const LINE = 'var(--line-strong)';
/** Features drawn over the years, all on one scale of 0–1. */
const COURSES = ['energy', 'danceability', 'valence', 'acousticness', 'instrumentalness'];
/** One decimal with a true minus sign; a value that rounds to zero has no sign. */
const signed = (value: number): string =>
  value
    .toFixed(1)
    .replace(/^-0\.0$/, '0.0')
    .replace('-', '−');
const percent = (part: number): string => `${Math.round(part * 100)}%`;

/** Diverging colours from cool through the page's background to warm. @param value −1 to 1 */
const diverging = (value: number | null): string => {
  if (value === null) return 'transparent';
  const strength = Math.round(Math.min(1, Math.abs(value)) * 100);
  return `color-mix(in oklab, ${value < 0 ? SECOND : ACCENT} ${strength}%, var(--sunken))`;
};

const heat =
  (cells: readonly Cell[], rows: number, spread: number) =>
  (width: number): Plot.PlotOptions => ({
    height: 96 + rows * 22,
    marginLeft: width < 500 ? 104 : 132,
    marginBottom: 96,
    x: { label: null, tickRotate: -45 },
    y: { label: null },
    marks: [
      Plot.cell(cells, {
        x: 'column',
        y: 'row',
        fill: (d: Cell) => diverging(d.value === null ? null : d.value / spread),
        inset: 0.5,
        sort: { x: null, y: null },
      }),
      ...(width > 620
        ? [
            Plot.text(cells, {
              x: 'column',
              y: 'row',
              text: (d: Cell) => (d.value === null ? '' : signed(d.value)),
              fontSize: 10,
              fill: 'var(--ink)',
            }),
          ]
        : []),
    ],
  });

const NOTES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'];
/** Words for the values of categorical features. */
const WORDS: Readonly<Record<string, readonly string[]>> = { mode: ['minor', 'major'], key: NOTES };

/** The page's name for a feature, in words that need no explanation. */
const titleOf = (title: string): string => (title === 'valence' ? 'mood (sad–happy)' : title);
const meaningOf = ({ id, meaning, unit }: Explore['features'][number]): string => {
  if (id === 'mode' || id === 'key') return `the song’s ${id}`;
  return unit && unit !== meaning ? `${meaning}, ${unit}` : meaning;
};

/** Songs by named value: a mode is major or minor, not 0.7. */
const named = (feature: Explore['features'][number], words: readonly string[]) => (): Plot.PlotOptions => {
  const bars = words.map((word, value) => ({
    word,
    count: feature.bins.reduce((sum, b) => (Math.round(b.from) === value ? sum + b.count : sum), 0),
  }));
  return {
    height: 120,
    marginLeft: 8,
    marginRight: 8,
    marginTop: 6,
    marginBottom: 24,
    x: { label: null, domain: [...words], padding: 0.15 },
    y: { axis: null },
    marks: [Plot.barY(bars, { x: 'word', y: 'count', fill: SECOND }), Plot.ruleY([0], { stroke: LINE })],
  };
};

const distribution = (feature: Explore['features'][number]) => (): Plot.PlotOptions => ({
  height: 120,
  marginLeft: 8,
  marginRight: 8,
  marginTop: 6,
  marginBottom: 24,
  x: { label: null, ticks: 4, tickFormat: (v: number) => String(v) },
  y: { axis: null },
  marks: [
    Plot.rectY(feature.bins, { x1: 'from', x2: 'to', y: 'count', fill: SECOND, insetLeft: 0.5 }),
    Plot.ruleY([0], { stroke: LINE }),
    ...(feature.median === null ? [] : [Plot.ruleX([feature.median], { stroke: ACCENT, strokeWidth: 2 })]),
  ],
});

/** Minimum distance between two names at the ends of the lines, on the scale of 0–1. */
const NAME_GAP = 0.065;

const courses = (data: Explore) => (): Plot.PlotOptions => {
  const titles = new Map(data.features.map((f) => [f.id, titleOf(f.title)]));
  const rows = data.byYear.flatMap(({ year, means }) =>
    COURSES.flatMap((id) =>
      typeof means[id] === 'number' ? [{ year, value: means[id], feature: titles.get(id) ?? id }] : [],
    ),
  );
  const last = data.byYear.at(-1)?.year;
  const ends = apart(
    rows.filter((r) => r.year === last),
    NAME_GAP,
    1,
  );
  return {
    height: 280,
    marginLeft: 40,
    marginRight: 112,
    x: { label: null, tickFormat: 'd' },
    y: { label: 'mean', grid: true, domain: [0, 1] },
    color: { range: [ACCENT, SECOND, 'var(--ink)', 'var(--good)', 'var(--ink-3)'] },
    marks: [
      Plot.lineY(rows, { x: 'year', y: 'value', stroke: 'feature', strokeWidth: 1.8, curve: 'monotone-x' }),
      Plot.text(ends, { x: 'year', y: 'at', text: 'feature', textAnchor: 'start', dx: 6 }),
    ],
  };
};

const tail = (data: Explore) => (): Plot.PlotOptions => ({
  height: 240,
  marginLeft: 48,
  marginBottom: 42,
  x: { type: 'log', label: 'song rank', labelAnchor: 'center', tickFormat: '~s', grid: true },
  y: { type: 'log', label: 'playlists with the song', tickFormat: '~s', grid: true },
  marks: [
    Plot.lineY(data.popularity.curve, { x: 'rank', y: 'owners', stroke: ACCENT, strokeWidth: 2 }),
    Plot.dot(data.popularity.curve, { x: 'rank', y: 'owners', r: 1.8, fill: ACCENT }),
  ],
});

const lengths = (data: Explore) => (): Plot.PlotOptions => ({
  height: 240,
  marginLeft: 48,
  marginBottom: 42,
  x: { label: 'songs in a playlist', labelAnchor: 'center' },
  y: { label: 'playlists', grid: true, tickFormat: '~s' },
  marks: [
    Plot.rectY(data.lengths, { x1: 'from', x2: 'to', y: 'count', fill: SECOND, insetLeft: 0.5 }),
    Plot.ruleY([0], { stroke: LINE }),
  ],
});

const gaps =
  (data: Explore) =>
  (width: number): Plot.PlotOptions => ({
    height: 36 + data.gaps.length * 26,
    marginLeft: width < 420 ? 128 : 190,
    marginRight: 44,
    x: { domain: [0, 1], axis: null },
    y: { label: null },
    marks: [
      Plot.barX(data.gaps, {
        x: () => 1,
        y: 'what',
        fill: 'var(--line)',
        insetTop: 5,
        insetBottom: 5,
        sort: { y: null },
      }),
      Plot.barX(data.gaps, {
        x: (d: Explore['gaps'][number]) => (d.of > 0 ? d.known / d.of : 0),
        y: 'what',
        fill: ACCENT,
        insetTop: 5,
        insetBottom: 5,
        sort: { y: null },
      }),
      Plot.text(data.gaps, {
        x: () => 1,
        y: 'what',
        text: (d: Explore['gaps'][number]) => (d.of > 0 ? percent(d.known / d.of) : '–'),
        textAnchor: 'start',
        dx: 6,
      }),
    ],
  });

/** The charts of the exploration: what the songs sound like, how features are related, and how playlists use them. */
export default function ExploreCharts(props: { data: Explore }): ReactNode {
  const { data } = props;
  const charts = useMemo(() => {
    const genres = data.byGenre.slice(0, 18).map((g) => ({ ...g, genre: genreName(g.genre, 24) }));
    return {
      gaps: gaps(data),
      tail: tail(data),
      lengths: lengths(data),
      courses: courses(data),
      correlations: heat(
        cellsOf(data.correlations.names.map(titleOf), data.correlations.values),
        data.correlations.names.length,
        1,
      ),
      genres: heat(
        genreCells(
          genres,
          data.features.map((f) => ({ ...f, title: titleOf(f.title) })),
        ),
        genres.length,
        1.5,
      ),
      features: data.features
        .filter((f) => f.known > 0)
        .map((f) => ({ feature: f, options: WORDS[f.id] ? named(f, WORDS[f.id]!) : distribution(f) })),
    };
  }, [data]);
  const { gini, topShare, unheld, once } = data.popularity;
  return (
    <div className="explore">
      <div className="chart-grid">
        <PlotFigure title="How complete the data is" options={charts.gaps} />
        <PlotFigure
          title="The long tail"
          note={`The top 1% of songs take ${percent(topShare)} of all entries (Gini ${gini.toFixed(2)}); ${once.toLocaleString('en')} songs are on one playlist, ${unheld.toLocaleString('en')} on none`}
          options={charts.tail}
        />
        <PlotFigure title="Playlist length" options={charts.lengths} />
        {data.byYear.length > 1 && <PlotFigure title="Sound over the years" options={charts.courses} />}
      </div>
      <h3>Every feature (line: median)</h3>
      <div className="chart-grid small">
        {charts.features.map(({ feature, options }) => (
          <PlotFigure key={feature.id} title={titleOf(feature.title)} note={meaningOf(feature)} options={options} />
        ))}
      </div>
      <div className="chart-grid large">
        <PlotFigure
          title="Correlated features"
          note="Pearson’s r: warm pairs rise together, cool pairs move apart"
          options={charts.correlations}
        />
        {data.byGenre.length > 0 && (
          <PlotFigure
            title="How the biggest genres differ"
            note="In standard deviations from this library’s mean"
            options={charts.genres}
          />
        )}
      </div>
    </div>
  );
}
