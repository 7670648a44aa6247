import type { TObject } from 'typebox';
import type { Rng } from '../../math/rng.ts';
import { type Setting, settingsOf } from '../options.ts';

/**
 * What tuning may change: numbers with both bounds, choices and truth values, but for those that the schema marks `tune: false`. Numbers are drawn evenly,
 * or evenly over the logarithm where the schema says `scale: 'log'`; settings without bounds keep their defaults.
 */
export const tunableSettings = (schema: TObject): Setting[] =>
  settingsOf(schema).filter(
    (s) =>
      s.tunable &&
      (s.choices !== null ||
        s.type === 'boolean' ||
        (s.minimum !== null && s.maximum !== null && s.minimum < s.maximum)),
  );

/** One random setting of everything that is tunable; the rest stays at its default. */
export function drawConfig(
  schema: TObject,
  defaults: Readonly<Record<string, unknown>>,
  rng: Rng,
): Record<string, unknown> {
  const config: Record<string, unknown> = { ...defaults };
  for (const setting of tunableSettings(schema)) config[setting.name] = draw(setting, rng);
  return config;
}

function draw({ type, choices, minimum, maximum, logarithmic }: Setting, rng: Rng): unknown {
  if (choices !== null) return choices[rng.below(choices.length)];
  if (type === 'boolean') return rng.below(2) === 1;
  const [low, high] = [minimum!, maximum!];
  if (type === 'integer' && !logarithmic) return low + rng.below(high - low + 1);
  const u = rng.uniform();
  // A logarithmic range that begins at 0 is drawn from a ten-thousandth of its end on.
  const from = logarithmic && low <= 0 ? high * 1e-4 : low;
  const value = logarithmic ? from * (high / from) ** u : low + u * (high - low);
  const rounded = type === 'integer' ? Math.round(value) : Number(value.toPrecision(4));
  return Math.min(high, Math.max(low, rounded));
}
