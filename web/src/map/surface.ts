import type { Bounds, Camera, Size } from './camera.ts';
import type { FromWorker, ToWorker } from './map-worker.ts';
import type { NameStyle } from './name-writer.ts';
import type { PainterChoice, Places } from './painter.ts';
import { isStale, placeOf, type View, viewOf } from './picture.ts';
import type { RegionName } from './regions.ts';

/** Storage key that forces a painter, for comparisons: "graphics" or "processor". */
const CHOICE_KEY = 'segue-map-painter';

export interface Drawn {
  pictures: number;
  tookMs: number;
  painter: string;
}

function chosen(): PainterChoice | undefined {
  const choice = localStorage.getItem(CHOICE_KEY);
  return choice === 'graphics' || choice === 'processor' ? choice : undefined;
}

/**
 * A canvas that shows pictures drawn by a worker. A picture is larger than the window: while the map moves, the main thread only shifts and scales
 * the canvas, and requests another picture when this one can no longer be used. At most one is being drawn at a time.
 */
export class MapSurface {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: ImageBitmapRenderingContext;
  private readonly worker: Worker;
  private readonly bounds: Bounds;
  private readonly onDrawn: (drawn: Drawn) => void;
  private readonly onState: (state: 'drawing' | 'idle') => void;
  private window: Size = { width: 1, height: 1 };
  private camera: Camera = { x: 0, y: 0, scale: 1 };
  private home: Camera = this.camera;
  private shown: View | null = null;
  private frame = 0;
  private busy = false;
  private repaint = false;
  private pictures = 0;

  /** @throws Error when the browser cannot draw in a worker */
  constructor(
    canvas: HTMLCanvasElement,
    places: Places,
    bounds: Bounds,
    listeners: {
      onDrawn: (drawn: Drawn) => void;
      /** Idle: the window shows everything requested. */
      onState: (state: 'drawing' | 'idle') => void;
      onUnable: (message: string) => void;
    },
  ) {
    const context = canvas.getContext('bitmaprenderer');
    if (!context || !('OffscreenCanvas' in window)) throw new Error('This browser can’t draw the map.');
    this.canvas = canvas;
    this.context = context;
    this.bounds = bounds;
    this.onDrawn = listeners.onDrawn;
    this.onState = listeners.onState;
    this.worker = new Worker(new URL('./map-worker.ts', import.meta.url), { type: 'module' });
    this.worker.onerror = () => listeners.onUnable('The part of the page that draws the map couldn’t load.');
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'unable') listeners.onUnable(data.message);
      else this.show(data);
    };
    this.say({ kind: 'open', places, choice: chosen() });
  }

  setColours(palette: Uint8Array, numbers: Uint8Array): void {
    this.say({ kind: 'colours', palette, numbers });
    this.request(true);
  }

  setLit(places: Places, numbers: Uint8Array): void {
    this.say({ kind: 'lit', places, numbers });
    this.request(true);
  }

  setNames(names: readonly RegionName[], style: NameStyle): void {
    this.say({ kind: 'names', names, style });
    this.request(true);
  }

  resize(window: Size, home: Camera): void {
    this.window = window;
    this.home = home;
    this.request(false);
  }

  look(camera: Camera): void {
    this.camera = camera;
    this.request(false);
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    this.worker.terminate();
  }

  private say(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private request(repaint: boolean): void {
    this.repaint ||= repaint;
    // Moving rarely needs a new picture; then nothing on the page changes except the canvas.
    if (repaint) this.onState('drawing');
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.place();
      this.ask();
    });
  }

  private place(): void {
    if (!this.shown) return;
    const { x, y, scale } = placeOf(this.shown, this.camera, this.window);
    this.canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }

  private ask(): void {
    if (this.busy) return;
    const view = viewOf(this.camera, this.window, window.devicePixelRatio, this.home);
    if (!this.repaint && !isStale(this.shown, view, this.window, this.bounds)) {
      this.onState('idle');
      return;
    }
    this.busy = true;
    this.repaint = false;
    this.onState('drawing');
    this.say({ kind: 'paint', view });
  }

  private show({ picture, view, tookMs, painter }: FromWorker & { kind: 'picture' }): void {
    this.context.transferFromImageBitmap(picture);
    this.canvas.style.width = `${view.size.width}px`;
    this.canvas.style.height = `${view.size.height}px`;
    this.shown = view;
    this.busy = false;
    this.place();
    this.onDrawn({ pictures: ++this.pictures, tookMs, painter });
    this.request(false);
  }
}
