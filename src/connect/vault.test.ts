import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { ConnectionStore } from './store.ts';
import { storeFile } from './store-file.ts';
import { keyFile, Vault } from './vault.ts';

const mode = (path: string): number => statSync(path).mode & 0o777;
const PASSWORD = 'correct horse battery staple';

test('secrets open with their key and owner alone; the key is readable by its owner only', () =>
  withTemporary(async (dir) => {
    const vault = Vault.open(dir);
    assert.equal(mode(keyFile(dir)), 0o600);
    const sealed = vault.seal({ password: PASSWORD }, 'subsonic-1');
    assert.deepEqual(Vault.open(dir).unseal(sealed, 'subsonic-1'), { password: PASSWORD });
    assert.throws(() => vault.unseal(sealed, 'subsonic-2'), { code: 'FILE_UNREADABLE' });
    const twisted = Uint8Array.from(sealed);
    twisted[twisted.length - 1]! ^= 1;
    assert.throws(() => vault.unseal(twisted, 'subsonic-1'), { code: 'FILE_UNREADABLE' });
    await withTemporary(async (other) => {
      assert.throws(() => Vault.open(other).unseal(sealed, 'subsonic-1'), { code: 'FILE_UNREADABLE' });
    });
    assert.notDeepEqual(vault.seal({ password: PASSWORD }, 'subsonic-1'), sealed, 'a nonce of its own each time');
  }));

test('a key that others may read is closed to them; a damaged one is named', () =>
  withTemporary(async (dir) => {
    Vault.open(dir);
    chmodSync(keyFile(dir), 0o644);
    Vault.open(dir);
    assert.equal(mode(keyFile(dir)), 0o600);
    writeFileSync(keyFile(dir), 'short');
    assert.throws(() => Vault.open(dir), { code: 'FILE_UNREADABLE', message: /damaged/ });
  }));

test('no file of the library holds a secret in the open, before and after it is removed', () =>
  withTemporary(async (dir) => {
    const store = ConnectionStore.open(dir);
    const record = {
      id: 'subsonic-1',
      service: 'subsonic',
      listener: 'me',
      account: 'alice',
      settings: {},
      createdAt: 1,
    };
    store.add(record, { password: PASSWORD });
    assert.equal(mode(storeFile(dir)), 0o600);
    assert.equal(store.secrets('subsonic-1').password, PASSWORD);
    assert.ok(!JSON.stringify(store.list()).includes(PASSWORD));
    const holds = (text: string): string[] => readdirSync(dir).filter((n) => readFileSync(join(dir, n)).includes(text));
    assert.deepEqual(holds(PASSWORD), []);
    await store.remove('subsonic-1');
    assert.throws(() => store.secrets('subsonic-1'), { code: 'NOT_FOUND' });
    store.close();
    assert.deepEqual(holds('alice'), [], 'what was removed is gone from the file');
  }));
