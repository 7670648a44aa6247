import { type Camera, type Size, toScreen } from './camera.ts';

/** Names placed over groups of songs. Pure. */

export interface RegionName {
  text: string;
  x: number;
  y: number;
  count: number;
}

/** Most points used to find a group's centre; more do not change it. */
const LOOKED_AT = 2_000;

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

/** The centre of each group: the medians of its positions, which outliers do not affect. Groups without positions are left out. */
export function regionNames(
  groups: readonly { label: string; count: number }[],
  column: ArrayLike<number>,
  x: Float32Array,
  y: Float32Array,
): RegionName[] {
  const xs = groups.map((): number[] => []);
  const ys = groups.map((): number[] => []);
  for (let i = 0; i < column.length; i++) {
    const group = column[i]!;
    if (!(group < groups.length) || Number.isNaN(x[i]!) || xs[group]!.length >= LOOKED_AT) continue;
    xs[group]!.push(x[i]!);
    ys[group]!.push(y[i]!);
  }
  return groups.flatMap(({ label, count }, g) =>
    xs[g]!.length === 0 ? [] : [{ text: label, x: median(xs[g]!), y: median(ys[g]!), count }],
  );
}

/**
 * Short names of groups: "energetic house, 2010s" becomes "energetic house" unless another group has that name. Groups that would look alike keep
 * what distinguishes them, or get a number.
 */
export function shortNames(labels: readonly string[]): string[] {
  const of = (key: (label: string) => string): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const label of labels) counts.set(key(label), (counts.get(key(label)) ?? 0) + 1);
    return counts;
  };
  const head = (label: string): string => label.split(',')[0]!;
  const [heads, wholes] = [of(head), of((label) => label)];
  const seen = new Map<string, number>();
  return labels.map((label) => {
    if (heads.get(head(label)) === 1) return head(label);
    if (wholes.get(label) === 1) return label;
    const number = (seen.get(label) ?? 0) + 1;
    seen.set(label, number);
    return `${label} ${number}`;
  });
}

/** Height of a name, and the space on either side, in pixels. */
const HEIGHT = 20;
const ROOM = 4;

export interface PlacedName {
  /** Index of the name in the list. */
  name: number;
  px: number;
  py: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/**
 * Places the names that fit into the picture without overlapping, larger groups first. A name in the window that would stick out is moved inside as
 * far as necessary; one outside that would reach into the window is left out.
 * @param size of the picture @param window in its middle @param widthOf a text in pixels
 */
export function placeNames(
  names: readonly RegionName[],
  camera: Camera,
  size: Size,
  window: Size,
  widthOf: (text: string) => number,
): PlacedName[] {
  const taken: Box[] = [];
  const placed: PlacedName[] = [];
  const [left, top] = [(size.width - window.width) / 2, (size.height - window.height) / 2];
  const inner: Box = { left, right: left + window.width, top, bottom: top + window.height };
  const order = names.map((_, i) => i).sort((a, b) => names[b]!.count - names[a]!.count || a - b);
  for (const i of order) {
    const { text, x, y } = names[i]!;
    const half = widthOf(text) / 2 + ROOM;
    let [px, py] = toScreen(camera, size, x, y);
    const isInside = px >= inner.left && px <= inner.right && py >= inner.top && py <= inner.bottom;
    if (isInside) {
      if (2 * half > window.width || HEIGHT > window.height) continue;
      px = within(px, inner.left + half, inner.right - half);
      py = within(py, inner.top + HEIGHT / 2, inner.bottom - HEIGHT / 2);
    }
    const box = { left: px - half, right: px + half, top: py - HEIGHT / 2, bottom: py + HEIGHT / 2 };
    if (box.left < 0 || box.right > size.width || box.top < 0 || box.bottom > size.height) continue;
    if ((!isInside && meet(box, inner)) || taken.some((other) => meet(other, box))) continue;
    taken.push(box);
    placed.push({ name: i, px, py });
  }
  return placed;
}
