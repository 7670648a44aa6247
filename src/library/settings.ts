import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { SegueError } from '../errors.ts';
import { makeDirectory, writeFileWhole } from './files.ts';
import { lockLibrary } from './lock.ts';
import { onStorage, storageFailure } from './storage-failure.ts';

/** A model's settings found by tuning on a library. */
export interface TunedSettings {
  /** Every setting of the model, complete. */
  readonly config: Record<string, unknown>;
  /** How they were chosen: protocol, metric and its value on validation. */
  readonly protocol: string;
  readonly metric: string;
  readonly value: number;
  readonly defaultValue: number;
  readonly trials: number;
}

export type SettingsFile = Record<string, TunedSettings>;

const fileOf = (library: string): string => join(library, 'settings.json');

/**
 * Reads what `segue tune` has saved in a library folder, by model id; empty when there is no such file. Training uses these settings instead of the
 * defaults.
 * @throws SegueError FILE_UNREADABLE
 */
export async function readSettings(library: string): Promise<SettingsFile> {
  let text: string;
  try {
    text = await readFile(fileOf(library), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw storageFailure(library, error);
  }
  const damaged = (cause?: unknown): SegueError =>
    new SegueError('FILE_UNREADABLE', {
      got: `${fileOf(library)} is damaged`,
      expected: 'settings saved by `segue tune`',
      remedy: 'Delete the file to use the defaults, or run `segue tune` again',
      cause,
    });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw damaged(cause);
  }
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(parsed) || !Object.values(parsed).every((entry) => isObject(entry) && isObject(entry.config)))
    throw damaged();
  return parsed as SettingsFile;
}

/** How long a change waits for another, and the interval between attempts, in milliseconds. */
const PATIENCE = 10_000;
const RETRY = 20;

/**
 * Saves the settings of one model, atomically and keeping those of the others; concurrent changes, including those of other processes, are all kept.
 * @param settings null = back to the defaults @throws SegueError FILE_UNREADABLE, LIBRARY_BUSY
 */
export async function writeSettings(library: string, model: string, settings: TunedSettings | null): Promise<void> {
  await makeDirectory(library);
  await onStorage(library, async () => {
    const unlock = await lockPatiently(library);
    try {
      const { [model]: _before, ...others } = await readSettings(library);
      const all = settings ? { ...others, [model]: settings } : others;
      await writeFileWhole(fileOf(library), `${JSON.stringify(all, null, 2)}\n`);
    } finally {
      unlock();
    }
  });
}

async function lockPatiently(library: string): Promise<() => void> {
  for (const start = performance.now(); ; ) {
    try {
      return lockLibrary(library, 'settings.lock');
    } catch (error) {
      const busy = error instanceof SegueError && error.code === 'LIBRARY_BUSY';
      if (!busy || performance.now() - start > PATIENCE) throw error;
      await setTimeout(RETRY);
    }
  }
}
