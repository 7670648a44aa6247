import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OggPacket, OggPackets } from './ogg-packets.ts';

const CONTINUED = 1;
const FIRST = 2;
const LAST = 4;

/** A page of whole packets; `open` leaves the last one to be continued. */
function page(flags: number, serial: number, packets: readonly Uint8Array[], { end = 0, open = false } = {}): Buffer {
  const lacing = packets.flatMap(({ length }, i) => {
    const whole = new Array<number>(Math.floor(length / 255)).fill(255);
    return open && i === packets.length - 1 ? whole : [...whole, length % 255];
  });
  const header = Buffer.alloc(27);
  header.write('OggS');
  header[5] = flags;
  header.writeBigInt64LE(BigInt(end), 6);
  header.writeUInt32LE(serial, 14);
  header[26] = lacing.length;
  return Buffer.concat([header, Buffer.from(lacing), ...packets]);
}

const packet = (length: number, salt: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, i) => (i * 7 + salt) % 251));

function read(file: Uint8Array, piece: number): { packets: OggPacket[]; errors: number } {
  const ogg = new OggPackets();
  const packets: OggPacket[] = [];
  for (let at = 0; at < file.length; at += piece)
    for (const found of ogg.read(file.subarray(at, at + piece)))
      packets.push({ ...found, data: Buffer.from(found.data) });
  return { packets, errors: ogg.errors };
}

const PIECES = [1, 26, 100, 65_536];

test('packets of two interleaved streams come whole, whatever the pieces, with the ends of their streams', () => {
  const long = packet(600, 3);
  const file = Buffer.concat([
    page(FIRST, 7, [packet(19, 1)]),
    page(FIRST, 8, [packet(5, 2)]),
    page(0, 7, [packet(255, 4), packet(0, 0), long.subarray(0, 510)], { open: true }),
    page(0, 8, [packet(9, 5)]),
    page(CONTINUED | LAST, 7, [long.subarray(510), packet(1, 6)], { end: 960 }),
  ]);
  for (const piece of PIECES) {
    const { packets, errors } = read(file, piece);
    assert.equal(errors, 0);
    assert.deepEqual(
      packets.map(({ serial, first, end, data }) => [serial, first, end, data.length]),
      [
        [7, true, null, 19],
        [8, true, null, 5],
        [7, false, null, 255],
        [7, false, null, 0],
        [8, false, null, 9],
        [7, false, 960, 600],
        [7, false, 960, 1],
      ],
    );
    assert.deepEqual(packets[5]!.data, long);
  }
});

test('a packet over three pages is one', () => {
  const long = packet(1200, 9);
  const file = Buffer.concat([
    page(0, 1, [long.subarray(0, 510)], { open: true }),
    page(CONTINUED, 1, [long.subarray(510, 1020)], { open: true }),
    page(CONTINUED, 1, [long.subarray(1020)]),
  ]);
  for (const piece of PIECES)
    assert.deepEqual(
      read(file, piece).packets.map(({ data }) => data),
      [long],
    );
});

test('rubbish between pages is skipped, and packets without beginning or end are dropped; each counts', () => {
  const file = Buffer.concat([
    Buffer.from('noise OggX OgO'),
    page(0, 1, [packet(3, 1)]),
    page(CONTINUED, 1, [packet(40, 2), packet(4, 3)]),
    page(0, 1, [packet(255, 4)], { open: true }),
    page(0, 1, [packet(5, 5)]),
    page(CONTINUED, 1, [packet(255, 6)], { open: true }),
    page(CONTINUED, 1, [packet(255, 7), packet(6, 8)]),
    page(0, 1, [packet(77, 9)]).subarray(0, 60),
  ]);
  for (const piece of PIECES) {
    const { packets, errors } = read(file, piece);
    assert.deepEqual(
      packets.map(({ data }) => data.length),
      [3, 4, 5, 6],
      `pieces of ${piece}`,
    );
    assert.ok(errors >= 4, `${errors} errors`);
  }
});
