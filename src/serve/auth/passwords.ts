import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { SegueError } from '../../errors.ts';
import { isCommon } from './common-passwords.ts';

/** As OWASP's Password Storage Cheat Sheet advises: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const SALT = 16;
/** Shortest and longest password, in code points. */
export const SHORTEST = 12;
export const LONGEST = 200;
/** Hashes computed at the same time: each takes 19 MiB and one of the platform's four threads. */
const AT_ONCE = 2;
const WAITING = 20;

const hashed = promisify(argon2);
let running = 0;
const queue: (() => void)[] = [];

/** @throws SegueError OVERLOADED when too many wait */
async function tag(password: string, nonce: Buffer): Promise<Buffer> {
  if (running >= AT_ONCE) {
    if (queue.length >= WAITING)
      throw new SegueError('OVERLOADED', { got: 'Too many sign-ins at once', remedy: 'Try again in a moment' });
    await new Promise<void>((resolve) => queue.push(resolve));
  } else running++;
  try {
    return await hashed('argon2id', { ...COST, message: password.normalize('NFC'), nonce });
  } finally {
    // The next waiting caller takes over the slot.
    const next = queue.shift();
    if (next) next();
    else running--;
  }
}

/** Affixes that people add to an otherwise short password. */
const COMMON =
  /p[a@]ss?w[o0]r[dt]|passphrase|segue|admin(?:istrator)?|welcome|letmein|iloveyou|changeme|default|secret|music/g;
/** Keyboard rows and well-known sequences. */
const ROWS = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv',
];
/** Minimum number of remaining characters, and of distinct ones among them. */
const LEFT = 6;
const DIFFERENT = 5;

/** Whether little remains of a password without the person's name, common words, keyboard rows and repetition. */
function isEasy(password: string, name: string): boolean {
  let rest = password.toLowerCase();
  const own = name.trim().toLowerCase();
  if (own.length > 2) rest = rest.replaceAll(own, '');
  rest = rest.replace(COMMON, '');
  for (const row of ROWS)
    for (const way of [row, [...row].reverse().join('')])
      for (let length = way.length; length >= 4; length--)
        for (let at = 0; at + length <= way.length; at++) rest = rest.replaceAll(way.slice(at, at + length), '');
  return rest.length < LEFT || new Set(rest).size < DIFFERENT;
}

/**
 * The password's argon2id hash with its salt, to be stored.
 * @param name of its owner; it must not make up most of the password @throws SegueError USAGE when it is too short, too long or too easy
 */
export async function hashPassword(password: string, name = ''): Promise<string> {
  const length = [...password].length;
  if (length < SHORTEST || length > LONGEST)
    throw new SegueError('USAGE', {
      got: `The password has ${length} characters`,
      expected: `${SHORTEST} to ${LONGEST}`,
      remedy: 'Use several words',
    });
  if (isCommon(password) || isEasy(password, name))
    throw new SegueError('USAGE', {
      got: 'This password is too easy to guess',
      remedy: 'Use several unrelated words',
    });
  const salt = randomBytes(SALT);
  return `argon2id:${salt.toString('base64url')}:${(await tag(password, salt)).toString('base64url')}`;
}

const NOBODY = `argon2id:${Buffer.alloc(SALT).toString('base64url')}:${Buffer.alloc(COST.tagLength).toString('base64url')}`;

/** Whether a password matches a stored hash. Without a hash it takes equally long and returns false, so that timing does not reveal who exists. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, salt, expected] = (stored ?? NOBODY).split(':').map((part) => Buffer.from(part, 'base64url'));
  // No longer password can have been set, so it is not hashed.
  const possible = password.length <= LONGEST * 2;
  const actual = await tag(possible ? password : '', salt!);
  return stored !== null && possible && actual.length === expected!.length && timingSafeEqual(actual, expected!);
}
