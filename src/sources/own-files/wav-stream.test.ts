import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wavBytes } from '../../../test/support/synthesis.ts';
import { WavStream } from './wav-stream.ts';

function read(bytes: Uint8Array, piece = bytes.length): { channels: number[][]; rate: number } {
  const out = { channels: [] as number[][], rate: 0 };
  const stream = new WavStream((channels, rate) => {
    out.rate = rate;
    channels.forEach((channel, c) => {
      (out.channels[c] ??= []).push(...channel);
    });
    return true;
  });
  for (let at = 0; at < bytes.length; at += piece) stream.push(bytes.subarray(at, at + piece));
  stream.end();
  return out;
}

/** A WAV file of one chunk more than needed, with the samples as given. */
function wav(kind: number, bits: number, channels: number, data: Buffer, length = data.length): Buffer {
  const head = Buffer.alloc(44 + 11 + 1);
  head.write('RIFF\xff\xff\xff\xffWAVEjunk', 0, 'latin1');
  head.writeUInt32LE(3, 16);
  head.write('fmt ', 24, 'latin1');
  head.writeUInt32LE(16, 28);
  head.writeUInt16LE(kind, 32);
  head.writeUInt16LE(channels, 34);
  head.writeUInt32LE(8000, 36);
  head.writeUInt16LE((channels * bits) / 8, 44);
  head.writeUInt16LE(bits, 46);
  head.write('data', 48, 'latin1');
  head.writeUInt32LE(length, 52);
  return Buffer.concat([head, data]);
}

test('whole numbers of every width and floats mean the same samples, in pieces of any size', () => {
  const values = [0, 0.5, -0.5, -1, 0.25];
  const whole = (bits: number): Buffer => {
    const data = Buffer.alloc((values.length * bits) / 8);
    values.forEach((value, i) => {
      if (bits === 8) data.writeUInt8(value * 128 + 128, i);
      else data.writeIntLE(value * 2 ** (bits - 1), (i * bits) / 8, bits / 8);
    });
    return data;
  };
  const float = Buffer.alloc(20);
  const double = Buffer.alloc(40);
  values.forEach((value, i) => {
    float.writeFloatLE(value, 4 * i);
    double.writeDoubleLE(value, 8 * i);
  });
  const files = [8, 16, 24, 32].map((bits) => wav(1, bits, 1, whole(bits)));
  files.push(wav(3, 32, 1, float), wav(3, 64, 1, double));
  for (const file of files)
    for (const piece of [1, 7, file.length])
      assert.deepEqual(read(file, piece), { channels: [values], rate: 8000 }, `${file.length} bytes by ${piece}`);
});

test('channels are told apart, and the third is not heard', () => {
  const data = Buffer.from(Int16Array.of(16384, -16384, 1, 8192, -8192, 2).buffer);
  assert.deepEqual(read(wav(1, 16, 3, data)).channels, [
    [0.5, 0.25],
    [-0.5, -0.25],
  ]);
});

test('a length that a pipe could not know goes on to the end, and what follows the samples is not heard', () => {
  const data = Buffer.from(Int16Array.of(16384, 8192).buffer);
  assert.deepEqual(read(wav(1, 16, 1, data, 0xffff_ffff)).channels, [[0.5, 0.25]]);
  assert.deepEqual(read(wav(1, 16, 1, Buffer.concat([data, Buffer.from('LISTmore')]), 4)).channels, [[0.5, 0.25]]);
});

test('damaged files are refused', () => {
  const file = Buffer.from(wavBytes([Float32Array.of(0.5, 0.25)], 8000));
  const twin = (at: number, value: number): Buffer => {
    const copy = Buffer.from(file);
    copy[at] = value;
    return copy;
  };
  // mark, form, format tag, channels, bits
  for (const [at, value] of [
    [0, 0x58],
    [8, 0x58],
    [20, 2],
    [22, 0],
    [34, 12],
    [36, 0x58],
  ] as const)
    assert.throws(() => read(twin(at, value)), { code: 'FILE_UNREADABLE' }, `byte ${at}`);
  assert.throws(() => read(file.subarray(0, 30)), { code: 'FILE_UNREADABLE' });
});

test('reading ends when nothing more is wanted', () => {
  let calls = 0;
  const stream = new WavStream(() => {
    calls++;
    return false;
  });
  const bytes = wavBytes([new Float32Array(100_000)], 8000);
  assert.equal(stream.push(bytes), false);
  assert.equal(stream.push(bytes), false);
  assert.equal(calls, 1);
});
