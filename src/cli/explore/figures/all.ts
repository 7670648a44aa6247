import type { ExploreData } from '../../../explore/explore-types.ts';
import { correlations, distribution } from './features.ts';
import type { ExploreFigure, Plot } from './figure.ts';
import { gaps } from './gaps.ts';
import { genres } from './genres.ts';
import { lengths, tail } from './lists.ts';
import { map } from './map.ts';
import { years } from './years.ts';

/** All charts of the data; those without anything to show are left out. */
export function exploreFigures(data: ExploreData, plot: Plot): ExploreFigure[] {
  const figures: ExploreFigure[] = [];
  if (data.counts.tracks > 0) figures.push(gaps(data, plot));
  for (const feature of data.features) if (feature.known > 0) figures.push(distribution(feature, plot));
  const together = correlations(data, plot);
  if (together) figures.push(together);
  figures.push(...years(data, plot));
  if (data.byGenre.length > 0) figures.push(genres(data, plot));
  if (data.popularity.curve.length > 0) figures.push(tail(data, plot), lengths(data, plot));
  if (data.map.points.length > 0) figures.push(map(data, plot));
  return figures;
}
