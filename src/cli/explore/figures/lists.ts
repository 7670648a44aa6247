import type { ExploreData } from '../../../explore/explore-types.ts';
import { ACCENT, type ExploreFigure, INK, number, type Plot, percent, SECOND } from './figure.ts';

export function tail({ popularity: { curve, gini, topShare, unheld, once } }: ExploreData, plot: Plot): ExploreFigure {
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

export function lengths({ lengths: bins, counts }: ExploreData, plot: Plot): ExploreFigure {
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
          title: (b) =>
            `${Math.ceil(b.from)} ${b === bins.at(-1) ? 'songs or more' : `to ${Math.ceil(b.to) - 1} songs`}: ${number(b.count)} lists`,
          tip: true,
        }),
        plot.ruleY([0], { stroke: INK }),
      ],
    }),
  };
}
