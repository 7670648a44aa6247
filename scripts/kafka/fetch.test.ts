import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { fetchKafka } from './fetch.ts';

test('a jar with another content than the listed one is refused and not kept', () =>
  withTemporary(async (folder) => {
    const get = async (): Promise<Uint8Array> => new TextEncoder().encode('something else');
    await assert.rejects(
      fetchKafka(folder, () => {}, get),
      /has the SHA-256 .*, expected [0-9a-f]{64}; it was not kept/,
    );
    assert.deepEqual(readdirSync(folder), []);
  }));
