import type { View } from './picture.ts';

/** The map's points as a painter needs them: finite positions, or NaN for a song without one. */
export interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Draws into a picture, in device pixels. */
export type Write = (context: OffscreenCanvasRenderingContext2D, view: View) => void;

/** Turns points into pictures. */
export interface Painter {
  /** Name of the painter, for people. */
  readonly name: string;
  /** @param palette RGBA of 256 entries @param numbers one palette entry per point */
  setColours(palette: Uint8Array, numbers: Uint8Array): void;
  /** Sets the highlighted points, drawn last, each with its own palette entry. */
  setLit(places: Places, numbers: Uint8Array): void;
  /** Draws the finished picture. @param write draws on top of the points */
  paint(view: View, write: Write): ImageBitmap;
}

export type PainterChoice = 'graphics' | 'processor';

/** Diameter of a point in CSS pixels: smaller for many points, growing slightly with magnification. */
export const diameter = (count: number, zoom: number): number =>
  Math.min(9, (count > 300_000 ? 1.2 : count > 60_000 ? 1.8 : 3.2) * zoom ** 0.45);

/** Highlighted points are at least this large. */
export const litDiameter = (plain: number): number => Math.max(7, plain + 3);

/** Points below this diameter are squares. */
export const ROUND_FROM = 2.5;

/** Opacity of the points, which are dimmed when some are highlighted. */
export const opacity = (lit: number): number => (lit > 0 ? 0.35 : 0.8);
