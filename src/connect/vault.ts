import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { SegueError } from '../errors.ts';
import type { Secrets } from './contract.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** First byte of everything sealed: version 1, AES-256-GCM. */
const VERSION = 1;

export const keyFile = (library: string): string => join(library, 'connections.key');

/** Seals secrets with a key in the library folder that only its owner can read. A copy of the store without the key is useless. */
export class Vault {
  private readonly key: Buffer;

  private constructor(key: Buffer) {
    this.key = key;
  }

  /** Opens or creates the key of a library. @throws SegueError FILE_UNREADABLE */
  static open(library: string): Vault {
    const path = keyFile(library);
    let key = readKey(path);
    if (!key) {
      makeKey(path);
      key = readKey(path);
    }
    if (key?.length !== KEY_BYTES)
      throw new SegueError('FILE_UNREADABLE', {
        got: `The key ${path} is damaged`,
        expected: `${KEY_BYTES} bytes`,
        remedy: 'Restore the file from a backup, or delete it and connect again',
      });
    return new Vault(key);
  }

  /** @param owner of the secrets; part of the seal, so that they cannot be opened for another one */
  seal(secrets: Secrets, owner: string): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(owner));
    const body = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
  }

  /** @throws SegueError FILE_UNREADABLE when the key or the sealed bytes are not the ones that belong together */
  unseal(sealed: Uint8Array, owner: string): Secrets {
    try {
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== VERSION) throw new Error('another version');
      const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
      const tag = bytes.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', this.key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(owner)).setAuthTag(tag);
      const body = bytes.subarray(1 + NONCE_BYTES + TAG_BYTES);
      const text = Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      return JSON.parse(text) as Secrets;
    } catch {
      // The cause may contain decrypted data, so it is not passed on.
      throw new SegueError('FILE_UNREADABLE', {
        got: 'The saved sign-in cannot be decrypted with the key of this library',
        remedy: 'Sign in again with `segue connect`',
      });
    }
  }
}

function readKey(path: string): Buffer | null {
  try {
    // A key that others may read is closed to them first: copying a folder can loosen the mode.
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Writes a temporary file and links it into place, so that two processes that start at the same time share one complete key. */
function makeKey(path: string): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(aside, 'wx', 0o600);
  try {
    writeSync(file, randomBytes(KEY_BYTES));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
