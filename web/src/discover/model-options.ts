/** A model's query options, read from its JSON schema: the page draws a dial for each without knowing the model. */

export type Option =
  | { kind: 'number'; name: string; label: string; hint: string; min: number; max: number; step: number; value: number }
  | { kind: 'boolean'; name: string; label: string; hint: string; value: boolean }
  | { kind: 'choice'; name: string; label: string; hint: string; choices: string[]; value: string }
  | { kind: 'weights'; name: string; label: string; hint: string; weights: Extract<Option, { kind: 'number' }>[] };

type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;

/** "perArtist" → "Per artist" */
export function humanise(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function numberOption(name: string, schema: Schema, given: unknown): Extract<Option, { kind: 'number' }> {
  const min = numberOr(schema.minimum ?? schema.exclusiveMinimum, 0);
  const max = numberOr(schema.maximum ?? schema.exclusiveMaximum, Math.max(10, min + 1));
  const integer = schema.type === 'integer';
  const value = numberOr(given, numberOr(schema.default, integer ? max : Math.min(max, Math.max(min, 1))));
  return {
    kind: 'number',
    name,
    label: typeof schema.title === 'string' ? schema.title : humanise(name),
    hint: String(schema.description ?? ''),
    min,
    max,
    step: integer ? 1 : (max - min) / 100 <= 0.02 ? 0.01 : max - min <= 20 ? 0.1 : 1,
    value,
  };
}

/** The literals of an enum or a union of constants. */
function choicesOf(schema: Schema): string[] | null {
  const list = Array.isArray(schema.enum)
    ? schema.enum
    : Array.isArray(schema.anyOf)
      ? schema.anyOf.map((s) => (isSchema(s) ? s.const : undefined))
      : null;
  return list?.every((v): v is string => typeof v === 'string') ? list : null;
}

/** The dials for a schema, with the values from the query; options that no dial can set are left out. */
export function optionsOf(schema: unknown, given: Readonly<Record<string, unknown>>): Option[] {
  if (!isSchema(schema) || !isSchema(schema.properties)) return [];
  const options: Option[] = [];
  for (const [name, part] of Object.entries(schema.properties)) {
    if (!isSchema(part)) continue;
    const label = typeof part.title === 'string' ? part.title : humanise(name);
    const hint = String(part.description ?? '');
    const choices = choicesOf(part);
    if (part.type === 'number' || part.type === 'integer') options.push(numberOption(name, part, given[name]));
    else if (part.type === 'boolean')
      options.push({
        kind: 'boolean',
        name,
        label,
        hint,
        value: typeof given[name] === 'boolean' ? given[name] : part.default === true,
      });
    else if (choices) {
      const value = typeof given[name] === 'string' ? given[name] : String(part.default ?? choices[0]);
      options.push({ kind: 'choice', name, label, hint, choices, value });
    } else if (part.type === 'object' && isSchema(part.properties)) {
      const values = isSchema(given[name]) ? given[name] : {};
      const weights = Object.entries(part.properties)
        .filter(
          (pair): pair is [string, Schema] =>
            isSchema(pair[1]) && (pair[1].type === 'number' || pair[1].type === 'integer'),
        )
        .map(([key, weight]) => numberOption(key, weight, values[key]));
      if (weights.length > 0) options.push({ kind: 'weights', name, label, hint, weights });
    }
  }
  return options;
}
