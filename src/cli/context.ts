import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type Loaded, loadConfiguration } from '../configuration/load.ts';
import { SegueError } from '../errors.ts';
import { Library } from '../library/library.ts';

interface SettingFlags {
  library?: string;
  config?: string;
  host?: string;
  port?: number;
  healthPort?: number;
  allowedHost?: string[];
  trustedProxy?: string[];
  signIn?: boolean;
  openWithoutSignIn?: boolean;
  keepUnknown?: boolean;
  logLevel?: string;
  metricsPort?: number;
}

/** The settings in effect for a command. @throws SegueError USAGE, OUT_OF_RANGE, FILE_UNREADABLE */
export function configurationOf(command: Command): Loaded {
  const flags = command.optsWithGlobals<SettingFlags>();
  // Only for these commands do --host and --port mean the server's own address.
  const serving = SERVING.has(command.name()) ? flags : {};
  return loadConfiguration(
    {
      library: flags.library,
      host: serving.host,
      port: serving.port,
      healthPort: serving.healthPort,
      allowedHosts: serving.allowedHost,
      trustedProxies: serving.trustedProxy,
      signIn: serving.signIn,
      openWithoutSignIn: serving.openWithoutSignIn,
      keepUnknown: serving.keepUnknown,
      logLevel: serving.logLevel,
      metricsPort: flags.metricsPort,
    },
    process.env,
    flags.config,
  );
}

const SERVING: ReadonlySet<string> = new Set(['serve', 'start', 'config', 'doctor']);

/** The library folder from the settings. */
export const libraryDir = (command: Command): string => configurationOf(command).values.library;

/** Address of the PostgreSQL that stores the listeners; undefined = they are in the library folder. It may contain a password: never print it. */
export const databaseUrl = (command: Command): string | undefined => configurationOf(command).values.databaseUrl;

/** The library of a command that creates it where there is none. @throws SegueError FILE_UNREADABLE, FORMAT_NEWER */
export const openOrCreateLibrary = (command: Command): Promise<Library> => Library.open(libraryDir(command));

/** The library of a command that needs one; creates nothing. @throws SegueError LIBRARY_EMPTY (there is none), FILE_UNREADABLE, FORMAT_NEWER */
export async function openLibrary(command: Command): Promise<Library> {
  const dir = libraryDir(command);
  const library = await Library.open(dir);
  if (!(await isLibrary(dir)))
    throw new SegueError('LIBRARY_EMPTY', {
      got: `There is no library at ${dir}`,
      expected: 'a folder created by `segue import` or `segue start`',
      remedy: 'Check --library and SEGUE_LIBRARY, or import data, e.g. `segue import demo`',
    });
  return library;
}

/** Whether a folder holds data, or listeners or connections, which may come before the data. */
async function isLibrary(dir: string): Promise<boolean> {
  if (existsSync(join(dir, 'manifest.json'))) return true;
  const { DATABASES } = await import('../operate/backup/format.ts');
  return DATABASES.some((name) => existsSync(join(dir, name)));
}

/** Runs work that Ctrl-C can stop: the first signal asks it to stop and clean up, the second ends the process at once. */
export async function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const stop = (): void => {
    if (abort.signal.aborted) process.exit(130);
    abort.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(abort.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** Parser of a whole-number option. @throws SegueError USAGE, OUT_OF_RANGE */
export const wholeNumber =
  (name: string, from: number, to: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value))
      throw new SegueError('USAGE', { got: `${name} is "${text}"`, expected: `a whole number from ${from} to ${to}` });
    if (value < from || value > to)
      throw new SegueError('OUT_OF_RANGE', {
        got: `${name} is ${text}`,
        expected: `a whole number from ${from} to ${to}`,
      });
    return value;
  };

/** Parser of a number option. @throws SegueError USAGE, OUT_OF_RANGE */
export const decimal =
  (name: string, from: number, to: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value))
      throw new SegueError('USAGE', { got: `${name} is "${text}"`, expected: `a number from ${from} to ${to}` });
    if (value < from || value > to)
      throw new SegueError('OUT_OF_RANGE', { got: `${name} is ${text}`, expected: `a number from ${from} to ${to}` });
    return value;
  };

/** Parser of a range option: `1990-1999`, `1990-`, `-1999` or one value, each from `least` to `most`. @throws SegueError USAGE, OUT_OF_RANGE */
export const rangeOf =
  (name: string, least: number, most: number) =>
  (text: string): { from?: number; to?: number } => {
    const match = /^(\d+(?:\.\d+)?)? ?(?:(-|–|…|\.\.) ?(\d+(?:\.\d+)?)?)?$/.exec(text.trim().replace(/\s+/g, ' '));
    const isReversed = match?.[1] !== undefined && match[3] !== undefined && Number(match[1]) > Number(match[3]);
    if (!match || isReversed || (match[1] === undefined && match[3] === undefined))
      throw new SegueError('USAGE', {
        got: `${name} is "${text}"`,
        expected: isReversed ? 'the smaller number first' : `numbers from ${least} to ${most} as from-to, from- or -to`,
      });
    for (const end of [match[1], match[3]])
      if (end !== undefined && (Number(end) < least || Number(end) > most))
        throw new SegueError('OUT_OF_RANGE', {
          got: `${name} is "${text}"`,
          expected: `numbers from ${least} to ${most}`,
        });
    if (match[2] === undefined) return { from: Number(match[1]), to: Number(match[1]) };
    return {
      ...(match[1] !== undefined && { from: Number(match[1]) }),
      ...(match[3] !== undefined && { to: Number(match[3]) }),
    };
  };

/** Collects a repeatable option. */
export const repeated = (value: string, before: string[] = []): string[] => [...before, value];
