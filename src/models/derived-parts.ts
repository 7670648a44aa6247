import { type Arrays, type ContainerArray, decodeContainer, encodeContainer, KIND } from '../dataset/container.ts';
import { SegueError } from '../errors.ts';

/** Version of the data that models derive on loading; raise it when any of that is computed differently. */
export const DERIVED_VERSION = 1;

/** Derived data by name: arrays, numbers, and plain objects of these. */
export type DerivedParts = Record<string, unknown>;

/** Where an array was in the values, by its name in the file. */
interface Place {
  readonly array: string;
}

const EXPECTED = 'what a model derived while it was loaded';

/**
 * Encodes a model's derived data as pieces of one container, to be written in order, without copying array memory.
 * @param key identifies the dataset and the model file that it was derived from
 */
export function encodeDerived(parts: DerivedParts, key: string): Uint8Array[] {
  const arrays: Arrays = {};
  const place = (value: unknown, path: string): unknown => {
    if (ArrayBuffer.isView(value)) {
      arrays[path] = value as ContainerArray;
      return { array: path } satisfies Place;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, place(part, `${path}.${name}`)]));
  };
  const values = Object.entries(parts).map(([name, value]) => [name, place(value, name)]);
  return encodeContainer(KIND.derived, { version: DERIVED_VERSION, key, values }, arrays);
}

/**
 * Reads a file of derived data as views of its bytes; null when it was derived from another dataset or model, or by another version.
 * @param sound the same bytes were verified before @throws SegueError FILE_UNREADABLE, FORMAT_NEWER
 */
export function viewDerived(bytes: Uint8Array, key: string, sound: boolean): DerivedParts | null {
  const name = 'The file of what a model derives';
  const { kind, meta, arrays } = decodeContainer(bytes, name, EXPECTED, 'Delete it: it is made again', sound);
  if (kind !== KIND.derived || !Array.isArray(meta.values))
    throw new SegueError('FILE_UNREADABLE', { got: `${name} is another file`, expected: EXPECTED });
  if (meta.version !== DERIVED_VERSION || meta.key !== key) return null;
  const view = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if ('array' in value && typeof value.array === 'string') return arrays[value.array];
    return Object.fromEntries(Object.entries(value).map(([part, inner]) => [part, view(inner)]));
  };
  return Object.fromEntries(meta.values.map(([part, value]: [string, unknown]) => [part, view(value)]));
}
