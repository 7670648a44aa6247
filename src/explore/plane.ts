/** The middle 98 % of each axis are drawn to scale on this part of the square; what lies beyond shares the margin. */
const TO_SCALE = 0.92;
const MIDDLE = 0.98;
/** The angle at which each next point of a sunflower's head stands. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * Scales the known values to [−1, 1]: the middle 98 % evenly, the rest ever closer towards the edge by the logarithm of how far out
 * they lie, so that nothing is cut off and no line of points forms there. NaN stays.
 */
export function intoSquare(values: Float32Array): void {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return;
  const low = known[Math.floor(((1 - MIDDLE) / 2) * (known.length - 1))]!;
  const high = known[Math.ceil(((1 + MIDDLE) / 2) * (known.length - 1))]!;
  const middle = (low + high) / 2;
  const scale = high > low ? (2 * TO_SCALE) / (high - low) : 0;
  const beyond = (value: number): number => Math.max(0, Math.abs(value - middle) * scale - TO_SCALE);
  const margin = 1 - TO_SCALE;
  const farthest = Math.max(beyond(known[0]!), beyond(known.at(-1)!));
  // Where little lies beyond, it is drawn to scale too.
  const whole = Math.log1p(farthest / margin);
  for (let i = 0; i < values.length; i++) {
    const value = (values[i]! - middle) * scale;
    const out = beyond(values[i]!);
    if (Number.isNaN(value)) continue;
    const shown = farthest <= margin ? out : (margin * Math.log1p(out / margin)) / whole;
    values[i] = out > 0 ? Math.sign(value) * (TO_SCALE + shown) : value;
  }
}

/**
 * Where the place-th of several points at one spot is drawn relative to it: on a disc that grows with their number, evenly filled (Vogel 1979).
 * @param spacing about the distance of two neighbours
 */
export function besides(place: number, spacing: number): [dx: number, dy: number] {
  const radius = 0.5 * spacing * Math.sqrt(place);
  return [radius * Math.cos(place * GOLDEN), radius * Math.sin(place * GOLDEN)];
}
