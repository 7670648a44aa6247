import type { ExploreData } from '../../../explore/explore-types.ts';
import { type ExploreFigure, FAINT, INK, number, type Plot, percent, SECOND } from './figure.ts';

export function gaps({ gaps: rows }: ExploreData, plot: Plot): ExploreFigure {
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
