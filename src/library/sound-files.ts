import { createCipheriv } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileMemoryOf } from '../math/kernels/file-memory.ts';
import { writeFileWhole } from './files.ts';

const NAME = 'sound-files.json';
/** Raise this when files are checked more thoroughly than before, so that each is checked again. */
const VERSION = 1;
/** Checking smaller files takes less time than looking them up. */
const LEAST = 64 << 20;
/** Number of latest keys to keep. */
const MOST = 32;
/** Bytes per call. */
const PIECE = 1 << 28;
/** Key and nonce are public: this protects against damage, not against forgery. */
const CIPHER = 'aes-128-gcm';
const [SECRET, NONCE] = [Buffer.alloc(16, 'segue'), Buffer.alloc(12)];

/**
 * A 128-bit checksum of a file's bytes, except those read later: the tag of AES-GCM, which takes at most a quarter of the time of CRC-32. Different
 * bytes have a different sum. Computed once for all threads.
 * @returns hexadecimal; null when the file is so small that it might as well be checked
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
 * Whether a file with this sum has passed all checks before (its checksums, and that all its references are valid), so that it need not be checked
 * again.
 * @param key the sum, and whatever else the checks depend on
 */
export async function isSound(dir: string, key: string): Promise<boolean> {
  return (await keysOf(dir)).includes(key);
}

/** Records files that have passed all checks. A failed write has no consequence except that they are checked again. */
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
