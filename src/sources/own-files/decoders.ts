import { createReadStream } from 'node:fs';
import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { MPEGDecoder } from 'mpg123-decoder';
import { SegueError } from '../../errors.ts';
import { type AudioFormat, CHUNK, type Decoder, isSystemError, type OnSound, undecodable } from './decoding.ts';
import { ffmpeg } from './ffmpeg.ts';
import { decodeOpus } from './opus.ts';
import { WavStream } from './wav-stream.ts';

interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
  readonly errors: readonly unknown[];
}

/** What the WASM decoders have in common. */
interface WasmDecoder {
  readonly ready: Promise<void>;
  decode(bytes: Uint8Array): Decoded | Promise<Decoded>;
  flush?(): Promise<Decoded>;
  free(): void;
}

function wasm(id: string, formats: string, fits: Decoder['fits'], make: () => WasmDecoder): Decoder {
  return {
    id,
    formats,
    fits,
    async decode(path, format, onSound) {
      const decoder = make();
      await decoder.ready;
      try {
        let errors = 0;
        const take = (decoded: Decoded): boolean => {
          errors += decoded.errors.length;
          return decoded.samplesDecoded === 0 || onSound(channelsOf(decoded, format), decoded.sampleRate);
        };
        let wanted = true;
        for await (const bytes of createReadStream(path, { highWaterMark: CHUNK })) {
          wanted = take(await decoder.decode(bytes as Uint8Array));
          if (!wanted) break;
        }
        if (wanted && decoder.flush) take(await decoder.flush());
        return errors;
      } catch (cause) {
        throw gaveUp(id, cause);
      } finally {
        decoder.free();
      }
    },
  };
}

/** mpg123 returns mono twice; of more than two channels, the first two are used. */
function channelsOf({ channelData, samplesDecoded }: Decoded, { channels }: AudioFormat): Float32Array[] {
  const wanted = channels === 1 ? 1 : 2;
  return channelData.slice(0, wanted).map((channel) => channel.subarray(0, samplesDecoded));
}

/** What a decoder threw, as the file's problem; what the system or we threw stays as it is. */
function gaveUp(id: string, cause: unknown): Error {
  if (cause instanceof SegueError || isSystemError(cause)) return cause;
  return undecodable(`The ${id} decoder gave up: ${cause instanceof Error ? cause.message : String(cause)}`);
}

const wav: Decoder = {
  id: 'wav',
  formats: 'WAV',
  fits: ({ extension }) => extension === 'wav' || extension === 'wave',
  async decode(path, _format, onSound: OnSound) {
    const stream = new WavStream(onSound);
    for await (const bytes of createReadStream(path, { highWaterMark: CHUNK }))
      if (!stream.push(bytes as Uint8Array)) break;
    stream.end();
    return 0;
  },
};

const isOgg = ({ extension }: AudioFormat): boolean => ['ogg', 'oga', 'opus'].includes(extension);

const opus: Decoder = {
  id: 'opus',
  formats: 'Opus',
  fits: (format) => isOgg(format) && /opus/i.test(format.codec),
  async decode(path, _format, onSound) {
    try {
      return await decodeOpus(path, onSound);
    } catch (cause) {
      throw gaveUp('opus', cause);
    }
  },
};

/** Every decoder, one line each; the first that fits decodes a file. ffmpeg, if installed, takes the rest. */
export const DECODERS: readonly Decoder[] = [
  wav,
  wasm(
    'mpg123',
    'MP3',
    ({ extension }) => extension === 'mp3',
    () => new MPEGDecoder(),
  ),
  wasm(
    'flac',
    'FLAC',
    ({ extension, codec }) => extension === 'flac' || /flac/i.test(codec),
    () => new FLACDecoder(),
  ),
  opus,
  wasm(
    'vorbis',
    'Ogg Vorbis',
    (format) => isOgg(format) && /vorbis/i.test(format.codec),
    () => new OggVorbisDecoder(),
  ),
  ffmpeg,
];

/** @throws SegueError FILE_UNREADABLE where no decoder fits */
export function decoderFor(format: AudioFormat): Decoder {
  const decoder = DECODERS.find((candidate) => candidate.fits(format));
  if (decoder) return decoder;
  throw undecodable(
    `.${format.extension} files (${format.codec || 'unknown codec'}) need ffmpeg, which is not installed`,
    'Install ffmpeg, and run the command again',
  );
}
