import type { View } from './picture.ts';
import { placeNames, type RegionName } from './regions.ts';

/** How names look: CSS values that a canvas understands. */
export interface NameStyle {
  font: string;
  ink: string;
  /** Behind the letters, so that they are read over any colour. */
  halo: string;
}

/** Width of the halo in CSS pixels. */
const HALO = 3;

/**
 * Writes the names of regions into a picture of the map. As a layer of their own over the map, the browser would blend them with it again for
 * every frame; in the picture they move for nothing.
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
