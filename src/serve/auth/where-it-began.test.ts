import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appWithAccounts } from '../../../test/support/app-with-accounts.ts';
import type { Connected } from '../../connect/open.ts';
import { CALLBACK } from '../../connect/sign-ins.ts';
import { SegueError } from '../../errors.ts';

test('a redirect to 127.0.0.1 is passed on to localhost, where the session is; no other request without a session is', async (context) => {
  const owner = (answer: string): { listener: string; back: string } => {
    const state = new URLSearchParams(answer).get('state');
    const backs: Record<string, string> = {
      here: 'http://localhost:8787/#/connections',
      six: 'http://[::1]:8787/#/connections',
      away: 'http://music.example/#/connections',
    };
    if (state === null || !(state in backs)) throw new SegueError('SIGN_IN_REFUSED', { got: 'none' });
    return { listener: 'ada', back: backs[state]! };
  };
  const connected = async (): Promise<Connected> => ({ signIns: { owner } }) as unknown as Connected;
  const { app } = await appWithAccounts(context, async () => ({ ...(await connected()), close: () => {} }));
  const ask = async (query: string, host: string): Promise<[number, unknown]> => {
    const { statusCode, headers } = await app.inject({ url: `${CALLBACK}?${query}`, headers: { host } });
    return [statusCode, headers.location];
  };
  const query = 'code=a%2Bb&state=here';
  assert.deepEqual(await ask(query, '127.0.0.1:8787'), [303, `http://localhost:8787${CALLBACK}?${query}`]);
  assert.deepEqual(await ask('code=1&state=six', '127.0.0.1:8787'), [
    303,
    `http://[::1]:8787${CALLBACK}?code=1&state=six`,
  ]);
  // There it ends: no loop, and without the session no sign-in.
  assert.deepEqual(await ask(query, 'localhost:8787'), [401, undefined]);
  for (const other of ['code=1&state=away', 'code=1&state=unknown', 'code=1'])
    assert.deepEqual(await ask(other, '127.0.0.1:8787'), [401, undefined], other);
});
