import type { ExploreData } from '../../../explore/explore-types.ts';
import { ACCENT, type ExploreFigure, type Feature, INK, number, type Plot, percent, SECOND } from './figure.ts';

const PITCHES = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B'];
/** Features without bounds of their own: songs beyond the last bar count in it. */
const OPEN = ['loudness', 'tempo', 'duration', 'year'];

/** How often each value occurs: of keys, modes and beats by name, of all others as a histogram. */
export function distribution(feature: Feature, plot: Plot): ExploreFigure {
  const names = namesOf(feature.id);
  return names ? frequencies(feature, names, plot) : histogram(feature, plot);
}

function namesOf(id: string): ((value: number) => string) | null {
  if (id === 'key') return (value) => PITCHES[value]!;
  if (id === 'mode') return (value) => (value === 0 ? 'minor' : 'major');
  return id === 'timeSignature' ? String : null;
}

const FRAME = {
  height: 150,
  marginLeft: 12,
  marginRight: 12,
  marginTop: 8,
  marginBottom: 26,
  y: { axis: null },
} as const;

function frequencies({ title, known, bins }: Feature, name: (value: number) => string, plot: Plot): ExploreFigure {
  const bars = bins.map(({ from, count }) => ({ value: name(Math.round(from)), count }));
  const most = bars.reduce((best, bar) => (bar.count > best.count ? bar : best));
  return {
    section: 'features',
    size: 'small',
    title,
    note: `${number(known)} known · most often ${most.value}, ${percent(most.count / known)}`,
    options: () => ({
      ...FRAME,
      x: { type: 'band', domain: bars.map(({ value }) => value), label: null, tickSize: 0 },
      marks: [
        plot.barY(bars, {
          x: 'value',
          y: 'count',
          fill: ACCENT,
          inset: 1,
          title: (b) => `${b.value}: ${number(b.count)} songs`,
          tip: true,
        }),
        plot.ruleY([0], { stroke: INK }),
      ],
    }),
  };
}

function histogram({ id, title, unit, known, mean, median, bins }: Feature, plot: Plot): ExploreFigure {
  // Years have no thousands to set apart and no hundredths.
  const text = id === 'year' ? (value: number): string => String(Math.round(value)) : number;
  // The end bars of these also hold what lies beyond.
  const open = OPEN.includes(id);
  const label = (bin: Feature['bins'][number]): string => {
    if (open && bin === bins.at(-1)) return `${text(bin.from)} or more`;
    if (open && bin === bins[0] && bin.from !== 0) return `less than ${text(bin.to)}`;
    return id === 'year' ? `${bin.from} and ${bin.to - 1}` : `${text(bin.from)} to ${text(bin.to)}`;
  };
  return {
    section: 'features',
    size: 'small',
    title,
    note: `${number(known)} known · mean ${text(mean ?? 0)} · median ${text(median ?? 0)}${unit ? ` ${unit}` : ''}`,
    options: () => ({
      ...FRAME,
      x: { label: null, ticks: 4, tickFormat: id === 'year' ? 'd' : undefined },
      marks: [
        plot.rectY(bins, {
          x1: 'from',
          x2: 'to',
          y: 'count',
          fill: ACCENT,
          inset: 0.5,
          title: (b) => `${label(b)}: ${number(b.count)} songs`,
          tip: true,
        }),
        plot.ruleY([0], { stroke: INK }),
        ...(median === null ? [] : [plot.ruleX([median], { stroke: 'var(--ink)', strokeDasharray: '3 3' })]),
      ],
    }),
  };
}

/** Null when no two features are known together. */
export function correlations({ correlations: { names: all, values } }: ExploreData, plot: Plot): ExploreFigure | null {
  const cells = values.flatMap((r, i) => {
    const row = Math.floor(i / all.length);
    const column = i % all.length;
    return r === null || row === column ? [] : [{ a: all[column]!, b: all[row]!, r }];
  });
  if (cells.length === 0) return null;
  const names = all.filter((name) => cells.some(({ a }) => a === name));
  const text = (r: number): string => r.toFixed(2).replace('0.', '.').replace('-', '−');
  return {
    section: 'relations',
    size: 'wide',
    title: 'Which features go together',
    note: "Pearson's correlation over the songs that know both: teal together, red against each other.",
    options: (width) => {
      const narrow = width < 640;
      const left = narrow ? 92 : 120;
      return {
        height: 110 + names.length * (narrow ? 22 : 36),
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
            title: (c) => `${c.a} and ${c.b}: ${text(c.r)}`,
            tip: true,
          }),
          ...(narrow
            ? []
            : [
                plot.text(cells, {
                  x: 'a',
                  y: 'b',
                  text: (c) => text(c.r),
                  fill: (c) => (Math.abs(c.r) > 0.75 ? 'var(--surface)' : 'var(--ink)'),
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
