import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from '#typebox';
import type { Connections } from './connections.ts';
import type { Service } from './contract.ts';
import { SignIns } from './sign-ins.ts';

/** Sign-ins of a service whose page returns with the states 0, 1, 2 …; `connected` has those that were finished. */
function signIns(): { begin: () => Promise<string>; all: SignIns; connected: unknown[] } {
  let next = 0;
  const begin = async () => ({ address: `http://page/${next}`, state: String(next++), kept: {} });
  const service = { settings: Type.Object({}), browser: { fills: [], begin } } as unknown as Service;
  const connected: unknown[] = [];
  const connect = async (_service: string, _listener: string, { answer }: { answer: string }) => connected.push(answer);
  const all = new SignIns({ serviceOf: () => service, connect } as unknown as Connections);
  const request = { service: 'page', listener: 'ann', settings: {}, redirect: 'http://127.0.0.1:1/' };
  return { begin: () => all.begin(request), all, connected };
}

test('fifty sign-ins may be open: the return of one ends no other, the fifty-first pushes out the oldest', async () => {
  const { begin, all, connected } = signIns();
  for (let i = 0; i < 50; i++) await begin();
  assert.equal(all.owner('state=49').listener, 'ann');
  await all.finish('state=0');
  await begin();
  await begin();
  assert.throws(() => all.owner('state=1'), { code: 'SIGN_IN_REFUSED' });
  await all.finish('state=2');
  assert.deepEqual(connected, ['state=0', 'state=2']);
});
