import { join } from 'node:path';
import { SOUND, SOUND_WIDTH } from '../../dataset/sound-measures.ts';
import { SegueError } from '../../errors.ts';
import { type SoundMeasurement, SoundMeter } from '../../math/sound/sound-meter.ts';
import { type TagMeasurement, TagMeter } from '../../math/sound/tag-meter.ts';
import type { TagNetwork } from '../../math/sound/tag-network.ts';
import type { AudioFile } from './audio-files.ts';
import { decoderFor } from './decoders.ts';
import { isSystemError, undecodable } from './decoding.ts';
import { readTags } from './tag-reader.ts';
import type { SongTags } from './tags.ts';

/** Maximum number of seconds analysed, from the start of a recording: enough for any song. */
const MOST_SECONDS = 900;
/** Less than this is no music. */
const LEAST_SECONDS = 1;
/** A file is damaged when this much of the length that its headers claim cannot be decoded. */
const LOST = 0.1;
/** Formats whose length may be estimated from the bit rate; in these, only decoder errors reveal a truncated file. */
const ESTIMATED: ReadonlySet<string> = new Set(['mp3', 'aac']);

/** Why a file has no song and sound. */
interface Problem {
  /** A sentence. */
  readonly problem: string;
  /** The file is not at fault: it may be read next time, or when its decoder is installed. */
  readonly retry?: true;
}

/** A file's song and sound. */
interface Heard {
  readonly tags: SongTags;
  readonly sound: number[];
  /** What the network heard, in the order of EMBEDDING_MEASURES; null in recordings that are too short for it, absent where it was not asked. */
  readonly embedding?: number[] | null;
}

/** What became of a file: its song and sound, or why there are none. */
export type FileAnalysis = AudioFile & (Heard | Problem);

/**
 * Reads, decodes and measures one file. What is wrong with the file is part of the result; only defects of ours throw.
 * @param network hears it too
 */
export async function analyseFile(
  folder: string,
  file: AudioFile,
  network: TagNetwork | null = null,
): Promise<FileAnalysis> {
  try {
    const path = join(folder, file.path);
    const { tags, format } = await readTags(path, file.path);
    const { measured, heard: embedding, errors } = await measure(path, format, network);
    const whole = Math.min(MOST_SECONDS, tags.durationMs / 1000);
    if (measured.seconds < LEAST_SECONDS) throw undecodable('It holds less than a second of sound');
    if (measured.seconds < (1 - LOST) * whole && (errors > 0 || !ESTIMATED.has(format.extension)))
      throw undecodable(`Of ${Math.round(whole)} s only ${Math.round(measured.seconds)} s can be decoded`);
    // Some formats do not state their length; then the decoded length counts.
    const heard = measured.seconds < MOST_SECONDS ? Math.round(measured.seconds * 1000) : -1;
    return {
      ...file,
      tags: tags.durationMs > 0 ? tags : { ...tags, durationMs: heard },
      sound: soundRow(measured),
      ...(network && { embedding: embedding && embeddingRow(embedding) }),
    };
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    return { ...file, ...problem };
  }
}

/** What is wrong with a file; null for a defect of ours. What a remedy mends is tried again. */
function problemOf(error: unknown): Problem | null {
  if (error instanceof SegueError && error.code !== 'INTERNAL')
    return error.remedy === undefined
      ? { problem: error.got }
      : { problem: `${error.got}. ${error.remedy}`, retry: true };
  return isSystemError(error) ? { problem: `It cannot be read (${error.code})`, retry: true } : null;
}

async function measure(
  path: string,
  format: Parameters<typeof decoderFor>[0],
  network: TagNetwork | null,
): Promise<{ measured: SoundMeasurement; heard: TagMeasurement | null; errors: number }> {
  let meter: SoundMeter | null = null;
  let tags: TagMeter | null = null;
  let heard: { rate: number; channels: number } | null = null;
  let samples = 0;
  try {
    const errors = await decoderFor(format).decode(path, format, (channels, rate) => {
      if (!meter || !heard) {
        heard = { rate, channels: channels.length };
        meter = new SoundMeter(rate, channels.length);
        if (network) tags = new TagMeter(rate, network);
      }
      // A stream that changes its form midway is damaged; what came before is heard.
      if (rate !== heard.rate || channels.length !== heard.channels) return false;
      meter.push(channels);
      tags?.push(channels);
      samples += channels[0]!.length;
      return samples < MOST_SECONDS * rate;
    });
    if (!meter) throw undecodable('No sound can be decoded');
    return {
      measured: (meter as SoundMeter).finish(),
      heard: (tags as TagMeter | null)?.finish() ?? null,
      errors,
    };
  } finally {
    (meter as SoundMeter | null)?.free();
    (tags as TagMeter | null)?.free();
  }
}

/** A measurement as a row in the order of SOUND_MEASURES. */
export function soundRow(measured: SoundMeasurement): number[] {
  const row = new Array<number>(SOUND_WIDTH).fill(Number.NaN);
  const put = (at: number, values: ArrayLike<number>, from = 0): void => {
    for (let i = from; i < values.length; i++) row[at + i - from] = values[i]!;
  };
  for (const id of ['lufs', 'beat', 'pulse', 'tonic', 'major', 'tonality'] as const) row[SOUND[id]] = measured[id];
  for (const id of ['brightness', 'brightnessRange', 'flux', 'onsetRate'] as const) row[SOUND[id]] = measured[id];
  put(SOUND.timbre, measured.cepstrum, 1);
  put(SOUND.timbreRange, measured.cepstrumRange);
  put(SOUND.degree, measured.degrees);
  return row.map(digits);
}

/** What the network heard as a row in the order of EMBEDDING_MEASURES. */
const embeddingRow = ({ tags, embedding }: TagMeasurement): number[] => [...tags, ...embedding].map(digits);

/** Five digits are more than any measure is good for. */
const digits = (value: number): number => Number(value.toPrecision(5));
