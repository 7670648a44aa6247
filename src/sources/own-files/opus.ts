import { createReadStream } from 'node:fs';
import { OpusDecoder } from 'opus-decoder';
import { CHUNK, type OnSound, undecodable } from './decoding.ts';
import { OggPackets } from './ogg-packets.ts';

/** Opus counts positions at this rate, and is decoded to it. */
const RATE = 48_000;
/** The longest packet is 120 ms. */
const PACKET = 0.12 * RATE;
/** Number of samples per block, small enough for the processor's cache to hold them from decoding to measuring. */
const PIECE = 1 << 14;
const TAGS = Buffer.from('OpusTags');

interface Head {
  readonly channels: number;
  readonly preSkip: number;
  /** What every sample is multiplied by. */
  readonly gain: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly channelMappingTable: number[];
}

/** The identification header (RFC 7845, section 5.1); null for another packet, or one that no stream can have. */
function headOf(packet: Uint8Array): Head | null {
  if (packet.length < 19 || Buffer.from(packet.subarray(0, 8)).toString('latin1') !== 'OpusHead') return null;
  const channels = packet[9]!;
  const preSkip = packet[10]! | (packet[11]! << 8);
  // Decibels in units of 1/256, signed.
  const gain = 10 ** ((((packet[16]! | (packet[17]! << 8)) << 16) >> 16) / (20 * 256));
  if (channels === 0 || (packet[18] === 0 ? channels > 2 : packet.length < 21 + channels)) return null;
  if (packet[18] === 0)
    return {
      channels,
      preSkip,
      gain,
      streamCount: 1,
      coupledStreamCount: channels - 1,
      channelMappingTable: [0, 1].slice(0, channels),
    };
  const channelMappingTable = [...packet.subarray(21, 21 + channels)];
  return { channels, preSkip, gain, streamCount: packet[19]!, coupledStreamCount: packet[20]!, channelMappingTable };
}

/**
 * What `opus-decoder` works with. Its public calls copy the sound of each packet twice, into arrays that are garbage at once, at a third of the
 * cost of decoding. Its exact version is pinned, and a test compares both ways.
 */
interface Inside {
  readonly _decoder: number;
  readonly _input: { readonly ptr: number; readonly buf: Uint8Array };
  readonly _output: { readonly ptr: number; readonly buf: Float32Array };
  readonly _common: {
    readonly wasm: {
      /** @returns number of samples per channel, stored channel by channel; negative for an error */
      opus_frame_decode_float_deinterleaved(decoder: number, input: number, length: number, output: number): number;
    };
  };
}

/** One stream's decoder. What is decoded is given in pieces; the last packet's sound is held until the next one comes, for the end may cut it. */
class OpusStream {
  private readonly decoder: OpusDecoder;
  private readonly inside: Inside;
  private readonly pieces: readonly Float32Array[];
  private readonly onSound: OnSound;
  private readonly preSkip: number;
  private readonly gain: number;
  private held = 0;
  /** Samples since the beginning, those held included. */
  private decoded = 0;

  private constructor(decoder: OpusDecoder, { channels, preSkip, gain }: Head, onSound: OnSound) {
    this.decoder = decoder;
    this.inside = decoder as unknown as Inside;
    // What has more than two channels is heard by its first two.
    this.pieces = Array.from({ length: Math.min(2, channels) }, () => new Float32Array(PIECE + PACKET));
    this.preSkip = preSkip;
    this.gain = gain;
    this.onSound = onSound;
  }

  static async open(head: Head, onSound: OnSound): Promise<OpusStream> {
    const decoder = new OpusDecoder(head);
    await decoder.ready;
    return new OpusStream(decoder, head, onSound);
  }

  /** Decodes a packet and appends its samples. @returns false if it cannot be decoded */
  add(packet: Uint8Array): boolean {
    const { _decoder, _input, _output, _common } = this.inside;
    if (packet.length > _input.buf.length) return false;
    _input.buf.set(packet);
    const count = _common.wasm.opus_frame_decode_float_deinterleaved(_decoder, _input.ptr, packet.length, _output.ptr);
    if (count < 0) return false;
    this.pieces.forEach((piece, c) => {
      piece.set(_output.buf.subarray(c * count, (c + 1) * count), this.held);
    });
    this.held += count;
    this.decoded += count;
    return true;
  }

  get full(): boolean {
    return this.held >= PIECE;
  }

  /** @param end position at which the stream ends, where it is known @returns false when nothing more is wanted */
  give(end = Number.POSITIVE_INFINITY): boolean {
    const { gain } = this;
    const beyond = Math.max(0, this.decoded - (end - this.preSkip));
    const count = Math.max(0, this.held - beyond);
    this.held = 0;
    if (count === 0) return true;
    const given = this.pieces.map((piece) => piece.subarray(0, count));
    if (gain !== 1) for (const piece of given) for (let i = 0; i < count; i++) piece[i]! *= gain;
    return this.onSound(given, RATE);
  }

  free(): void {
    this.decoder.free();
  }
}

/**
 * Decodes the first Opus stream of an Ogg file and those chained to it.
 * @returns errors met in the stream @throws SegueError FILE_UNREADABLE
 */
export async function decodeOpus(path: string, onSound: OnSound): Promise<number> {
  const ogg = new OggPackets();
  let stream: OpusStream | null = null;
  let serial = -1;
  let end: number | null = null;
  let errors = 0;
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: CHUNK }))
      for (const packet of ogg.read(bytes as Uint8Array)) {
        const head = packet.first ? headOf(packet.data) : null;
        if (head) {
          if (stream && !stream.give(end ?? undefined)) return errors + ogg.errors;
          stream?.free();
          stream = null;
          stream = await OpusStream.open(head, onSound);
          serial = packet.serial;
          end = null;
        } else if (stream && packet.serial === serial && TAGS.compare(packet.data, 0, TAGS.length) !== 0) {
          if (stream.full && !stream.give()) return errors + ogg.errors;
          if (!stream.add(packet.data)) errors++;
          end = packet.end;
        }
      }
    if (!stream) throw undecodable('The file holds no Opus stream');
    stream.give(end ?? undefined);
    return errors + ogg.errors;
  } finally {
    stream?.free();
  }
}
