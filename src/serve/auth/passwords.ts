import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { SegueError } from '../../errors.ts';

/** As OWASP's Password Storage Cheat Sheet advises: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const SALT = 16;
export const SHORTEST = 12;
export const LONGEST = 200;
/** Hashes worked out at a time: each holds 19 MiB and a thread of the platform's four. */
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
    // Whoever waits takes the place over.
    const next = queue.shift();
    if (next) next();
    else running--;
  }
}

/** The password's argon2id hash with its salt, to be stored. @throws SegueError USAGE when it is too short or too long */
export async function hashPassword(password: string): Promise<string> {
  const length = [...password].length;
  if (length < SHORTEST || length > LONGEST)
    throw new SegueError('USAGE', {
      got: `The password has ${length} characters`,
      expected: `${SHORTEST} to ${LONGEST}`,
      remedy: 'Take several words',
    });
  const salt = randomBytes(SALT);
  return `argon2id:${salt.toString('base64url')}:${(await tag(password, salt)).toString('base64url')}`;
}

const NOBODY = `argon2id:${Buffer.alloc(SALT).toString('base64url')}:${Buffer.alloc(COST.tagLength).toString('base64url')}`;

/** Whether a password is the one of a stored hash. Without a hash it takes as long and is never: who exists cannot be told by the time. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, salt, expected] = (stored ?? NOBODY).split(':').map((part) => Buffer.from(part, 'base64url'));
  const actual = await tag(password.slice(0, LONGEST * 2), salt!);
  return stored !== null && actual.length === expected!.length && timingSafeEqual(actual, expected!);
}
