import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Digests of DIGEST bytes, concatenated; written by scripts/common-passwords.ts. */
export const COMMON_PASSWORDS = new URL('./common-passwords.bin', import.meta.url);
/** Bytes of a digest: one in 10¹⁰ passwords is mistaken for a common one. */
export const DIGEST = 6;

/** The digest of a password in the file. Upper case is ignored, because most variants differ only in that. */
export const commonDigest = (password: string): Buffer =>
  createHash('sha256').update(password.toLowerCase()).digest().subarray(0, DIGEST);

let digests: Set<string> | null = null;

/** Whether a password is among the most common ones of sufficient length. */
export function isCommon(password: string): boolean {
  if (!digests) {
    const bytes = readFileSync(COMMON_PASSWORDS);
    digests = new Set();
    for (let at = 0; at < bytes.length; at += DIGEST) digests.add(bytes.toString('hex', at, at + DIGEST));
  }
  return digests.has(commonDigest(password).toString('hex'));
}
