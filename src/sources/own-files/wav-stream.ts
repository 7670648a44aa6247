import { type OnSound, undecodable } from './decoding.ts';

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** Maximum size of a header; longer parts before the samples are skipped. */
const MOST_CHUNK = 1 << 16;
const MOST_CHANNELS = 32;
/** Number of frames per block. */
const PIECE = 1 << 14;

interface WavFormat {
  readonly float: boolean;
  readonly channels: number;
  readonly rate: number;
  readonly bytes: number;
}

/**
 * Reads WAV as its bytes come: whole numbers of 8–32 bits and floats of 32 and 64. A length that a pipe could not know (2³² − 1, or 0 of a
 * stopped recorder) goes on to the end. Of more than two channels the first two are heard.
 */
export class WavStream {
  private readonly onSound: OnSound;
  private rest = Buffer.alloc(0);
  private format: WavFormat | null = null;
  private state: 'riff' | 'chunks' | 'samples' | 'end' = 'riff';
  /** Bytes to skip, and bytes of samples that are left. */
  private skip = 0;
  private left = 0;
  private pieces: Float32Array[] = [];

  constructor(onSound: OnSound) {
    this.onSound = onSound;
  }

  /** @returns false when nothing more is wanted @throws SegueError FILE_UNREADABLE */
  push(bytes: Uint8Array): boolean {
    this.rest = this.rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.rest, bytes]);
    while (this.state !== 'end' && this.step());
    return this.state !== 'end';
  }

  /** @throws SegueError FILE_UNREADABLE when the file ended before its samples */
  end(): void {
    if (this.state === 'riff' || this.state === 'chunks') throw undecodable('A WAV file without samples');
  }

  private step(): boolean {
    if (this.state === 'samples') return this.samples();
    if (this.skip > 0) {
      const skipped = Math.min(this.skip, this.rest.length);
      this.rest = this.rest.subarray(skipped);
      this.skip -= skipped;
      return this.rest.length > 0;
    }
    if (this.state === 'riff') {
      if (this.rest.length < 12) return false;
      const mark = this.rest.toString('latin1', 0, 4);
      if ((mark !== 'RIFF' && mark !== 'RF64') || this.rest.toString('latin1', 8, 12) !== 'WAVE')
        throw undecodable('A file without the mark of WAV');
      this.rest = this.rest.subarray(12);
      this.state = 'chunks';
      return true;
    }
    return this.chunk();
  }

  private chunk(): boolean {
    if (this.rest.length < 8) return false;
    const id = this.rest.toString('latin1', 0, 4);
    const size = this.rest.readUInt32LE(4);
    if (id === 'data') {
      if (!this.format) throw undecodable('A WAV file whose samples come before their format');
      this.left = size === 0 || size >= 0xffff_fff0 ? Number.POSITIVE_INFINITY : size;
      this.rest = this.rest.subarray(8);
      this.state = 'samples';
      return true;
    }
    if (id === 'fmt ') {
      if (size < 16 || size > MOST_CHUNK) throw undecodable('A WAV file with a damaged format');
      if (this.rest.length < 8 + size) return false;
      this.format = readFormat(this.rest.subarray(8, 8 + size));
    }
    this.rest = this.rest.subarray(8);
    this.skip = size + (size % 2);
    return this.rest.length > 0;
  }

  private samples(): boolean {
    const { channels, rate, bytes, float } = this.format!;
    const frame = channels * bytes;
    const frames = Math.min(PIECE, Math.floor(Math.min(this.rest.length, this.left) / frame));
    if (frames === 0) {
      if (this.left < frame) this.state = 'end';
      return false;
    }
    const given = Math.min(2, channels);
    if (this.pieces.length !== given) this.pieces = Array.from({ length: given }, () => new Float32Array(PIECE));
    const data = numbers(this.rest, this.format!, frames * channels);
    const scale = float ? 1 : 2 ** (1 - 8 * bytes);
    const zero = float || bytes > 1 ? 0 : 128;
    for (let c = 0; c < given; c++) {
      const piece = this.pieces[c]!;
      for (let i = 0, at = c; i < frames; i++, at += channels) {
        const value = (data[at]! - zero) * scale;
        piece[i] = Number.isFinite(value) ? value : 0;
      }
    }
    this.rest = this.rest.subarray(frames * frame);
    this.left -= frames * frame;
    if (
      !this.onSound(
        this.pieces.map((piece) => piece.subarray(0, frames)),
        rate,
      )
    )
      this.state = 'end';
    return true;
  }
}

function readFormat(chunk: Buffer): WavFormat {
  let kind = chunk.readUInt16LE(0);
  if (kind === EXTENSIBLE && chunk.length >= 26) kind = chunk.readUInt16LE(24);
  const channels = chunk.readUInt16LE(2);
  const rate = chunk.readUInt32LE(4);
  const bits = chunk.readUInt16LE(14);
  const known = (kind === PCM && [8, 16, 24, 32].includes(bits)) || (kind === FLOAT && [32, 64].includes(bits));
  if (!known || channels < 1 || channels > MOST_CHANNELS || rate < 1000 || rate > 768_000)
    throw undecodable(`A WAV file of kind ${kind} with ${channels} channels of ${bits} bits at ${rate} Hz`);
  return { float: kind === FLOAT, channels, rate, bytes: bits / 8 };
}

/** The next samples of all channels. Typed arrays are read many times faster than one number after another of a Buffer. */
function numbers(data: Buffer, { float, bytes }: WavFormat, count: number): ArrayLike<number> {
  if (bytes === 3) {
    const wide = new Int32Array(count);
    for (let i = 0, at = 0; i < count; i++, at += 3)
      wide[i] = data[at]! | (data[at + 1]! << 8) | ((data[at + 2]! << 24) >> 8);
    return wide;
  }
  // A piece of the file may start anywhere, but a typed array cannot start between two numbers.
  const aligned = data.byteOffset % bytes === 0 ? data : new Uint8Array(data.subarray(0, count * bytes));
  const { buffer, byteOffset } = aligned;
  if (float)
    return bytes === 4 ? new Float32Array(buffer, byteOffset, count) : new Float64Array(buffer, byteOffset, count);
  if (bytes === 1) return aligned;
  return bytes === 2 ? new Int16Array(buffer, byteOffset, count) : new Int32Array(buffer, byteOffset, count);
}
