import type { TObject } from '#typebox';
import type { Rng } from '../../math/rng.ts';
import { type Setting, settingsOf } from '../options.ts';

/**
 * The settings that tuning may change: numbers with both bounds, choices and booleans, except those marked `tune: false`. Numbers are sampled
 * uniformly, or uniformly in the logarithm with `scale: 'log'`; settings without bounds keep their defaults.
 */
export const tunableSettings = (schema: TObject): Setting[] =>
  settingsOf(schema).filter(
    (s) =>
      s.tunable &&
      (s.choices !== null ||
        s.type === 'boolean' ||
        (s.minimum !== null && s.maximum !== null && s.minimum < s.maximum)),
  );

/** Standard deviation of settings near the default, as a fraction of the setting's scale. */
const NEAR = 0.1;
/** Probability that a choice near the defaults differs from its default. */
const OTHER_CHOICE = 0.25;

/**
 * Samples all tunable settings; the others keep their defaults.
 * @param near sample around the defaults instead of anywhere: a small budget finds little in a wide space, and the defaults were chosen with care
 */
export function drawConfig(
  schema: TObject,
  defaults: Readonly<Record<string, unknown>>,
  rng: Rng,
  near = false,
): Record<string, unknown> {
  const config: Record<string, unknown> = { ...defaults };
  for (const setting of tunableSettings(schema))
    config[setting.name] = near ? drawNear(setting, defaults[setting.name], rng) : draw(setting, rng);
  return config;
}

function draw(setting: Setting, rng: Rng): unknown {
  const { type, choices, minimum, maximum, logarithmic } = setting;
  if (choices !== null) return choices[rng.below(choices.length)];
  if (type === 'boolean') return rng.below(2) === 1;
  if (type === 'integer' && !logarithmic) return minimum! + rng.below(maximum! - minimum! + 1);
  return onScale(setting, rng.uniform());
}

function drawNear(setting: Setting, value: unknown, rng: Rng): unknown {
  if (setting.choices !== null || setting.type === 'boolean')
    return rng.uniform() < OTHER_CHOICE ? draw(setting, rng) : value;
  const [low, high] = scaleOf(setting);
  const at = setting.logarithmic
    ? Math.log(Math.max(low, Number(value)) / low) / Math.log(high / low)
    : (Number(value) - low) / (high - low);
  return onScale(setting, Math.min(1, Math.max(0, at + NEAR * rng.normal())));
}

/** A logarithmic scale with minimum 0 starts at a ten-thousandth of its maximum. */
const scaleOf = ({ minimum, maximum, logarithmic }: Setting): [low: number, high: number] => [
  logarithmic && minimum! <= 0 ? maximum! * 1e-4 : minimum!,
  maximum!,
];

/** @param u 0–1 */
function onScale(setting: Setting, u: number): number {
  const [low, high] = scaleOf(setting);
  const value = setting.logarithmic ? low * (high / low) ** u : low + u * (high - low);
  const rounded = setting.type === 'integer' ? Math.round(value) : Number(value.toPrecision(4));
  return Math.min(setting.maximum!, Math.max(setting.minimum!, rounded));
}
