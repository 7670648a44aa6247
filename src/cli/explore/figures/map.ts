import type { ExploreData } from '../../../explore/explore-types.ts';
import { clusterColour, type ExploreFigure, number, type Plot } from './figure.ts';

export function map({ map: { points, method }, clusters, counts }: ExploreData, plot: Plot): ExploreFigure {
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
