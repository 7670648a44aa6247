import { createHash, type Hash } from 'node:crypto';
import { Dataset, type DatasetParts } from './dataset.ts';
import { StringColumn } from './strings.ts';
import { Vocabulary } from './vocabulary.ts';

/** A dataset in a form that `postMessage` passes without copying: every array is in shared memory, and classes are marked objects. */
export type SharedDataset = { readonly [part: string]: unknown };

const PARTS = [
  'tracks',
  'artists',
  'albums',
  'genres',
  'owners',
  'byOwner',
  'times',
  'provenance',
  'cleaning',
] as const satisfies readonly (keyof DatasetParts)[];

type AnyArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array;
type ArrayType = new (buffer: SharedArrayBuffer) => AnyArray;

const isTypedArray = (value: unknown): value is AnyArray => ArrayBuffer.isView(value) && !(value instanceof DataView);

function share(value: unknown): unknown {
  if (isTypedArray(value)) {
    if (value.buffer instanceof SharedArrayBuffer) return value;
    const copy = new (value.constructor as ArrayType)(new SharedArrayBuffer(value.byteLength));
    copy.set(value as never);
    return copy;
  }
  if (value instanceof Vocabulary)
    return { kind: 'Vocabulary', ids: share(value.ids), table: value.hasTable ? share(value.table) : null };
  if (value instanceof StringColumn)
    return { kind: 'StringColumn', heap: share(value.heap), offsets: share(value.offsets) };
  if (Array.isArray(value)) return value.map(share);
  if (value instanceof WebAssembly.Memory) return value;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, share(part)]));
  return value;
}

function unshare(value: unknown): unknown {
  if (isTypedArray(value) || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unshare);
  const object = value as Record<string, unknown>;
  if (object.kind === 'Vocabulary')
    return new Vocabulary(unshare(object.ids) as StringColumn, object.table as Int32Array | null);
  if (object.kind === 'StringColumn') return new StringColumn(object.heap as Uint8Array, object.offsets as Uint32Array);
  return Object.fromEntries(Object.entries(object).map(([key, part]) => [key, unshare(part)]));
}

/** The same value with its arrays in shared memory, copied there unless they are. */
export const inSharedMemory = (value: unknown): unknown => share(value);

/** What each worker would otherwise compute: the inverted index, and the checksums of catalogue and entries. */
const DERIVED = ['byTrack', 'catalogueId', 'entriesChecksum'] as const satisfies readonly (keyof Dataset)[];

/** One copy of the dataset that all workers read. */
export const shareDataset = (dataset: Dataset): SharedDataset =>
  Object.fromEntries([...PARTS, ...DERIVED].map((part) => [part, share(dataset[part])]));

/** The dataset over the shared arrays; the copy is not validated again. */
export function openShared(shared: SharedDataset): Dataset {
  const known = unshare(shared) as unknown as DatasetParts & Pick<Dataset, (typeof DERIVED)[number]>;
  const { byTrack, catalogueId, entriesChecksum, ...parts } = known;
  return new Dataset(parts, byTrack, catalogueId, entriesChecksum);
}

function digest(value: unknown, hash: Hash): void {
  if (isTypedArray(value)) {
    hash.update(`${value.constructor.name} ${value.length};`);
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else if (value instanceof Vocabulary) digest(value.ids, hash);
  else if (value instanceof StringColumn) {
    digest(value.heap, hash);
    digest(value.offsets, hash);
  } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, part] of Object.entries(value)) {
      hash.update(`${key}:`);
      digest(part, hash);
    }
  } else hash.update(`${JSON.stringify(value)};`);
}

/** Fingerprint of everything that a model or a split can see: catalogue, features, genres, interactions. 16 hex digits. */
export function fingerprint(dataset: Dataset): string {
  const hash = createHash('sha256');
  for (const part of PARTS) if (part !== 'provenance' && part !== 'cleaning') digest(dataset[part], hash);
  return hash.digest('hex').slice(0, 16);
}
