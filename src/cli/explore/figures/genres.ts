import type { ExploreData } from '../../../explore/explore-types.ts';
import { ACCENT, type ExploreFigure, number, type Plot, SECOND } from './figure.ts';

/** Standard deviations at which a genre's colour is full. */
const FULL = 1.5;

export function genres({ byGenre, features }: ExploreData, plot: Plot): ExploreFigure {
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
          title: (c) => `${c.genre}, ${c.title}: ${c.z > 0 ? '+' : ''}${number(c.z)}`,
          tip: true,
        }),
      ],
    }),
  };
}
