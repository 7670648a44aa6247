import { SegueError } from '../errors.ts';

/**
 * The form in which every model is saved: one buffer of
 * magic "SEGUEMDL" (8 bytes) · format version (uint32 LE) · header length (uint32 LE) · JSON header · arrays, each starting at a multiple of 8.
 * Loading makes views on the buffer after checking every length and bound; nothing is executed, nothing is trusted.
 */
export interface Artifact {
  readonly modelId: string;
  /** Version of this model's arrays and meaning; a model refuses the others. */
  readonly modelVersion: number;
  readonly config: Record<string, unknown>;
  /** Dataset.catalogueId of the training data. */
  readonly catalogueId: string;
  /** Anything small: numbers, names, curves. JSON values. */
  readonly meta: Record<string, unknown>;
  readonly arrays: Readonly<Record<string, ArtifactArray>>;
}

const TYPES = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const;
type TypeName = keyof typeof TYPES;
export type ArtifactArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

const MAGIC = 0x4c444d4555474553n; // "SEGUEMDL", little endian
export const ARTIFACT_VERSION = 1;
const PREFIX = 16;

interface Header {
  modelId: string;
  modelVersion: number;
  config: Record<string, unknown>;
  catalogueId: string;
  meta: Record<string, unknown>;
  arrays: { name: string; type: TypeName; length: number; offset: number }[];
}

const aligned = (offset: number): number => (offset + 7) & ~7;

export function encodeArtifact(artifact: Artifact): Uint8Array {
  const entries = Object.entries(artifact.arrays);
  const arrays: Header['arrays'] = [];
  let size = 0;
  for (const [name, array] of entries) {
    const offset = Math.ceil(size / 8) * 8;
    arrays.push({ name, type: array.constructor.name as TypeName, length: array.length, offset });
    size = offset + array.byteLength;
  }
  const { modelId, modelVersion, config, catalogueId, meta } = artifact;
  const header = new TextEncoder().encode(
    JSON.stringify({ modelId, modelVersion, config, catalogueId, meta, arrays } satisfies Header),
  );
  const start = aligned(PREFIX + header.length);
  const buffer = new Uint8Array(start + size);
  const view = new DataView(buffer.buffer);
  view.setBigUint64(0, MAGIC, true);
  view.setUint32(8, ARTIFACT_VERSION, true);
  view.setUint32(12, header.length, true);
  buffer.set(header, PREFIX);
  for (let i = 0; i < entries.length; i++) {
    const array = entries[i]![1];
    buffer.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + arrays[i]!.offset);
  }
  return buffer;
}

/** @param what the file's name, for messages @throws SegueError FILE_UNREADABLE, FORMAT_NEWER */
export function decodeArtifact(bytes: Uint8Array, what: string): Artifact {
  const broken = (got: string): SegueError =>
    new SegueError('FILE_UNREADABLE', {
      got: `${what} ${got}`,
      expected: 'a model saved by Segue',
      remedy: 'Train the model again with `segue train`',
    });
  if (bytes.length < PREFIX) throw broken(`has only ${bytes.length} bytes`);
  // Views need alignment; a pooled Buffer may start anywhere.
  const data = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (view.getBigUint64(0, true) !== MAGIC) throw broken('does not start with the mark of a model file');
  const version = view.getUint32(8, true);
  if (version > ARTIFACT_VERSION) {
    throw new SegueError('FORMAT_NEWER', {
      got: `${what} has format version ${version}`,
      expected: `at most ${ARTIFACT_VERSION}`,
      remedy: 'Update Segue, or train the model again',
    });
  }
  const headerLength = view.getUint32(12, true);
  if (PREFIX + headerLength > data.length) throw broken('is truncated in its header');
  const header = parseHeader(data.subarray(PREFIX, PREFIX + headerLength));
  if (!header) throw broken('has a damaged header');
  const start = aligned(PREFIX + headerLength);
  const arrays: Record<string, ArtifactArray> = {};
  for (const { name, type, length, offset } of header.arrays) {
    const Type = TYPES[type];
    const valid =
      typeof name === 'string' &&
      name !== '__proto__' &&
      Object.hasOwn(TYPES, type) &&
      Number.isSafeInteger(length) &&
      length >= 0 &&
      Number.isSafeInteger(offset) &&
      offset >= 0 &&
      offset % 8 === 0;
    if (!valid) throw broken(`describes the array "${name}" wrongly`);
    if (start + offset + length * Type.BYTES_PER_ELEMENT > data.length)
      throw broken(`is truncated in the array "${name}"`);
    arrays[name] = new Type(data.buffer as ArrayBuffer, data.byteOffset + start + offset, length);
  }
  return { ...header, arrays };
}

function parseHeader(bytes: Uint8Array): Header | null {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isHeader(header) ? header : null;
  } catch {
    return null;
  }
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false;
  const h = value as Partial<Header>;
  return (
    typeof h.modelId === 'string' &&
    typeof h.modelVersion === 'number' &&
    typeof h.catalogueId === 'string' &&
    isRecord(h.config) &&
    isRecord(h.meta) &&
    Array.isArray(h.arrays) &&
    h.arrays.every(isRecord)
  );
}

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What every `load` checks first: the artifact is of this model and version, and of this catalogue.
 * @throws SegueError MODEL_MISMATCH
 */
export function checkArtifact(artifact: Artifact, modelId: string, modelVersion: number, catalogueId: string): void {
  const mismatch = (got: string, expected: string): SegueError =>
    new SegueError('MODEL_MISMATCH', { got, expected, remedy: `Run \`segue train ${modelId}\` on this library` });
  if (artifact.modelId !== modelId) throw mismatch(`The file holds the model "${artifact.modelId}"`, `"${modelId}"`);
  if (artifact.modelVersion !== modelVersion)
    throw mismatch(`The model "${modelId}" was saved in version ${artifact.modelVersion}`, `version ${modelVersion}`);
  if (artifact.catalogueId !== catalogueId)
    throw mismatch(
      `The model "${modelId}" was trained on the catalogue ${artifact.catalogueId}`,
      `this library's ${catalogueId}`,
    );
}

/** An array of the artifact, checked for type and length. @throws SegueError FILE_UNREADABLE */
export function arrayOf<T extends TypeName>(
  artifact: Artifact,
  name: string,
  type: T,
  length?: number,
): InstanceType<(typeof TYPES)[T]> {
  const array = artifact.arrays[name];
  if (!(array instanceof TYPES[type]) || (length !== undefined && array.length !== length)) {
    throw new SegueError('FILE_UNREADABLE', {
      got: `The saved model "${artifact.modelId}" has ${array ? `${array.constructor.name}(${array.length})` : 'nothing'} as "${name}"`,
      expected: `${type}${length === undefined ? '' : `(${length})`}`,
      remedy: `Train it again with \`segue train ${artifact.modelId}\``,
    });
  }
  return array as InstanceType<(typeof TYPES)[T]>;
}
