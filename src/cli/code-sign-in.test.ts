import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SegueError } from '../errors.ts';
import { signInByCode } from './code-sign-in.ts';

const account = { service: 'jellyfin', listener: 'alice', settings: { address: 'nas' }, way: 'Quick Connect' };
const begin = async () => ({ id: 'unguessable', code: '123456' });

test('the terminal shows the code and asks until it is confirmed; what refuses it ends the wait', async () => {
  const said: string[] = [];
  let looks = 0;
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  const record = { id: 'jellyfin-1' } as never;
  const look = async (id: string) => (id === 'unguessable' && ++looks === 3 ? record : null);
  assert.equal(await signInByCode({ begin, look }, account, (text) => said.push(text), wait), record);
  assert.deepEqual(waits, [2000, 2000]);
  assert.match(said.join(''), /Quick Connect code: 123456\n/);
  assert.doesNotMatch(said.join(''), /unguessable/);
  const refused = async (): Promise<never> => {
    throw new SegueError('SIGN_IN_REFUSED', { got: 'The code 123456 has expired' });
  };
  await assert.rejects(
    signInByCode({ begin, look: refused }, account, () => {}, wait),
    { code: 'SIGN_IN_REFUSED' },
  );
});
