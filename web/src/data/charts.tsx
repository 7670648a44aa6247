import * as Plot from '@observablehq/plot';
import { type ReactNode, useMemo } from 'react';
import type { MapHeader } from '../api/types.ts';
import type { Points } from '../map/points.ts';
import { PlotFigure } from '../ui/plot-figure.tsx';
import { genreName } from '../ui/text.ts';
import { type Bin, energies, histogram, meanByYear } from './summaries.ts';

const HEIGHT = 220;
const ACCENT = 'var(--accent)';
const SECOND = 'var(--second)';
const common = (): Plot.PlotOptions => ({ height: HEIGHT, marginLeft: 48, marginBottom: 42, marginTop: 16 });

const bars = (bins: readonly Bin[], label: string, fill: string) => (): Plot.PlotOptions => ({
  ...common(),
  x: { label, labelAnchor: 'center', tickFormat: (v: number) => String(v) },
  y: { label: 'songs', grid: true, tickFormat: 's' },
  marks: [
    Plot.rectY(bins, { x1: 'from', x2: 'to', y: 'count', fill, insetLeft: 0.5, insetRight: 0.5 }),
    Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
  ],
});

const shares =
  (entries: readonly { label: string; count: number }[], fill: string) =>
  (width: number): Plot.PlotOptions => {
    const top = [...entries]
      .sort((a, b) => b.count - a.count)
      .slice(0, 14)
      .map((e) => ({ label: genreName(e.label, width < 420 ? 20 : 34), count: e.count }));
    return {
      height: 40 + top.length * 21,
      marginLeft: width < 420 ? 140 : 236,
      marginRight: 50,
      x: { label: null, tickFormat: 's', grid: true },
      y: { label: null },
      marks: [
        Plot.barX(top, { x: 'count', y: 'label', fill, insetTop: 2, insetBottom: 2, sort: { y: 'x', reverse: true } }),
        Plot.text(top, {
          x: 'count',
          y: 'label',
          text: (d: { count: number }) => d.count.toLocaleString('en'),
          textAnchor: 'start',
          dx: 5,
        }),
      ],
    };
  };

/** Charts made from the map's columns: they describe this library, whatever it was imported from. */
export default function Charts(props: {
  header: MapHeader;
  points: Points;
  /** The exploration's own charts follow, so charts that would repeat them are left out. */
  explored: boolean;
}): ReactNode {
  const { header, points } = props;
  const charts = useMemo(() => {
    const years = points.columns.get('year') ?? new Int16Array(0);
    const popularity = points.columns.get('popularity') ?? new Int16Array(0);
    const energy = energies(points);
    const known = [...years].filter((y) => y > 0);
    const first = known.length > 0 ? known.reduce((a, b) => Math.min(a, b)) : 1960;
    const last = known.length > 0 ? known.reduce((a, b) => Math.max(a, b)) + 1 : 2020;
    const byYear = meanByYear(years, energy);
    return {
      year: bars(
        histogram(years, (y) => y > 0, first, last, Math.min(60, Math.max(1, last - first))),
        'release year',
        ACCENT,
      ),
      energy: bars(
        histogram(energy, (v) => !Number.isNaN(v), 0, 1, 40),
        'energy',
        SECOND,
      ),
      popularity: bars(
        histogram(popularity, (v) => v >= 0 && v <= 100, 0, 100, 50),
        'popularity',
        ACCENT,
      ),
      energyByYear: (): Plot.PlotOptions => ({
        ...common(),
        x: { label: 'release year', labelAnchor: 'center', tickFormat: 'd' },
        y: { label: 'mean energy', grid: true },
        marks: [
          Plot.lineY(byYear, { x: 'year', y: 'mean', stroke: SECOND, strokeWidth: 2, curve: 'monotone-x' }),
          Plot.dot(byYear, { x: 'year', y: 'mean', r: 1.8, fill: SECOND }),
        ],
      }),
      clusters: shares(header.clusters, ACCENT),
      genres: shares(header.genres, SECOND),
    };
  }, [header, points]);
  return (
    <div className="chart-grid">
      {!props.explored && (
        <>
          <PlotFigure title="Release years" options={charts.year} />
          <PlotFigure title="Popularity" note="From 0 to 100, where known" options={charts.popularity} />
          <PlotFigure title="Energy" options={charts.energy} />
          <PlotFigure
            title="Energy over the years"
            note="Years with at least five songs"
            options={charts.energyByYear}
          />
        </>
      )}
      {header.genres.length > 0 && (
        <PlotFigure title="Genres" note="Songs in the most common genres" options={charts.genres} />
      )}
      {header.clusters.length > 0 && (
        <PlotFigure title="Sound clusters" note="Songs in each cluster, as on the map" options={charts.clusters} />
      )}
    </div>
  );
}
