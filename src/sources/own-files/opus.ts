import { createReadStream } from 'node:fs';
import { OpusDecoder } from 'opus-decoder';
import { type AudioFormat, CHUNK, channelsOf, type OnSound, undecodable } from './decoding.ts';
import { OggPackets } from './ogg-packets.ts';

/** Opus counts positions at this rate, and is decoded to it. */
const RATE = 48_000;

interface Head {
  readonly channels: number;
  readonly preSkip: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly channelMappingTable: number[];
}

/** The identification header (RFC 7845, section 5.1); null for another packet, or one that no stream can have. */
function headOf(packet: Uint8Array): Head | null {
  if (packet.length < 19 || Buffer.from(packet.subarray(0, 8)).toString('latin1') !== 'OpusHead') return null;
  const channels = packet[9]!;
  const preSkip = packet[10]! | (packet[11]! << 8);
  if (channels === 0 || (packet[18] === 0 ? channels > 2 : packet.length < 21 + channels)) return null;
  if (packet[18] === 0)
    return {
      channels,
      preSkip,
      streamCount: 1,
      coupledStreamCount: channels - 1,
      channelMappingTable: [0, 1].slice(0, channels),
    };
  const channelMappingTable = [...packet.subarray(21, 21 + channels)];
  return { channels, preSkip, streamCount: packet[19]!, coupledStreamCount: packet[20]!, channelMappingTable };
}

/**
 * Decodes the first Opus stream of an Ogg file and those chained to it. Packets go to libopus one by one, and what it gives goes on as it is:
 * joining them to long pieces, as `ogg-opus-decoder` does, takes some 5 % of the analysis.
 * @returns errors met in the stream @throws SegueError FILE_UNREADABLE
 */
export async function decodeOpus(path: string, format: AudioFormat, onSound: OnSound): Promise<number> {
  const ogg = new OggPackets();
  let decoder: OpusDecoder | null = null;
  let serial = -1;
  let packets = 0;
  /** Samples that the stream gave, and those to leave out at its beginning. */
  let given = 0;
  let skipped = 0;
  let errors = 0;
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: CHUNK }))
      for (const packet of ogg.read(bytes as Uint8Array)) {
        const head = packet.first ? headOf(packet.data) : null;
        if (head) {
          decoder?.free();
          decoder = new OpusDecoder(head);
          await decoder.ready;
          serial = packet.serial;
          packets = 1;
          given = 0;
          skipped = head.preSkip;
        } else if (decoder && packet.serial === serial && packets++ > 1) {
          // The second packet holds the tags.
          const decoded = decoder.decodeFrame(packet.data);
          errors += decoded.errors.length;
          const rest = packet.end === null ? Number.POSITIVE_INFINITY : packet.end - skipped - given;
          const samplesDecoded = Math.max(0, Math.min(decoded.samplesDecoded, rest));
          given += samplesDecoded;
          if (samplesDecoded > 0 && !onSound(channelsOf({ ...decoded, samplesDecoded }, format), RATE))
            return errors + ogg.errors;
        }
      }
    if (!decoder) throw undecodable('The file holds no Opus stream');
    return errors + ogg.errors;
  } finally {
    decoder?.free();
  }
}
