import { createCipheriv } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileMemoryOf } from '../math/kernels/file-memory.ts';
import { writeFileWhole } from './files.ts';

const NAME = 'sound-files.json';
/** To be raised when a file is checked for more than before: each is then checked once more. */
const VERSION = 1;
/** Smaller files are checked in less time than it takes to look them up. */
const LEAST = 64 << 20;
/** Keys that are kept, the latest. */
const MOST = 32;
/** Bytes of one call. */
const PIECE = 1 << 28;
/** Against damage, not against forgers: everybody knows them. */
const CIPHER = 'aes-128-gcm';
const [SECRET, NONCE] = [Buffer.alloc(16, 'segue'), Buffer.alloc(12)];

/**
 * 128 bits over the bytes of a file, but for those that are read later: the tag of AES-GCM, which takes a quarter of the time of CRC-32 or less. Other
 * bytes have another sum. Made once for all threads.
 * @returns hexadecimal; null when the file is so small that it can as well be checked
 */
export function sumOf(bytes: Uint8Array, least = LEAST): string | null {
  if (bytes.length < least) return null;
  const memory = fileMemoryOf(bytes);
  if (memory?.sum) return memory.sum;
  const cipher = createCipheriv(CIPHER, SECRET, NONCE);
  for (const part of memory?.there ?? [bytes])
    for (let at = 0; at < part.length; at += PIECE) cipher.setAAD(part.subarray(at, at + PIECE));
  cipher.final();
  const sum = cipher.getAuthTag().toString('hex');
  if (memory) memory.sum = sum;
  return sum;
}

/**
 * Whether a file of this sum has passed all checks before: its checksums, and that whatever it refers to is there. Then it need not be checked again.
 * @param key the sum, and what else the checks depend on
 */
export async function isSound(dir: string, key: string): Promise<boolean> {
  return (await keysOf(dir)).includes(key);
}

/** Remembers files that have passed all checks. Failing to write fails nothing: they are checked again then. */
export async function keepSound(dir: string, ...keys: readonly string[]): Promise<void> {
  const sound = [...keys, ...(await keysOf(dir)).filter((key) => !keys.includes(key))].slice(0, MOST);
  await writeFileWhole(join(dir, NAME), `${JSON.stringify({ version: VERSION, sound })}\n`).catch(() => {});
}

async function keysOf(dir: string): Promise<string[]> {
  try {
    const value = JSON.parse(await readFile(join(dir, NAME), 'utf8')) as { version?: unknown; sound?: unknown } | null;
    return value?.version === VERSION && Array.isArray(value.sound) ? value.sound.map(String) : [];
  } catch {
    return [];
  }
}
