import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AskedFigures } from './held-out.ts';
import type { AnswerStep, Cost, ImportStep, TrainStep } from './step.ts';

/** Playlists and tracks of the demo worlds, with about as many tracks per playlist as the Million Playlist Dataset. */
export const SIZES: Readonly<Record<string, number>> = {
  '10000': 22_500,
  '50000': 112_500,
  '200000': 450_000,
  '1000000': 2_262_292,
};
export const MODELS = ['popularity', 'playlist-neighbours', 'track-neighbours', 'als', 'spectral', 'hybrid'] as const;

/** Another program on the same data and queries. */
export interface PeerStep extends Pick<Cost, 'seconds' | 'processor' | 'gigabytes' | 'load'> {
  readonly long: AskedFigures;
}

/** Measurements at one size; missing ones were not run. */
export interface SizeResults {
  import?: ImportStep;
  train?: Record<string, TrainStep>;
  answer?: Record<string, AnswerStep>;
  peers?: Record<string, PeerStep>;
}
export type Results = Record<string, SizeResults>;

const fileOf = (dir: string): string => join(dir, 'growth.json');

export async function readResults(dir: string): Promise<Results> {
  try {
    return JSON.parse(await readFile(fileOf(dir), 'utf8')) as Results;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

export const writeResults = (dir: string, results: Results): Promise<void> =>
  writeFile(fileOf(dir), `${JSON.stringify(results, null, 1)}\n`);
