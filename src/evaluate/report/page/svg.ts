/** Text for HTML and SVG, safe in content and in attributes. */
export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

export interface Scale {
  (value: number): number;
  readonly ticks: readonly number[];
}

/** Round numbers between low and high, about `count` of them. */
export function niceTicks(low: number, high: number, count: number): number[] {
  const span = high - low || Math.abs(high) || 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw)!;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

/** Linear from [low, high] to [from, to] in pixels. */
export function linear(low: number, high: number, from: number, to: number, count = 4): Scale {
  const span = high - low || 1;
  const scale = (value: number): number => from + ((value - low) / span) * (to - from);
  return Object.assign(scale, { ticks: niceTicks(low, high, count) });
}

/** Logarithmic, ticks at 1, 2, 5 (or the powers of ten alone over many of them); low > 0. */
export function logarithmic(low: number, high: number, from: number, to: number): Scale {
  const [a, b] = [Math.log10(low), Math.log10(high)];
  const span = b - a || 1;
  const scale = (value: number): number => from + ((Math.log10(value) - a) / span) * (to - from);
  const marks = b - a > 2.2 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let p = Math.floor(a) - 1; p <= Math.ceil(b); p++)
    for (const m of marks) {
      const tick = Number((m * 10 ** p).toPrecision(3));
      if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
    }
  return Object.assign(scale, { ticks });
}

/** Numbers on axes: ".25", "1", "1.5k". */
export function axisNumber(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 1000) return `${Number((value / 1000).toPrecision(3))}k`;
  return String(Number(value.toPrecision(3))).replace(/^(-?)0\./, '$1.');
}

/** A figure with its own title for screen readers. */
export const figureSvg = (width: number, height: number, label: string, body: string): string =>
  `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(label)}" preserveAspectRatio="xMinYMin meet">${body}</svg>`;

/** Positions (ascending in the order of the input's values) moved apart so that neighbours are at least `gap` away. */
export function spread(values: readonly number[], gap: number, low: number, high: number): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const placed = order.map((i) => values[i]!);
  for (let pass = 0; pass < 40; pass++) {
    for (let i = 1; i < placed.length; i++) {
      const lack = gap - (placed[i]! - placed[i - 1]!);
      if (lack <= 0) continue;
      placed[i - 1]! -= lack / 2;
      placed[i]! += lack / 2;
    }
    if (placed.length > 0) {
      const over = Math.max(0, placed[placed.length - 1]! - high);
      const under = Math.max(0, low - placed[0]!);
      for (let i = 0; i < placed.length; i++) placed[i] = placed[i]! - over + under;
    }
  }
  const out = new Array<number>(values.length);
  order.forEach((i, rank) => {
    out[i] = placed[rank]!;
  });
  return out;
}
