import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { type Bounds, type Camera, fit, pan, type Size, toScreen, toWorld, zoomAt } from './camera.ts';
import { type Grid, nearest, select } from './grid.ts';
import type { Points } from './points.ts';
import { MapRenderer } from './renderer.ts';

export interface Colours {
  palette: Uint8Array;
  numbers: Uint8Array;
}

export interface Lit {
  points: readonly number[];
  /** Palette numbers. */
  numbers: Uint8Array;
}

export interface MapHandle {
  zoom(factor: number): void;
  home(): void;
}

/** How far from a point the pointer may be, in pixels. */
const REACH = 12;
const CLICK_SLACK = 4;
/** Frames further apart than this while dragging: fewer points are drawn until the map rests. */
const SLOW_MS = 40;
const LEAST_SHARE = 0.08;
const KEY_PAN = 60;

/** The map itself: drag to move, wheel or pinch to zoom, drag a line round songs when the lasso is on. */
export function MapCanvas(props: {
  points: Points;
  grid: Grid;
  bounds: Bounds;
  colours: Colours;
  lit: Lit;
  lasso: boolean;
  handle: RefObject<MapHandle | null>;
  onHover: (point: number, px: number, py: number) => void;
  onPick: (point: number) => void;
  onSelect: (points: number[]) => void;
  onUnable: (message: string) => void;
}): ReactNode {
  const { points, grid, bounds, colours, lit } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const line = useRef<SVGPolylineElement>(null);
  const [renderer, setRenderer] = useState<MapRenderer | null>(null);
  const state = useRef<{
    camera: Camera;
    home: Camera;
    size: Size;
    frame: number;
    drawn: number[];
    at: number;
    share: number;
  }>({
    camera: { x: 0, y: 0, scale: 1 },
    home: { x: 0, y: 0, scale: 1 },
    size: { width: 1, height: 1 },
    frame: 0,
    drawn: [],
    at: 0,
    share: 1,
  });
  const pointers = useRef(new Map<number, { x: number; y: number; startX: number; startY: number }>());
  const drawing = useRef<MapRenderer | null>(null);

  const request = useCallback((): void => {
    const s = state.current;
    if (s.frame) return;
    s.frame = requestAnimationFrame((now) => {
      s.frame = 0;
      const waited = now - s.at;
      if (pointers.current.size === 0) s.share = 1;
      else if (waited > SLOW_MS && waited < 1_000) s.share = Math.max(LEAST_SHARE, s.share * 0.6);
      s.at = now;
      drawing.current?.draw(
        s.camera,
        s.size,
        Math.min(2, window.devicePixelRatio),
        s.camera.scale / s.home.scale,
        s.share,
      );
    });
  }, []);
  const { onUnable } = props;

  useEffect(() => {
    const element = canvas.current!;
    try {
      const made = new MapRenderer(element, points);
      drawing.current = made;
      setRenderer(made);
    } catch (error) {
      onUnable(error instanceof Error ? error.message : 'The map cannot be drawn here.');
      return;
    }
    const s = state.current;
    let first = true;
    const observer = new ResizeObserver(() => {
      const box = element.getBoundingClientRect();
      const ratio = Math.min(2, window.devicePixelRatio);
      s.size = { width: Math.max(1, box.width), height: Math.max(1, box.height) };
      element.width = Math.round(s.size.width * ratio);
      element.height = Math.round(s.size.height * ratio);
      s.home = fit(bounds, s.size);
      if (first) s.camera = s.home;
      first = false;
      request();
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(s.frame);
      s.frame = 0;
      drawing.current = null;
    };
  }, [points, bounds, onUnable, request]);

  useEffect(() => {
    renderer?.setColours(colours.palette, colours.numbers);
    request();
  }, [renderer, colours, request]);
  useEffect(() => {
    renderer?.setLit(
      Float32Array.from(lit.points, (i) => points.x[i]!),
      Float32Array.from(lit.points, (i) => points.y[i]!),
      lit.numbers,
    );
    request();
  }, [renderer, lit, points, request]);

  useEffect(() => {
    // React's wheel listeners are passive: the page would scroll along.
    const element = canvas.current!;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const s = state.current;
      s.camera = zoomAt(s.camera, s.size, event.offsetX, event.offsetY, Math.exp(-event.deltaY * 0.0016), s.home);
      request();
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [request]);

  const zoom = (factor: number): void => {
    const s = state.current;
    s.camera = zoomAt(s.camera, s.size, s.size.width / 2, s.size.height / 2, factor, s.home);
    request();
  };
  const home = (): void => {
    state.current.camera = state.current.home;
    request();
  };
  useImperativeHandle(props.handle, () => ({ zoom, home }));

  const at = (px: number, py: number): number => {
    const { camera, size } = state.current;
    const [x, y] = toWorld(camera, size, px, py);
    return nearest(grid, points.x, points.y, x, y, REACH / camera.scale);
  };
  const showLine = (): void => line.current?.setAttribute('points', state.current.drawn.join(' '));

  const onPointerDown = (event: React.PointerEvent): void => {
    const { offsetX: x, offsetY: y } = event.nativeEvent;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, { x, y, startX: x, startY: y });
    if (props.lasso) state.current.drawn = [x, y];
    if (drawing.current) Object.assign(drawing.current.cost, { frames: 0, totalMs: 0, worstMs: 0 });
    props.onHover(-1, 0, 0);
  };
  const onPointerMove = (event: React.PointerEvent): void => {
    const { offsetX: x, offsetY: y } = event.nativeEvent;
    const s = state.current;
    const before = pointers.current.get(event.pointerId);
    if (!before) {
      if (event.pointerType === 'mouse') props.onHover(at(x, y), x, y);
      return;
    }
    if (props.lasso) {
      s.drawn.push(x, y);
      showLine();
    } else if (pointers.current.size === 2) {
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)![1];
      const factor =
        Math.hypot(x - other.x, y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      s.camera = zoomAt(s.camera, s.size, (x + other.x) / 2, (y + other.y) / 2, factor, s.home);
      request();
    } else {
      s.camera = pan(s.camera, x - before.x, y - before.y);
      request();
    }
    pointers.current.set(event.pointerId, { ...before, x, y });
  };
  const onPointerUp = (event: React.PointerEvent): void => {
    const before = pointers.current.get(event.pointerId);
    pointers.current.delete(event.pointerId);
    if (!before) return;
    const s = state.current;
    const still = Math.hypot(before.x - before.startX, before.y - before.startY) <= CLICK_SLACK;
    if (props.lasso && s.drawn.length >= 12) {
      const world: number[] = [];
      for (let i = 0; i < s.drawn.length; i += 2)
        world.push(...toWorld(s.camera, s.size, s.drawn[i]!, s.drawn[i + 1]!));
      props.onSelect(select(grid, points.x, points.y, world));
    } else if (still) {
      const point = at(before.x, before.y);
      if (point >= 0) props.onPick(point);
    }
    s.drawn = [];
    showLine();
    if (s.share < 1) request();
    const cost = drawing.current?.cost;
    if (cost && cost.frames > 0 && canvas.current) {
      canvas.current.dataset.frames = String(cost.frames);
      canvas.current.dataset.meanMs = (cost.totalMs / cost.frames).toFixed(3);
      canvas.current.dataset.worstMs = cost.worstMs.toFixed(3);
      canvas.current.dataset.renderer = drawing.current!.describe();
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const s = state.current;
    const step = {
      ArrowLeft: [KEY_PAN, 0],
      ArrowRight: [-KEY_PAN, 0],
      ArrowUp: [0, KEY_PAN],
      ArrowDown: [0, -KEY_PAN],
    }[event.key];
    if (step) {
      s.camera = pan(s.camera, step[0]!, step[1]!);
      request();
    } else if (event.key === '+' || event.key === '=') zoom(1.4);
    else if (event.key === '-') zoom(1 / 1.4);
    else if (event.key === '0') home();
    else if (event.key === 'Enter') {
      const middle = nearest(grid, points.x, points.y, s.camera.x, s.camera.y, 200 / s.camera.scale);
      if (middle >= 0) {
        const [px, py] = toScreen(s.camera, s.size, points.x[middle]!, points.y[middle]!);
        props.onHover(middle, px, py);
        props.onPick(middle);
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={props.lasso ? 'map-canvas lasso' : 'map-canvas'}>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: its keys move the map, as an application's do. */}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label={`Taste map of ${points.count.toLocaleString('en')} songs. Arrow keys move, plus and minus zoom, 0 shows all, Enter opens the song in the middle. The list of clusters below holds the same songs.`}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onPointerLeave={() => props.onHover(-1, 0, 0)}
        onKeyDown={onKeyDown}
      />
      <svg className="map-line" aria-hidden="true">
        <polyline ref={line} />
      </svg>
    </div>
  );
}
