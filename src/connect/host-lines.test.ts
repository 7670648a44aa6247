import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { hostLines } from './host-lines.ts';
import { serviceById } from './registry.ts';
import { ConnectionStore } from './store.ts';

test('a host has one line however many connections and purposes it serves; one that will be contacted stands there before it is', () =>
  withTemporary(async (dir) => {
    const store = ConnectionStore.open(dir);
    try {
      const lines = () => hostLines({ store, serviceOf: serviceById });
      assert.deepEqual(lines(), []);
      const account = { listener: 'me', account: 'a', settings: { address: 'http://nas:4533' }, createdAt: 1 };
      store.add({ id: 'one', service: 'subsonic', ...account }, {});
      const [planned] = lines();
      assert.deepEqual(
        { ...planned, why: planned!.why.length },
        { origin: 'http://nas:4533', why: 1, inUse: true, requests: 0, firstAt: null, lastAt: null },
      );
      const note = (connection: string, origin: string, why: string, at: number): void =>
        store.note({ connection, origin, why, at });
      note('one', 'http://nas:4533', planned!.why[0]!, 50);
      note('two', 'http://nas:4533', planned!.why[0]!, 20);
      note('two', 'http://nas:4533', 'another purpose', 70);
      note('gone', 'https://api.example', 'reads plays', 90);
      note('gone', 'https://api.example', 'reads plays', 95);
      assert.deepEqual(lines(), [
        { origin: 'https://api.example', why: ['reads plays'], inUse: false, requests: 2, firstAt: 90, lastAt: 95 },
        {
          origin: 'http://nas:4533',
          why: ['another purpose', planned!.why[0]],
          inUse: true,
          requests: 3,
          firstAt: 20,
          lastAt: 70,
        },
      ]);
    } finally {
      store.close();
    }
  }));
