import type { View } from './picture.ts';

/** The map's points as a painter takes them: finite places, or NaN for a song without one. */
export interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Writes into a picture, in device pixels. */
export type Write = (context: OffscreenCanvasRenderingContext2D, view: View) => void;

/** What turns points into pictures. */
export interface Painter {
  /** Who draws, for people. */
  readonly name: string;
  /** @param palette RGBA of 256 entries @param numbers one palette number a point */
  setColours(palette: Uint8Array, numbers: Uint8Array): void;
  /** The points that stand out, drawn last; each with a palette number of its own. */
  setLit(places: Places, numbers: Uint8Array): void;
  /** The finished picture. @param write adds what lies over the points */
  paint(view: View, write: Write): ImageBitmap;
}

export type PainterChoice = 'graphics' | 'processor';

/** Diameter of a point in CSS pixels: smaller in a crowd, growing a little with the magnification. */
export const diameter = (count: number, zoom: number): number =>
  Math.min(9, (count > 300_000 ? 1.2 : count > 60_000 ? 1.8 : 3.2) * zoom ** 0.45);

/** Lit points are at least this large. */
export const litDiameter = (plain: number): number => Math.max(7, plain + 3);

/** Points below this diameter are squares. */
export const ROUND_FROM = 2.5;

/** Opacity of the points: they step back when some are lit. */
export const opacity = (lit: number): number => (lit > 0 ? 0.35 : 0.8);
