import type { Points } from './points.ts';

/** Colours of the map: a palette of 256 entries, and an entry number for each point. Entry 255 = unknown. */
export const UNKNOWN = 255;
export type ColourBy = 'cluster' | 'genre' | 'year' | 'energy' | 'popularity';
export type Rgb = readonly [number, number, number];

/** OKLCH → sRGB, each 0–255 (Ottosson 2020); out-of-gamut values are clipped. @param hue degrees */
export function oklch(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const gamma = (x: number): number => {
    const c = Math.min(1, Math.max(0, x));
    return Math.round(255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055));
  };
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Hues spread evenly over n groups; three lightnesses keep adjacent hues distinguishable. */
export function categorical(n: number, dark: boolean): Rgb[] {
  const base = dark ? 0.7 : 0.56;
  return Array.from({ length: n }, (_, i) => oklch(base + ((i % 3) - 1) * 0.1, 0.14, (30 + (i * 360) / n) % 360));
}

/** From cool and pale to warm and strong. @param t 0–1 */
export function sequential(t: number, dark: boolean): Rgb {
  const lightness = dark ? 0.42 + 0.4 * t : 0.78 - 0.34 * t;
  return oklch(lightness, 0.06 + 0.1 * t, 215 - 175 * t);
}

export const unknownColour = (dark: boolean): Rgb => (dark ? [82, 90, 90] : [178, 185, 182]);

/** Groups with a colour of their own; more could not be distinguished. */
const COLOURED = 20;

/** The colour of each group by number: the largest have their own, the others are coloured like unknown. */
export function groupColours(groups: readonly { count: number }[], dark: boolean): Rgb[] {
  const order = groups.map((_, i) => i).sort((a, b) => groups[b]!.count - groups[a]!.count || a - b);
  const colours = categorical(Math.min(COLOURED, Math.max(1, groups.length)), dark);
  const out = groups.map(() => unknownColour(dark));
  order.slice(0, COLOURED).forEach((group, rank) => {
    out[group] = colours[rank]!;
  });
  return out;
}

/** RGBA of the 256 entries. @param groups the clusters or genres, when these determine the colour */
export function palette(by: ColourBy, dark: boolean, groups: readonly { count: number }[]): Uint8Array {
  const out = new Uint8Array(256 * 4);
  const list = by === 'cluster' || by === 'genre' ? groupColours(groups, dark) : null;
  for (let i = 0; i < 256; i++) {
    const colour = list ? list[i] : i === UNKNOWN ? undefined : sequential(i / 254, dark);
    out.set([...(colour ?? unknownColour(dark)), 255], i * 4);
  }
  return out;
}

/** The range covered by the colours: for years the middle 98% of the songs, so that a few old ones do not compress the rest. */
export function domainOf(by: ColourBy, points: Points): [number, number] {
  if (by !== 'year') return by === 'popularity' ? [0, 100] : [0, 1];
  const years = points.columns.get('year');
  if (!years) return [0, 1];
  const known = years.filter((year) => year > 0).sort();
  if (known.length === 0) return [0, 1];
  const [low, high] = [known[Math.floor(known.length * 0.01)]!, known[Math.floor((known.length - 1) * 0.99)]!];
  return high > low ? [low, high] : [low, low + 1];
}

/** Palette entries of all points; null when the map lacks the column. Energy may be 0–1 or a byte (255 = unknown). */
export function colourNumbers(by: ColourBy, points: Points, domain: readonly [number, number]): Uint8Array | null {
  const column = points.columns.get(by);
  if (!column) return null;
  const out = new Uint8Array(points.count);
  if (by === 'cluster' || by === 'genre') {
    for (let i = 0; i < out.length; i++) out[i] = Math.min(UNKNOWN, column[i]!);
    return out;
  }
  const [low, high] = domain;
  const bytes = column instanceof Uint8Array && by === 'energy';
  for (let i = 0; i < out.length; i++) {
    const raw = column[i]!;
    const unknown =
      Number.isNaN(raw) || raw < 0 || (by === 'year' && raw === 0) || (column instanceof Uint8Array && raw === UNKNOWN);
    const value = bytes ? raw / 254 : raw;
    out[i] = unknown ? UNKNOWN : Math.round(254 * Math.min(1, Math.max(0, (value - low) / (high - low))));
  }
  return out;
}

export const css = ([r, g, b]: Rgb): string => `rgb(${r} ${g} ${b})`;
