import type { FilterBank } from '../kernels/spectrum.ts';

/** A scale of pitch and its inverse. */
export interface MelScale {
  melOf(hertz: number): number;
  hertzOf(mel: number): number;
}

/** O'Shaughnessy, "Speech Communication" (1987). */
export const OSHAUGHNESSY: MelScale = {
  melOf: (hertz) => 2595 * Math.log10(1 + hertz / 700),
  hertzOf: (mel) => 700 * (10 ** (mel / 2595) - 1),
};

/** Slaney, "Auditory Toolbox" (1998): linear up to 1 kHz, 27 steps for a factor of 6.4 above. */
const LINEAR = 200 / 3;
const BREAK = 1000;
const STEP = Math.log(6.4) / 27;
export const SLANEY: MelScale = {
  melOf: (hertz) => (hertz < BREAK ? hertz / LINEAR : BREAK / LINEAR + Math.log(hertz / BREAK) / STEP),
  hertzOf: (mel) => (mel < BREAK / LINEAR ? mel * LINEAR : BREAK * Math.exp(STEP * (mel - BREAK / LINEAR))),
};

/**
 * Triangular filters over the bins of a spectrum of `size` points at `rate`, with corners evenly spaced in mel from `low` to `high` Hz, each with
 * area 1 over frequency.
 */
export function melBank(
  bands: number,
  low: number,
  high: number,
  size: number,
  rate: number,
  { melOf, hertzOf }: MelScale = OSHAUGHNESSY,
): FilterBank {
  const corners = Array.from({ length: bands + 2 }, (_, i) =>
    hertzOf(melOf(low) + ((melOf(high) - melOf(low)) * i) / (bands + 1)),
  );
  const starts = new Int32Array(bands);
  const ptr = new Int32Array(bands + 1);
  const weights: number[] = [];
  const width = rate / size;
  for (let b = 0; b < bands; b++) {
    const [from, peak, to] = [corners[b]!, corners[b + 1]!, corners[b + 2]!];
    starts[b] = Math.ceil(from / width);
    for (let k = starts[b]!; k <= size / 2 && k * width < to; k++) {
      const rising = (k * width - from) / (peak - from);
      const falling = (to - k * width) / (to - peak);
      weights.push((2 * Math.min(rising, falling)) / (to - from));
    }
    ptr[b + 1] = weights.length;
  }
  return { starts, ptr, weights: Float32Array.from(weights) };
}

/** count × bands: the first rows of the orthonormal cosine transform (DCT-II), which turns log-mel bands into cepstral coefficients. */
export function cosineRows(count: number, bands: number): Float64Array {
  const rows = new Float64Array(count * bands);
  for (let c = 0; c < count; c++)
    for (let b = 0; b < bands; b++)
      rows[c * bands + b] = Math.sqrt((c === 0 ? 1 : 2) / bands) * Math.cos((Math.PI * c * (b + 0.5)) / bands);
  return rows;
}
