import type { TObject, TSchema } from '#typebox';
import { Value } from '#typebox/value';
import { SegueError } from '../errors.ts';

/** What tools need to know about one property of a settings schema. */
export interface Setting {
  readonly name: string;
  readonly schema: TSchema;
  readonly type: string;
  readonly description: string;
  readonly default: unknown;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** The values to choose from; null when it is not a choice. */
  readonly choices: readonly unknown[] | null;
  /** Annotation `scale: 'log'`: tuning samples uniformly in the logarithm. */
  readonly logarithmic: boolean;
  /** Annotation `tune: false`: tuning leaves it at its default. */
  readonly tunable: boolean;
}

/** The properties of a settings schema, in order of declaration. */
export function settingsOf(schema: TObject): Setting[] {
  return Object.entries(schema.properties).map(([name, property]) => {
    const of = property as TSchema & Record<string, unknown>;
    const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
    const union = Array.isArray(of.anyOf) ? (of.anyOf as { const?: unknown }[]) : null;
    const choices = union?.every((part) => part.const !== undefined) ? union.map((part) => part.const) : null;
    return {
      name,
      schema: property,
      type: choices ? 'choice' : String(of.type ?? 'value'),
      description: String(of.description ?? ''),
      default: of.default,
      minimum: number(of.minimum ?? of.exclusiveMinimum),
      maximum: number(of.maximum ?? of.exclusiveMaximum),
      choices: choices ?? (Array.isArray(of.enum) ? of.enum : null),
      logarithmic: of.scale === 'log',
      tunable: of.tune !== false,
    };
  });
}

/**
 * Completes the given settings with the schema's defaults. Texts (from a command line) are converted to numbers and booleans where the schema
 * requires them.
 * @param what names the owner of the settings in messages, e.g. 'protocol "kfold"'
 * @throws SegueError USAGE for an unknown name or a wrong type, OUT_OF_RANGE for a number outside its range
 */
export function resolveOptions(
  schema: TObject,
  given: Readonly<Record<string, unknown>>,
  what: string,
): Record<string, unknown> {
  const settings = settingsOf(schema);
  for (const name of Object.keys(given)) {
    if (settings.some((s) => s.name === name)) continue;
    throw new SegueError('USAGE', {
      got: `The ${what} has no setting "${name}"`,
      expected: settings.length > 0 ? `one of ${settings.map((s) => s.name).join(', ')}` : 'no settings',
    });
  }
  const resolved = Value.Default(schema, Value.Convert(schema, structuredClone(given))) as Record<string, unknown>;
  for (const setting of settings) checkSetting(setting, resolved[setting.name], what);
  return resolved;
}

function checkSetting({ name, schema, type, minimum, maximum, choices }: Setting, value: unknown, what: string): void {
  if (value === undefined ? '~optional' in schema || Value.Check(schema, value) : Value.Check(schema, value)) return;
  const number = typeof value === 'number' && (type === 'integer' || type === 'number');
  const outside =
    number && ((minimum !== null && value < minimum) || (maximum !== null && value > maximum) || Number.isNaN(value));
  const bounds = [minimum === null ? '' : `at least ${minimum}`, maximum === null ? '' : `at most ${maximum}`];
  const range = bounds.filter((b) => b !== '').join(' and ');
  throw new SegueError(outside ? 'OUT_OF_RANGE' : 'USAGE', {
    got: `${name} of the ${what} is ${value === undefined ? 'missing' : JSON.stringify(value)}`,
    expected: choices ? `one of ${choices.join(', ')}` : `a value of type ${type}${range ? `, ${range}` : ''}`,
  });
}
