import type { Bounds, Camera, Size } from './camera.ts';

/** A picture of the map that is larger than the window, so that moving shifts it instead of redrawing it. Pure. */
export interface View {
  readonly camera: Camera;
  /** Of the whole picture, in CSS pixels. */
  readonly size: Size;
  /** Size of the window, in the middle of the picture. */
  readonly window: Size;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  /** Zoom relative to the whole map: points grow slightly with it. */
  readonly zoom: number;
}

/** Margin on each side, as a share of the window. */
const MARGIN = 0.25;
/** A picture of this many device pixels takes 64 MB; larger windows get a coarser one. */
const MOST_PIXELS = 16_000_000;

/** What to draw for a window seen through a camera. @param devicePixels per CSS pixel; more than 2 is not worth the memory */
export function viewOf(camera: Camera, window: Size, devicePixels: number, home: Camera): View {
  const size = {
    width: window.width + 2 * Math.ceil(window.width * MARGIN),
    height: window.height + 2 * Math.ceil(window.height * MARGIN),
  };
  const ratio = Math.min(2, devicePixels, Math.sqrt(MOST_PIXELS / (size.width * size.height)));
  return { camera, size, window, ratio, zoom: camera.scale / home.scale };
}

/** Position of a drawn picture for a window with another camera: its top left corner in CSS pixels and its magnification. */
export function placeOf(drawn: View, camera: Camera, window: Size): { x: number; y: number; scale: number } {
  const scale = camera.scale / drawn.camera.scale;
  return {
    x: window.width / 2 + (drawn.camera.x - camera.x) * camera.scale - (scale * drawn.size.width) / 2,
    y: window.height / 2 - (drawn.camera.y - camera.y) * camera.scale - (scale * drawn.size.height) / 2,
    scale,
  };
}

/**
 * Whether a picture can no longer be used for another view: size or magnification differ, or the window and half of the margin around it show a part
 * of the map that the picture lacks.
 */
export function isStale(drawn: View | null, wanted: View, window: Size, bounds: Bounds): boolean {
  if (!drawn || drawn.camera.scale !== wanted.camera.scale || drawn.ratio !== wanted.ratio) return true;
  if (drawn.size.width !== wanted.size.width || drawn.size.height !== wanted.size.height) return true;
  const { scale } = wanted.camera;
  const lacks = (at: number, was: number, inner: number, outer: number, min: number, max: number): boolean => {
    const reach = (inner + outer) / 4 / scale;
    const has = outer / 2 / scale;
    const low = Math.max(at - reach, min);
    const high = Math.min(at + reach, max);
    return low < high && (low < was - has || high > was + has);
  };
  return (
    lacks(wanted.camera.x, drawn.camera.x, window.width, wanted.size.width, bounds.minX, bounds.maxX) ||
    lacks(wanted.camera.y, drawn.camera.y, window.height, wanted.size.height, bounds.minY, bounds.maxY)
  );
}
