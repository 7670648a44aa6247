import type { ExploreData } from '../../../explore/explore-types.ts';
import { ACCENT, clusterColour, type ExploreFigure, number, type Plot } from './figure.ts';

/** Features between 0 and 1 that share one picture over the years. */
const SHARES = ['energy', 'acousticness', 'danceability', 'valence', 'instrumentalness', 'liveness', 'speechiness'];

export function years({ byYear, features }: ExploreData, plot: Plot): ExploreFigure[] {
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
