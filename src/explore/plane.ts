/** The middle 98 % of each axis are drawn to scale on this share of the square; the rest shares the margin. */
const TO_SCALE = 0.92;
const MIDDLE = 0.98;
/** Angle between successive points of a sunflower head. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * Scales the known values to [−1, 1]: the middle 98 % linearly, and the rest compressed towards the edge logarithmically, so that nothing is cut off
 * and no line of points forms there. NaN stays.
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
  // When little lies beyond the middle, it is drawn to scale as well.
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
 * Offset at which to draw the place-th of several points at the same position: on an evenly filled disc that grows with their number (Vogel 1979).
 * @param spacing approximate distance of neighbouring points
 */
export function besides(place: number, spacing: number): [dx: number, dy: number] {
  const radius = 0.5 * spacing * Math.sqrt(place);
  return [radius * Math.cos(place * GOLDEN), radius * Math.sin(place * GOLDEN)];
}
