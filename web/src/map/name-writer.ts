import type { View } from './picture.ts';
import { placeNames, type RegionName } from './regions.ts';

/** Appearance of names, as CSS values that a canvas accepts. */
export interface NameStyle {
  font: string;
  ink: string;
  /** Outline behind the letters, which keeps them legible on any colour. */
  halo: string;
}

/** Width of the halo in CSS pixels. */
const HALO = 3;

/**
 * Draws the names of regions into a picture of the map. As a separate layer over the map, they would have to be blended with it for every frame;
 * inside the picture they move at no cost.
 */
export class NameWriter {
  private names: readonly RegionName[] = [];
  private style: NameStyle | null = null;

  set(names: readonly RegionName[], style: NameStyle): void {
    this.names = names;
    this.style = style;
  }

  /** @param context of a picture in device pixels */
  write(context: OffscreenCanvasRenderingContext2D, { camera, size, window, ratio }: View): void {
    if (!this.style || this.names.length === 0) return;
    const { font, ink, halo } = this.style;
    context.save();
    context.scale(ratio, ratio);
    Object.assign(context, { font, textAlign: 'center', textBaseline: 'middle', lineJoin: 'round' });
    Object.assign(context, { lineWidth: HALO, strokeStyle: halo, fillStyle: ink });
    const widthOf = (text: string): number => context.measureText(text).width + HALO;
    for (const { name, px, py } of placeNames(this.names, camera, size, window, widthOf)) {
      const { text } = this.names[name]!;
      context.strokeText(text, px, py);
      context.fillText(text, px, py);
    }
    context.restore();
  }
}
