/**
 * How well each pitch class fits a key, starting from the tonic: the probe-tone ratings of Krumhansl & Kessler (1982), as listed in Krumhansl,
 * "Cognitive Foundations of Musical Pitch" (1990).
 */
const MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
const MINOR = [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];

export interface Key {
  /** Pitch class of the tonic, 0 = C … 11 = B. */
  readonly tonic: number;
  readonly major: boolean;
  /** Correlation with the key's profile, −1 … 1. */
  readonly clarity: number;
}

function correlation(x: ArrayLike<number>, y: readonly number[], shift: number): number {
  let sx = 0;
  let sy = 0;
  for (let i = 0; i < 12; i++) {
    sx += x[i]!;
    sy += y[i]!;
  }
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < 12; i++) {
    const a = x[(i + shift) % 12]! - sx / 12;
    const b = y[i]! - sy / 12;
    xy += a * b;
    xx += a * a;
    yy += b * b;
  }
  return xx > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

/**
 * The key whose profile correlates best with twelve pitch classes (Krumhansl & Schmuckler). A key shares its notes with its relative key, so these
 * two are most easily confused. null when all classes are alike.
 */
export function keyOf(chroma: ArrayLike<number>): Key | null {
  let best: Key | null = null;
  for (let tonic = 0; tonic < 12; tonic++)
    for (const major of [true, false]) {
      const clarity = correlation(chroma, major ? MAJOR : MINOR, tonic);
      if (clarity > (best?.clarity ?? 0)) best = { tonic, major, clarity };
    }
  return best;
}
