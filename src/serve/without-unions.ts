type Schema = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/**
 * An answer's schema in the form that the JSON serialiser handles fastest: "this or null" becomes a nullable value, one of several words a string.
 * For any other union, the serialiser validates each value against every alternative, and the first value waits until the validators are compiled.
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

/** One equivalent schema without a union; null if there is none. */
function joined(parts: readonly unknown[]): Schema | null {
  const values = parts.filter((part) => isObject(part) && part.type !== 'null');
  const nullable = values.length < parts.length && { nullable: true };
  const [first] = values as Schema[];
  if (values.length === 1 && typeof first!.type === 'string') return { ...first, ...nullable };
  const words = (values as Schema[]).every((part) => part.type === 'string' && ('const' in part || 'enum' in part));
  return values.length > 0 && words ? { type: 'string', ...nullable } : null;
}
