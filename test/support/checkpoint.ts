import { Rng } from '../../src/math/rng.ts';

export interface MadeTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A checkpoint with musicnn's layout and seeded weights, including the optimiser's copies of some tensors. */
export function madeTensors(seed: number): Map<string, MadeTensor> {
  const rng = new Rng(seed);
  const tensors = new Map<string, MadeTensor>();
  const add = (name: string, shape: readonly number[], value: () => number): void => {
    const length = shape.reduce((product, size) => product * size, 1);
    tensors.set(name, { shape, values: Float32Array.from({ length }, value) });
  };
  const numbered = (name: string, n: number): string => (n === 0 ? name : `${name}_${n}`);
  const layer = (name: string, shape: readonly number[]): void => {
    const inputs = shape.slice(0, -1).reduce((product, size) => product * size, 1);
    add(`${name}/kernel`, shape, () => rng.normal() / Math.sqrt(inputs));
    add(`${name}/bias`, shape.slice(-1), () => 0.1 * rng.normal());
    add(`${name}/bias/Adam`, shape.slice(-1), () => 9);
  };
  const convolutions = [
    [7, 38, 1, 204],
    [7, 67, 1, 204],
    [128, 1, 1, 51],
    [64, 1, 1, 51],
    [32, 1, 1, 51],
    [7, 561, 1, 64],
    [7, 64, 1, 64],
    [7, 64, 1, 64],
  ];
  for (const [n, shape] of convolutions.entries()) layer(numbered('conv2d', n), shape);
  layer('dense', [1506, 200]);
  layer('dense_1', [200, 50]);
  for (const [n, width] of [1, 204, 204, 51, 51, 51, 64, 64, 64, 1506, 200].entries()) {
    const name = numbered('batch_normalization', n);
    add(`${name}/gamma`, [width], () => 1 + 0.5 * rng.normal());
    add(`${name}/beta`, [width], () => 0.2 * rng.normal());
    add(`${name}/moving_mean`, [width], () => 0.3 * rng.normal());
    add(`${name}/moving_variance`, [width], () => 0.2 + rng.uniform());
  }
  return tensors;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
}

/** A block of a table: sorted keys, each without the prefix shared with the previous one, except every 16th. */
function block(entries: readonly (readonly [key: string, value: Buffer])[]): Buffer {
  const parts: Buffer[] = [];
  const restarts: number[] = [];
  let at = 0;
  let before = '';
  entries.forEach(([key, value], i) => {
    let shared = 0;
    if (i % 16 === 0) restarts.push(at);
    else while (shared < Math.min(key.length, before.length) && key[shared] === before[shared]) shared++;
    const rest = Buffer.from(key.slice(shared));
    const entry = Buffer.concat([Buffer.from([shared, rest.length, value.length].flatMap(varint)), rest, value]);
    parts.push(entry);
    at += entry.length;
    before = key;
  });
  const tail = Buffer.alloc(4 * restarts.length + 4);
  for (const [i, restart] of restarts.entries()) tail.writeUInt32LE(restart, 4 * i);
  tail.writeUInt32LE(restarts.length, 4 * restarts.length);
  return Buffer.concat([...parts, tail]);
}

/**
 * The two files of a checkpoint, as laid out by TensorFlow's saver (checksums are left 0).
 * @param compression type that blocks declare; 0 = none
 */
export function checkpointFiles(
  tensors: ReadonlyMap<string, MadeTensor>,
  compression = 0,
): { index: Buffer; data: Buffer } {
  const data: Buffer[] = [];
  let offset = 0;
  const entries: [string, Buffer][] = [['', Buffer.from([8, 1])]];
  for (const name of [...tensors.keys()].sort()) {
    const { shape, values } = tensors.get(name)!;
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const sizes = shape.flatMap((size) => {
      const inner = [8, ...varint(size)];
      return [0x12, inner.length, ...inner];
    });
    const place = [...(offset > 0 ? [0x20, ...varint(offset)] : []), 0x28, ...varint(bytes.length), 0x35, 0, 0, 0, 0];
    entries.push([name, Buffer.from([8, 1, 0x12, ...varint(sizes.length), ...sizes, ...place])]);
    data.push(bytes);
    offset += bytes.length;
  }
  const blocks: Buffer[] = [];
  let at = 0;
  const put = (bytes: Buffer): Buffer => {
    blocks.push(bytes, Buffer.from([compression, 0, 0, 0, 0]));
    const handle = Buffer.from([...varint(at), ...varint(bytes.length)]);
    at += bytes.length + 5;
    return handle;
  };
  const handles: [string, Buffer][] = [];
  for (let i = 0; i < entries.length; i += 20) {
    const some = entries.slice(i, i + 20);
    handles.push([some.at(-1)![0], put(block(some))]);
  }
  const meta = put(block([]));
  const footer = Buffer.alloc(48);
  Buffer.concat([meta, put(block(handles))]).copy(footer);
  footer.writeBigUInt64LE(0xdb4775248b80fb57n, 40);
  return { index: Buffer.concat([...blocks, footer]), data: Buffer.concat(data) };
}
