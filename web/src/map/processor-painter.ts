import { diameter, litDiameter, opacity, type Painter, type Places, ROUND_FROM, type Write } from './painter.ts';
import type { View } from './picture.ts';

/** A point's shape: for each of its rows, the start and end in pixels from the point's left edge. */
export interface Stamp {
  readonly side: number;
  readonly from: Uint8Array;
  readonly to: Uint8Array;
}

/** @param pixels diameter in device pixels @param round a disc, else a square */
export function stampOf(pixels: number, round: boolean): Stamp {
  const side = Math.max(1, Math.round(pixels));
  const from = new Uint8Array(side);
  const to = new Uint8Array(side).fill(side);
  for (let row = 0; round && row < side; row++) {
    // Pixels whose centre is inside the circle: (column + ½ − r)² ≤ r² − (row + ½ − r)².
    const half = Math.sqrt(Math.max(0, (side / 2) ** 2 - (row + 0.5 - side / 2) ** 2));
    from[row] = Math.ceil(side / 2 - half - 0.5);
    to[row] = Math.floor(side / 2 + half - 0.5) + 1;
  }
  return { side, from, to };
}

/**
 * Blends a point of opacity a over existing pixels, by their alpha B (0–255), not premultiplied: A′ = a + B(1 − a), C′ = C + (c − C) a / A′ (Porter &
 * Duff 1984, "over"). Weights in 1/256.
 */
export function overTables(alpha: number): { alphas: Uint32Array; weights: Uint16Array } {
  const alphas = new Uint32Array(256);
  const weights = new Uint16Array(256);
  for (let under = 0; under < 256; under++) {
    const after = alpha + (under / 255) * (1 - alpha);
    alphas[under] = Math.round(255 * after);
    weights[under] = Math.round((256 * alpha) / after);
  }
  return { alphas, weights };
}

/**
 * Writes points over pixels, in order.
 * @param pixels little-endian RGBA, not premultiplied, width × height @param palette RGBA of 256 entries @param numbers one entry per point
 */
export function stampPoints(
  pixels: Uint32Array,
  width: number,
  height: number,
  view: View,
  places: Places,
  palette: Uint8Array,
  numbers: Uint8Array,
  stamp: Stamp,
  alpha: number,
): void {
  const { x: xs, y: ys } = places;
  const { side, from, to } = stamp;
  const { alphas, weights } = overTables(alpha);
  const scale = view.camera.scale * view.ratio;
  const left = width / 2 - view.camera.x * scale - side / 2;
  const top = height / 2 + view.camera.y * scale - side / 2;
  for (let i = 0; i < xs.length; i++) {
    const px = Math.round(left + xs[i]! * scale);
    const py = Math.round(top - ys[i]! * scale);
    // Also false for NaN. Points that the edge would cut are skipped; the picture is larger than the window.
    if (!(px >= 0 && py >= 0 && px + side <= width && py + side <= height)) continue;
    const entry = numbers[i]! * 4;
    const red = palette[entry]!;
    const green = palette[entry + 1]!;
    const blue = palette[entry + 2]!;
    for (let row = 0; row < side; row++) {
      const line = (py + row) * width + px;
      for (let at = line + from[row]!; at < line + to[row]!; at++) {
        const old = pixels[at]!;
        const under = old >>> 24;
        const weight = weights[under]!;
        const r = old & 255;
        const g = (old >>> 8) & 255;
        const b = (old >>> 16) & 255;
        pixels[at] =
          (r + (((red - r) * weight) >> 8)) |
          ((g + (((green - g) * weight) >> 8)) << 8) |
          ((b + (((blue - b) * weight) >> 8)) << 16) |
          (alphas[under]! << 24);
      }
    }
  }
}

/** Draws the map's points pixel by pixel: for machines without a graphics card, about twenty times faster than WebGL in software. */
export class ProcessorPainter implements Painter {
  readonly name = 'the processor';
  private readonly places: Places;
  private palette = new Uint8Array(1024);
  private numbers: Uint8Array;
  private lit: Places = { x: new Float32Array(0), y: new Float32Array(0) };
  private litNumbers = new Uint8Array(0);
  private image = new ImageData(1, 1);
  private readonly canvas = new OffscreenCanvas(1, 1);

  constructor(places: Places) {
    this.places = places;
    this.numbers = new Uint8Array(places.x.length);
  }

  setColours(palette: Uint8Array, numbers: Uint8Array): void {
    this.palette = Uint8Array.from(palette);
    this.numbers = Uint8Array.from(numbers);
  }

  setLit(places: Places, numbers: Uint8Array): void {
    this.lit = places;
    this.litNumbers = Uint8Array.from(numbers);
  }

  paint(view: View, write: Write): ImageBitmap {
    const [width, height] = [Math.round(view.size.width * view.ratio), Math.round(view.size.height * view.ratio)];
    if (this.image.width !== width || this.image.height !== height) {
      this.image = new ImageData(width, height);
      Object.assign(this.canvas, { width, height });
    }
    const pixels = new Uint32Array(this.image.data.buffer);
    pixels.fill(0);
    const plain = diameter(this.places.x.length, view.zoom);
    const draw = (places: Places, numbers: Uint8Array, size: number, alpha: number): void => {
      const stamp = stampOf(size * view.ratio, size > ROUND_FROM);
      stampPoints(pixels, width, height, view, places, this.palette, numbers, stamp, alpha);
    };
    draw(this.places, this.numbers, plain, opacity(this.litNumbers.length));
    draw(this.lit, this.litNumbers, litDiameter(plain), 1);
    const context = this.canvas.getContext('2d')!;
    context.putImageData(this.image, 0, 0);
    write(context, view);
    return this.canvas.transferToImageBitmap();
  }
}
