type Schema = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/**
 * The schema of an answer as the writer of JSON takes it fastest: "this or null" as a value that may be null, one of several words as a text. For any
 * other union the writer checks each value against every part, and the first to be written waits until those checks are compiled.
 */
export function withoutUnions(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutUnions);
  if (!isObject(schema)) return schema;
  const { anyOf, ...rest } = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, withoutUnions(value)]),
  );
  const single = Array.isArray(anyOf) && joined(anyOf);
  return single ? { ...single, ...rest } : anyOf === undefined ? rest : { ...rest, anyOf };
}

/** One schema that says the same of an answer; null when there is none. */
function joined(parts: readonly unknown[]): Schema | null {
  const values = parts.filter((part) => isObject(part) && part.type !== 'null');
  const nullable = values.length < parts.length && { nullable: true };
  const [first] = values as Schema[];
  if (values.length === 1 && typeof first!.type === 'string') return { ...first, ...nullable };
  const words = (values as Schema[]).every((part) => part.type === 'string' && ('const' in part || 'enum' in part));
  return values.length > 0 && words ? { type: 'string', ...nullable } : null;
}
