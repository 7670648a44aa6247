import * as Plot from '@observablehq/plot';
import type { Explore } from '../../api/types.ts';
import { clean } from '../../ui/text.ts';

/** One colour per cluster: hues spread by the golden angle, three lightnesses, legible on light and dark. */
export const clusterColour = (cluster: number): string =>
  `oklch(${[0.66, 0.74, 0.58][cluster % 3]} 0.14 ${Math.round((cluster * 137.5) % 360)})`;

/** Means of one feature by release year; null when fewer than two years have one. */
export function yearOptions(data: Explore, id: string): (() => Plot.PlotOptions) | null {
  const points = data.byYear.flatMap(({ year, tracks, means }) => {
    const mean = means[id];
    return typeof mean === 'number' ? [{ year, tracks, mean }] : [];
  });
  if (points.length < 2) return null;
  return () => ({
    height: 200,
    x: { tickFormat: 'd', label: null, ticks: 6 },
    y: { grid: true, label: null, ticks: 5 },
    marks: [
      Plot.lineY(points, { x: 'year', y: 'mean', stroke: 'var(--accent)', strokeWidth: 2 }),
      Plot.dot(points, {
        x: 'year',
        y: 'mean',
        fill: 'var(--accent)',
        r: 2,
        title: (p: (typeof points)[number]) =>
          `${p.year}: ${p.mean.toFixed(2)} over ${p.tracks.toLocaleString('en')} songs`,
        tip: true,
      }),
    ],
  });
}

/** The sampled songs on the plane of the taste map. */
export const mapOptions =
  ({ map: { points }, clusters }: Explore) =>
  (width: number): Plot.PlotOptions => ({
    height: Math.min(720, width * 0.72),
    margin: 8,
    x: { axis: null },
    y: { axis: null },
    color: { type: 'identity' },
    marks: [
      Plot.dot(points, {
        x: 'x',
        y: 'y',
        fill: (p: (typeof points)[number]) => clusterColour(p.cluster),
        fillOpacity: 0.75,
        r: width < 640 ? 1.6 : 2.4,
      }),
      Plot.tip(
        points,
        Plot.pointer({
          x: 'x',
          y: 'y',
          title: (p: (typeof points)[number]) =>
            [
              clean(p.name, 60),
              `${clean(p.artist, 60)}${p.year === null ? '' : ` · ${p.year}`}`,
              clusters[p.cluster]?.label ?? '',
            ].join('\n'),
        }),
      ),
    ],
  });
