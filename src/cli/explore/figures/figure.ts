import type * as PlotModule from '@observablehq/plot';
import type { ExploreData } from '../../../explore/explore-types.ts';

/**
 * The exploration charts as options of Observable Plot. The page carries these files one after another as they are, so they import
 * nothing but each other and types, and no two of them declare the same name. Colours are variables of the style sheet, thus right in light and dark.
 */
export interface ExploreFigure {
  section: 'gaps' | 'features' | 'relations' | 'years' | 'genres' | 'popularity' | 'map';
  /** small: several beside each other; wide: the whole line. */
  size: 'small' | 'half' | 'wide';
  title: string;
  note?: string;
  options: (width: number) => PlotModule.PlotOptions;
}

export type Plot = typeof PlotModule;
export type Feature = ExploreData['features'][number];

export const INK = 'var(--ink-2)';
export const FAINT = 'var(--line)';
export const ACCENT = 'var(--accent)';
export const SECOND = 'var(--second)';

/** Up to two digits behind the point, thousands apart, a minus that is one. */
export const number = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: 2 }).replace('-', '−');
export const percent = (value: number): string => `${(100 * value).toFixed(value > 0 && value < 0.1 ? 1 : 0)} %`;

/** A colour per cluster, told apart by hue and lightness and legible on light and dark. */
export const clusterColour = (cluster: number): string =>
  `oklch(${[0.66, 0.74, 0.58][cluster % 3]} 0.14 ${Math.round((cluster * 137.5) % 360)})`;
