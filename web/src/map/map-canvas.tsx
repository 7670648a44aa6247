import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
} from 'react';
import { type Bounds, type Camera, fit, pan, type Size, toScreen, toWorld, zoomAt } from './camera.ts';
import { type Grid, nearest, select } from './grid.ts';
import type { Points } from './points.ts';
import type { RegionName } from './regions.ts';
import { type Drawn, MapSurface } from './surface.ts';

export interface Colours {
  palette: Uint8Array;
  numbers: Uint8Array;
}

export interface Lit {
  points: readonly number[];
  /** Palette entries. */
  numbers: Uint8Array;
}

export interface MapHandle {
  zoom(factor: number): void;
  home(): void;
  /** Centres a point, close enough to show its neighbours. */
  show(point: number): void;
}

/**
 * The focus ring is for keyboard users; it would be repainted over the whole window whenever the canvas moves. TypeScript does not know
 * `focusVisible` yet.
 */
const WITHOUT_RING: FocusOptions & { focusVisible: boolean } = { preventScroll: true, focusVisible: false };
/** Largest distance of the pointer from a point, in pixels. */
const REACH = 12;
const CLICK_SLACK = 4;
const KEY_PAN = 60;
/** Magnification for showing a single point. */
const CLOSE_UP = 6;

/** The interactive map: drag to move, wheel or pinch to zoom; with the lasso on, drag a line round songs. */
export function MapCanvas(props: {
  points: Points;
  grid: Grid;
  bounds: Bounds;
  colours: Colours;
  lit: Lit;
  names: readonly RegionName[];
  lasso: boolean;
  handle: RefObject<MapHandle | null>;
  onHover: (point: number, px: number, py: number) => void;
  onPick: (point: number) => void;
  onSelect: (points: number[]) => void;
  onUnable: (message: string) => void;
}): ReactNode {
  const { points, grid, bounds, colours, lit, names } = props;
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const line = useRef<SVGPolylineElement>(null);
  const nameStyle = useRef<HTMLSpanElement>(null);
  const surface = useRef<MapSurface | null>(null);
  const state = useRef<{
    camera: Camera;
    home: Camera;
    size: Size;
    corner: { left: number; top: number };
    drawn: number[];
  }>({
    camera: { x: 0, y: 0, scale: 1 },
    home: { x: 0, y: 0, scale: 1 },
    size: { width: 1, height: 1 },
    corner: { left: 0, top: 0 },
    drawn: [],
  });
  const pointers = useRef(new Map<number, { x: number; y: number; startX: number; startY: number }>());
  const { onUnable } = props;
  const look = useCallback((camera: Camera): void => {
    state.current.camera = camera;
    surface.current?.look(camera);
  }, []);

  useEffect(() => {
    const element = stage.current!;
    const onDrawn = ({ pictures, tookMs, painter }: Drawn): void => {
      Object.assign(element.dataset, { drawn: painter, pictures, tookMs: tookMs.toFixed(1) });
    };
    const onState = (drawing: string): void => {
      if (element.dataset.state !== drawing) element.dataset.state = drawing;
    };
    let made: MapSurface;
    try {
      made = new MapSurface(canvas.current!, points, bounds, { onDrawn, onState, onUnable });
    } catch (error) {
      onUnable(error instanceof Error ? error.message : 'The map can’t be drawn here.');
      return;
    }
    surface.current = made;
    const s = state.current;
    let first = true;
    const observer = new ResizeObserver(() => {
      s.size = { width: Math.max(1, element.clientWidth), height: Math.max(1, element.clientHeight) };
      s.home = fit(bounds, s.size);
      made.resize(s.size, s.home);
      if (first) look(s.home);
      first = false;
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      surface.current = null;
      made.close();
    };
  }, [points, bounds, onUnable, look]);

  useEffect(() => surface.current?.setColours(colours.palette, colours.numbers), [colours]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the style changes with the theme, and so do the colours.
  useEffect(() => {
    const { font, color, backgroundColor } = getComputedStyle(nameStyle.current!);
    surface.current?.setNames(names, { font, ink: color, halo: backgroundColor });
  }, [names, colours]);
  useEffect(() => {
    const column = (of: Float32Array): Float32Array => Float32Array.from(lit.points, (i) => of[i]!);
    surface.current?.setLit({ x: column(points.x), y: column(points.y) }, lit.numbers);
  }, [lit, points]);

  useEffect(() => {
    // React's wheel listeners are passive, so the page would scroll as well.
    const element = stage.current!;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const s = state.current;
      look(zoomAt(s.camera, s.size, event.offsetX, event.offsetY, Math.exp(-event.deltaY * 0.0016), s.home));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [look]);

  const zoom = (factor: number): void => {
    const s = state.current;
    look(zoomAt(s.camera, s.size, s.size.width / 2, s.size.height / 2, factor, s.home));
  };
  const home = (): void => look(state.current.home);
  const show = (point: number): void => {
    const [x, y] = [points.x[point]!, points.y[point]!];
    if (!Number.isNaN(x)) look({ x, y, scale: state.current.home.scale * CLOSE_UP });
  };
  useImperativeHandle(props.handle, () => ({ zoom, home, show }));

  const at = (px: number, py: number): number => {
    const { camera, size } = state.current;
    const [x, y] = toWorld(camera, size, px, py);
    return nearest(grid, points.x, points.y, x, y, REACH / camera.scale);
  };
  /** The pointer's position in the window; the event's own offsets would force a layout for every move. */
  const placeOf = (event: React.PointerEvent): [number, number] => {
    const { corner } = state.current;
    return [event.clientX - corner.left, event.clientY - corner.top];
  };
  const showLine = (): void => line.current?.setAttribute('points', state.current.drawn.join(' '));

  const onPointerDown = (event: React.PointerEvent<HTMLElement>): void => {
    state.current.corner = event.currentTarget.getBoundingClientRect();
    const [x, y] = placeOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    // Prevents the mouse events that would follow, and the browser's search for selectable text at each of them. As this also prevents focusing,
    // focus is set here.
    event.preventDefault();
    event.currentTarget.focus(WITHOUT_RING);
    pointers.current.set(event.pointerId, { x, y, startX: x, startY: y });
    if (props.lasso) state.current.drawn = [x, y];
    props.onHover(-1, 0, 0);
  };
  const onPointerMove = (event: React.PointerEvent): void => {
    const s = state.current;
    const before = pointers.current.get(event.pointerId);
    if (!before) s.corner = event.currentTarget.getBoundingClientRect();
    const [x, y] = placeOf(event);
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
      look(zoomAt(s.camera, s.size, (x + other.x) / 2, (y + other.y) / 2, factor, s.home));
    } else look(pan(s.camera, x - before.x, y - before.y));
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
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const s = state.current;
    const step = {
      ArrowLeft: [KEY_PAN, 0],
      ArrowRight: [-KEY_PAN, 0],
      ArrowUp: [0, KEY_PAN],
      ArrowDown: [0, -KEY_PAN],
    }[event.key];
    if (step) look(pan(s.camera, step[0]!, step[1]!));
    else if (event.key === '+' || event.key === '=') zoom(1.4);
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
      <div
        ref={stage}
        className="map-window"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys move the map, as an application's do.
        tabIndex={0}
        role="application"
        aria-label={`Taste map of ${points.count.toLocaleString('en')} songs. Arrow keys move, plus and minus zoom, 0 shows all, Enter opens the song in the middle. The list below the map holds the same songs.`}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onPointerLeave={() => props.onHover(-1, 0, 0)}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} />
        <span ref={nameStyle} className="map-name" hidden />
      </div>
      <svg className="map-line" aria-hidden="true">
        <polyline ref={line} />
      </svg>
    </div>
  );
}
