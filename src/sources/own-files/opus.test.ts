import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { OpusDecoder } from 'opus-decoder';
import { withTemporary } from '../../../test/support/temporary.ts';
import { OggPackets } from './ogg-packets.ts';
import { decodeOpus } from './opus.ts';

const MADE = fileURLToPath(new URL('../../../test/golden/sound/made.opus', import.meta.url));
const PRE_SKIP = 312;

/** The samples of each channel, one after another. */
async function decode(path: string): Promise<{ channels: Buffer[]; errors: number }> {
  const pieces: Buffer[][] = [];
  const errors = await decodeOpus(path, (channels, rate) => {
    assert.equal(rate, 48_000);
    pieces.push(channels.map(bytesOf));
    return true;
  });
  return { channels: joined(pieces), errors };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(Buffer.from(buffer, byteOffset, byteLength));

const joined = (pieces: readonly Buffer[][]): Buffer[] =>
  pieces[0]!.map((_, c) => Buffer.concat(pieces.map((piece) => piece[c]!)));

test('sound taken from the memory of libopus is what the public calls give, cut to what the file says', async () => {
  const { channels, errors } = await decode(MADE);
  const packets = [...new OggPackets().read(await readFile(MADE))];
  const decoder = new OpusDecoder({ channels: packets[0]!.data[9]!, preSkip: 0 });
  await decoder.ready;
  const expected = joined(packets.slice(2).map(({ data }) => decoder.decodeFrame(data).channelData.map(bytesOf)));
  decoder.free();
  assert.equal(errors, 0);
  assert.equal(channels.length, expected.length);
  const end = packets.at(-1)!.end!;
  channels.forEach((channel, c) => {
    assert.ok(channel.equals(expected[c]!.subarray(4 * PRE_SKIP, 4 * end)));
  });
});

test('chained streams follow each other, a damaged packet is counted, and false ends it', () =>
  withTemporary(async (dir) => {
    const bytes = await readFile(MADE);
    const [once] = (await decode(MADE)).channels;
    const chained = join(dir, 'chained.opus');
    await writeFile(chained, Buffer.concat([bytes, bytes]));
    assert.ok((await decode(chained)).channels[0]!.equals(Buffer.concat([once!, once!])));
    // 63 frames in one packet: no packet holds so many.
    const damaged = Buffer.from(bytes);
    damaged.set([0x1b, 0x3f], damaged.indexOf([...new OggPackets().read(bytes)][40]!.data));
    const path = join(dir, 'damaged.opus');
    await writeFile(path, damaged);
    const { channels, errors } = await decode(path);
    assert.equal(errors, 1);
    assert.ok(channels[0]!.length < once!.length && channels[0]!.length > 0.9 * once!.length);
    let pieces = 0;
    await decodeOpus(MADE, () => ++pieces < 2);
    assert.equal(pieces, 2);
  }));

test('the output gain of the header is applied, louder and quieter', () =>
  withTemporary(async (dir) => {
    const bytes = await readFile(MADE);
    const plain = new Float32Array((await decode(MADE)).channels[0]!.buffer);
    const at = bytes.indexOf('OpusHead') + 16;
    for (const decibels of [6, -12.5]) {
      const path = join(dir, `${decibels}.opus`);
      const changed = Buffer.from(bytes);
      changed.writeInt16LE(256 * decibels, at);
      await writeFile(path, changed);
      const { channels } = await decode(path);
      const expected = plain.map((sample) => sample * 10 ** (decibels / 20));
      assert.deepEqual(new Float32Array(channels[0]!.buffer), expected);
    }
  }));
