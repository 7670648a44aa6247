import type { MapHeader } from '../api/types.ts';

/** The columns of the map as views on one buffer; point i is the song with number i. */
export interface Points {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Every other column by name. */
  readonly columns: ReadonlyMap<string, Uint8Array | Uint16Array | Int16Array | Float32Array>;
}

const TYPES = { Float32: Float32Array, Uint8: Uint8Array, Uint16: Uint16Array, Int16: Int16Array } as const;

/** @throws Error with a readable message when the buffer does not match the header */
export function readPoints(header: Pick<MapHeader, 'count' | 'columns'>, buffer: ArrayBuffer): Points {
  const columns = new Map<string, Uint8Array | Uint16Array | Int16Array | Float32Array>();
  for (const { name, type, offset } of header.columns) {
    const View = TYPES[type];
    if (offset + header.count * View.BYTES_PER_ELEMENT > buffer.byteLength)
      throw new Error('The map data is incomplete. Reload the page.');
    columns.set(name, new View(buffer, offset, header.count));
  }
  const x = columns.get('x');
  const y = columns.get('y');
  if (!(x instanceof Float32Array) || !(y instanceof Float32Array)) throw new Error('The map has no positions in it.');
  return { count: header.count, x, y, columns };
}
