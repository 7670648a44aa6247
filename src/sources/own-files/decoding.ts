import { SegueError } from '../../errors.ts';

/** Contents of a file according to its tags and headers. */
export interface AudioFormat {
  /** Lower-case ending of the file's name, without the dot. */
  readonly extension: string;
  /** Name of the codec, e.g. `MPEG 1 Layer 3`, `Opus`; '' when unknown. */
  readonly codec: string;
  /** 0 when unknown. */
  readonly channels: number;
}

/** Receives decoded sound, at most two channels in [−1, 1]; false ends the decoding. Arrays may be used again after the call. */
export type OnSound = (channels: readonly Float32Array[], rate: number) => boolean;

/** Number of bytes of a file read at a time. */
export const CHUNK = 1 << 16;

/** A way to decode some formats. */
export interface Decoder {
  readonly id: string;
  /** What it decodes, for messages. */
  readonly formats: string;
  fits(format: AudioFormat): boolean;
  /** @returns errors met in the stream; decoding goes on after them @throws SegueError FILE_UNREADABLE, CANCELLED */
  decode(path: string, format: AudioFormat, onSound: OnSound): Promise<number>;
}

export const undecodable = (what: string, remedy?: string, cause?: unknown): SegueError =>
  new SegueError('FILE_UNREADABLE', { got: what, expected: 'a music file that can be decoded', remedy, cause });

/** Whether the system refused to open or read a file, whatever its contents. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException & { code: string } =>
  error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
