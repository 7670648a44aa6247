import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from '#typebox/value';
import { SegueError } from '../errors.ts';
import { type Configuration, SETTINGS, type Setting, type SettingName } from './settings.ts';

/** File read from the library folder when none is named. */
export const CONFIGURATION_FILE = 'segue.config.json';
/** Longest configuration or secret file in bytes. */
const LONGEST = 64 * 1024;

export interface Loaded {
  readonly values: Configuration;
  /** Source of each value, in words. */
  readonly origins: Readonly<Record<SettingName, string>>;
}

interface Found {
  value: unknown;
  origin: string;
}

const NAMES = Object.keys(SETTINGS) as SettingName[];

/**
 * Reads the settings: flags before environment before file before defaults.
 * @param flags values from the command line; undefined = not given
 * @param file a configuration file; by default `segue.config.json` in the library folder, if it exists
 * @throws SegueError USAGE, OUT_OF_RANGE, FILE_UNREADABLE
 */
export function loadConfiguration(
  flags: Partial<Record<SettingName, unknown>> = {},
  env: NodeJS.ProcessEnv = process.env,
  file?: string,
): Loaded {
  const direct = (name: SettingName): Found | null => fromFlag(name, flags[name]) ?? fromEnvironment(name, env);
  const named = file ? readFile(file) : null;
  const library = direct('library') ?? fromFile('library', named, file ?? '');
  const beside = join(String(library?.value ?? SETTINGS.library.fallback), CONFIGURATION_FILE);
  const path = file ?? beside;
  const content = named ?? (existsSync(beside) ? readFile(beside) : null);
  const values: Partial<Record<SettingName, unknown>> = {};
  const origins: Partial<Record<SettingName, string>> = {};
  for (const name of NAMES) {
    const found = direct(name) ?? fromFile(name, content, path);
    const setting: Setting = SETTINGS[name];
    const value = found ? found.value : setting.fallback;
    if (value !== undefined) {
      check(name, value, found?.origin ?? 'default');
      values[name] = value;
    }
    origins[name] = found?.origin ?? (value === undefined ? 'not set' : 'default');
  }
  return { values: values as unknown as Configuration, origins: origins as Record<SettingName, string> };
}

const fromFlag = (name: SettingName, value: unknown): Found | null =>
  value === undefined ? null : { value, origin: `flag ${(SETTINGS[name] as Setting).flag}` };

function fromEnvironment(name: SettingName, env: NodeJS.ProcessEnv): Found | null {
  const { env: variable, secret, schema }: Setting = SETTINGS[name];
  // Empty counts as not set: that is what `VARIABLE=` in a unit or compose file means.
  const text = env[variable] || undefined;
  const path = secret ? env[`${variable}_FILE`] || undefined : undefined;
  if (text !== undefined && path !== undefined)
    throw new SegueError('USAGE', {
      got: `${variable} and ${variable}_FILE are both set`,
      expected: 'one of them',
    });
  if (path !== undefined) return { value: readText(path).trim(), origin: `file ${path} (${variable}_FILE)` };
  if (text === undefined) return null;
  return { value: parsed(text, (schema as { type?: string }).type), origin: `environment ${variable}` };
}

/** Converts a variable's text to the type of its setting; invalid text is left for validation to reject. */
function parsed(text: string, type: string | undefined): unknown {
  if (type === 'integer') return /^-?\d+$/.test(text) ? Number(text) : text;
  if (type === 'boolean')
    return ({ true: true, '1': true, false: false, '0': false } as Record<string, boolean>)[text] ?? text;
  if (type === 'array')
    return text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  return text;
}

function fromFile(name: SettingName, content: Record<string, unknown> | null, path: string): Found | null {
  return content && Object.hasOwn(content, name) ? { value: content[name], origin: `file ${path}` } : null;
}

function readFile(path: string): Record<string, unknown> {
  const text = readText(path);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may contain a misplaced secret.
    throw new SegueError('FILE_UNREADABLE', { got: `${path} is not JSON`, expected: 'a JSON object of settings' });
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new SegueError('FILE_UNREADABLE', {
      got: `${path} is not a JSON object`,
      expected: 'a JSON object of settings',
    });
  for (const name of Object.keys(content)) {
    const setting: Setting | undefined = Object.hasOwn(SETTINGS, name) ? SETTINGS[name as SettingName] : undefined;
    if (!setting)
      throw new SegueError('USAGE', {
        got: `${path} has an unknown setting "${name.slice(0, 100)}"`,
        expected: `settings among ${NAMES.filter((known) => !(SETTINGS[known] as Setting).secret).join(', ')}`,
      });
    if (setting.secret)
      throw new SegueError('USAGE', {
        got: `${path} holds the secret "${name}"`,
        expected: 'no secrets in the configuration file',
        remedy: `Put it in a file that only Segue can read, and name that file in ${setting.env}_FILE`,
      });
  }
  return content as Record<string, unknown>;
}

/** @throws SegueError FILE_UNREADABLE; never quotes the content */
function readText(path: string): string {
  try {
    if (statSync(path).size > LONGEST)
      throw new SegueError('FILE_UNREADABLE', { got: `${path} is too long`, expected: `at most ${LONGEST} bytes` });
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof SegueError) throw cause;
    throw new SegueError('FILE_UNREADABLE', {
      got: `${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown reason'})`,
      expected: 'a file that this account may read',
      remedy: 'Check the path and the permissions of the file',
      cause,
    });
  }
}

function check(name: SettingName, value: unknown, origin: string): void {
  const { schema, secret }: Setting = SETTINGS[name];
  if (Value.Check(schema, value)) return;
  const { minimum, maximum, description } = schema as { minimum?: number; maximum?: number; description?: string };
  const isOut = minimum !== undefined && maximum !== undefined && Number.isInteger(value);
  throw new SegueError(isOut ? 'OUT_OF_RANGE' : 'USAGE', {
    got: `The setting ${name} (${origin}) is ${secret ? 'not usable' : JSON.stringify(value)?.slice(0, 200)}`,
    expected: minimum === undefined ? description! : `a whole number from ${minimum} to ${maximum}`,
  });
}
