import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** One after the other, DIGEST bytes each; made by scripts/common-passwords.ts. */
export const COMMON_PASSWORDS = new URL('./common-passwords.bin', import.meta.url);
/** Bytes of a digest: of all passwords, one in 10¹⁰ is taken for a common one. */
export const DIGEST = 6;

/** What stands for a password in the file: upper case is how most are varied, so it does not count. */
export const commonDigest = (password: string): Buffer =>
  createHash('sha256').update(password.toLowerCase()).digest().subarray(0, DIGEST);

let digests: Set<string> | null = null;

/** Whether a password is one of the most common that are long enough. */
export function isCommon(password: string): boolean {
  if (!digests) {
    const bytes = readFileSync(COMMON_PASSWORDS);
    digests = new Set();
    for (let at = 0; at < bytes.length; at += DIGEST) digests.add(bytes.toString('hex', at, at + DIGEST));
  }
  return digests.has(commonDigest(password).toString('hex'));
}
