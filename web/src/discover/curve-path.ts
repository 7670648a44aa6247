/** The energy and tempo of a list from first song to last, as lines of an SVG. Pure. */

export const CURVE_WIDTH = 1_000;
export const CURVE_HEIGHT = 100;

/** Tempo is drawn from 60 to 180 BPM; values outside are drawn at the edge. */
const TEMPO = { from: 60, to: 180 };

export const energyOf = (value: number | null | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : null;

export const tempoOf = (value: number | null | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value)
    ? Math.min(1, Math.max(0, (value - TEMPO.from) / (TEMPO.to - TEMPO.from)))
    : null;

/** Means over a window that grows with the list: 50 songs are drawn nearly unchanged, 500 as a trend. */
export function smooth(values: readonly (number | null)[]): (number | null)[] {
  const half = Math.floor(values.length / 60);
  return values.map((_, i) => {
    let sum = 0;
    let known = 0;
    for (let j = Math.max(0, i - half); j <= Math.min(values.length - 1, i + half); j++) {
      const value = values[j];
      if (value === null || value === undefined) continue;
      sum += value;
      known++;
    }
    return known === 0 ? null : sum / known;
  });
}

/** A line through the known values with horizontal tangents between neighbours; '' when fewer than two are known. */
export function linePath(values: readonly (number | null)[]): string {
  const points = values.flatMap((value, i) =>
    value === null ? [] : [[((i + 0.5) / values.length) * CURVE_WIDTH, 6 + (1 - value) * (CURVE_HEIGHT - 12)] as const],
  );
  if (points.length < 2) return '';
  let path = `M${points[0]![0].toFixed(1)} ${points[0]![1].toFixed(1)}`;
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1]!;
    const [x1, y1] = points[i]!;
    const mid = ((x0 + x1) / 2).toFixed(1);
    path += `C${mid} ${y0.toFixed(1)} ${mid} ${y1.toFixed(1)} ${x1.toFixed(1)} ${y1.toFixed(1)}`;
  }
  return path;
}

/** The area under a line. */
export function areaPath(values: readonly (number | null)[]): string {
  const line = linePath(values);
  if (line === '') return '';
  const first = line.slice(1, line.indexOf(' '));
  const last = line.slice(line.lastIndexOf(' ', line.lastIndexOf(' ') - 1) + 1, line.lastIndexOf(' '));
  return `${line}L${last} ${CURVE_HEIGHT}L${first} ${CURVE_HEIGHT}Z`;
}
