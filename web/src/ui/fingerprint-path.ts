/** The drawing of a song: seven features as bars on a centre line. Pure, so it can be tested without a page. */

export type Features = Readonly<Record<string, number | null | undefined>>;

/** The features in bar order: lively ones on the left, calm ones on the right. */
export const BARS = [
  'energy',
  'danceability',
  'valence',
  'liveness',
  'speechiness',
  'acousticness',
  'instrumentalness',
] as const;

/** Half the height of a value of 0, in pixels; and space for the round ends of strokes, as a share of the size. */
const CORE = 1;
const CAP = 1 / 22;

/** Speech and audience noise are near 0 in nearly all music; a root spreads them. */
const spread = (bar: string, value: number): number =>
  bar === 'speechiness' || bar === 'liveness' ? Math.sqrt(value) : value;

/** Heights of the bars, 0–1; null when the song has none of the seven features. Missing ones get the mean of the others. */
export function heights(features: Features | undefined): number[] | null {
  if (!features) return null;
  const values = BARS.map((bar) => {
    const value = features[bar];
    return typeof value === 'number' && Number.isFinite(value) ? spread(bar, Math.min(1, Math.max(0, value))) : null;
  });
  const known = values.filter((v): v is number => v !== null);
  if (known.length === 0) return null;
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  return values.map((v) => v ?? mean);
}

/** The mean of several songs' bars; null when none has features. */
export function meanHeights(songs: readonly (Features | undefined)[]): number[] | null {
  const rows = songs.map(heights).filter((r): r is number[] => r !== null);
  if (rows.length === 0) return null;
  return BARS.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
}

/** Centre of bar i in a drawing of `size`. */
const barX = (i: number, size: number): number => ((i + 0.5) / BARS.length) * size;
/** Half the height of a bar; even a value of 0 is drawn as a dot. */
const half = (value: number, size: number): number => CORE + value * (size * (0.5 - CAP) - 2 * CORE);

/** SVG path of the bars: seven strokes, mirrored at the centre line. */
export function fingerprintBars(values: readonly number[], size: number): string {
  return values
    .map((value, i) => {
      const h = half(value, size);
      return `M${barX(i, size).toFixed(1)} ${(size / 2 - h).toFixed(1)}v${(2 * h).toFixed(1)}`;
    })
    .join('');
}

/** SVG path of an outline over the bars' ends, above and below. */
export function fingerprintEnvelope(values: readonly number[], size: number): string {
  const line = (sign: number): string =>
    values
      .map(
        (value, i) =>
          `${i === 0 ? 'M' : 'L'}${barX(i, size).toFixed(1)} ${(size / 2 + sign * half(value, size)).toFixed(1)}`,
      )
      .join('');
  return line(-1) + line(1);
}
