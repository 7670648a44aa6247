/** The visible part of the map: the world point at the centre of the canvas, and the number of pixels per world unit. Pure. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Bounds {
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
}

/** Zoom relative to the whole map. */
const MIN_ZOOM = 0.5;
const MAX_ZOOM = 400;

/** The bounds of the finite points; null when there are none. */
export function boundsOf(xs: Float32Array, ys: Float32Array): Bounds | null {
  let [minX, maxX, minY, maxY] = [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i]!;
    const y = ys[i]!;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return minX <= maxX ? { minX, maxX, minY, maxY } : null;
}

/** The camera that shows the whole bounds with a margin. */
export function fit(bounds: Bounds, size: Size, margin = 0.06): Camera {
  const width = Math.max(bounds.maxX - bounds.minX, 1e-6);
  const height = Math.max(bounds.maxY - bounds.minY, 1e-6);
  return {
    x: (bounds.minX + bounds.maxX) / 2,
    y: (bounds.minY + bounds.maxY) / 2,
    scale: Math.min(size.width / width, size.height / height) * (1 - 2 * margin),
  };
}

/** Canvas pixels, y downwards. */
export function toScreen(camera: Camera, size: Size, x: number, y: number): [number, number] {
  return [size.width / 2 + (x - camera.x) * camera.scale, size.height / 2 - (y - camera.y) * camera.scale];
}

export function toWorld(camera: Camera, size: Size, px: number, py: number): [number, number] {
  return [camera.x + (px - size.width / 2) / camera.scale, camera.y - (py - size.height / 2) / camera.scale];
}

export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y + dy / camera.scale };
}

/** Zooms by a factor, keeping the world point under (px, py) in place. @param home the camera that shows everything */
export function zoomAt(camera: Camera, size: Size, px: number, py: number, factor: number, home: Camera): Camera {
  const scale = Math.min(home.scale * MAX_ZOOM, Math.max(home.scale * MIN_ZOOM, camera.scale * factor));
  const [x, y] = toWorld(camera, size, px, py);
  return { scale, x: x - (px - size.width / 2) / scale, y: y + (py - size.height / 2) / scale };
}
