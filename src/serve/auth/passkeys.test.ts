import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { appWithAccounts } from '../../../test/support/app-with-accounts.ts';
import { type Forgery, SoftAuthenticator } from '../../../test/support/soft-authenticator.ts';

const PASSWORD = 'several quiet words';
const HOST = 'localhost:8787';
const ORIGIN = `http://${HOST}`;

/** An app with one account that has a passkey. */
async function household(context: TestContext) {
  const world = await appWithAccounts(context);
  const post = async (url: string, fields: Record<string, string>, cookies: readonly string[] = [], host = HOST) =>
    world.app.inject({
      method: 'POST',
      url,
      headers: { host, cookie: cookies.join('; '), 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
  const cookiesOf = (answer: { headers: Record<string, unknown> }): string[] =>
    [answer.headers['set-cookie'] ?? []].flat().map((cookie) => String(cookie).split(';')[0]!);
  const joined = await post('/join', { code: (await world.accounts.firstRun())!, name: 'Ada', password: PASSWORD });
  const [session] = cookiesOf(joined);
  const device = new SoftAuthenticator(ORIGIN);
  const add = async (forgery: Forgery = {}, name = 'Laptop <1>', using = device) => {
    const asked = await post('/account/passkey/options', {}, [session!]);
    assert.equal(asked.statusCode, 200, asked.body);
    return post('/account/passkey', { name, answer: using.create(asked.json(), forgery) }, [
      session!,
      ...cookiesOf(asked),
    ]);
  };
  const ask = async () => {
    const asked = await post('/sign-in/passkey/options', {});
    assert.equal(asked.statusCode, 200, asked.body);
    return { options: asked.json(), cookies: cookiesOf(asked) };
  };
  const signIn = async (forgery: Forgery = {}, using = device) => {
    const { options, cookies } = await ask();
    return post('/sign-in/passkey', { answer: using.get(options, forgery) }, cookies);
  };
  return { ...world, session: session!, device, post, cookiesOf, add, ask, signIn };
}

test('a passkey is added, signs in by itself, is listed and removed', async (context) => {
  const world = await household(context);
  const { add, signIn, cookiesOf, accounts, app, post, session } = world;
  const added = await add();
  assert.equal(added.statusCode, 200, added.body);
  assert.match(added.body, /Laptop &#60;1&#62;/);
  const entered = await signIn();
  assert.equal(entered.statusCode, 303, entered.body);
  const fresh = cookiesOf(entered).find((cookie) => cookie.startsWith('segue_session='))!;
  assert.notEqual(fresh, session);
  assert.equal((await accounts.session(fresh.split('=')[1]!))?.name, 'Ada');
  const [key] = await (await accounts.store()).passkeys((await accounts.people())[0]!.listener);
  const removed = await post('/account/remove-passkey', { passkey: key!.id }, [session]);
  assert.equal(removed.statusCode, 200);
  assert.equal((await signIn()).statusCode, 401);
  const { statusCode } = await app.inject({ url: '/account', headers: { host: HOST, cookie: fresh } });
  assert.equal(statusCode, 200, 'the session that it began goes on');
  const actions = (await world.repository.accounts.audit(10)).map(({ action }) => action);
  assert.deepEqual(actions, ['sign-in-refused', 'passkey-removed', 'signed-in', 'passkey-added', 'joined']);
});

test('a response from another site, for another purpose or by another key signs nobody in', async (context) => {
  const { add, signIn, device } = await household(context);
  await add();
  device.counter = 10;
  assert.equal((await signIn()).statusCode, 303);
  const forgeries: Forgery[] = [
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:9999' },
    { site: 'evil.example' },
    { challenge: 'AAAA' },
    { unverified: true },
    { type: 'webauthn.create' },
    { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey },
    { counter: 3 },
  ];
  for (const forgery of forgeries) {
    const answer = await signIn(forgery);
    assert.equal(answer.statusCode, 401, JSON.stringify(Object.keys(forgery)));
    assert.match(answer.body, /The passkey was not accepted/);
  }
  assert.equal((await signIn({}, new SoftAuthenticator(ORIGIN))).statusCode, 401, 'a key that nobody added');
  assert.equal((await signIn()).statusCode, 303);
});

test('a challenge is valid once, in time, in the browser that received it, and for its purpose', async (context) => {
  const { add, ask, post, device, wait, session, cookiesOf } = await household(context);
  await add();
  const { options, cookies } = await ask();
  const answer = device.get(options);
  assert.equal((await post('/sign-in/passkey', { answer })).statusCode, 401, 'without its cookie');
  assert.equal((await post('/sign-in/passkey', { answer }, cookies)).statusCode, 303);
  assert.equal((await post('/sign-in/passkey', { answer }, cookies)).statusCode, 401, 'twice');
  const late = await ask();
  wait(5 * 60_000);
  assert.equal((await post('/sign-in/passkey', { answer: device.get(late.options) }, late.cookies)).statusCode, 401);
  const adding = await post('/account/passkey/options', {}, [session]);
  const used = { answer: device.get({ challenge: adding.json().challenge, rpId: 'localhost' }) };
  assert.equal((await post('/sign-in/passkey', used, cookiesOf(adding))).statusCode, 401, 'a question for adding');
  for (const damaged of ['', 'x', 'null', '[]', '{}', '{"id":1}', '{"id":"x"}'])
    assert.equal((await post('/sign-in/passkey', { answer: damaged }, (await ask()).cookies)).statusCode, 401, damaged);
});

test('a passkey is added with its own challenge, once', async (context) => {
  const { add } = await household(context);
  for (const forgery of [{ origin: 'https://evil.example' }, { challenge: 'AAAA' }, { unverified: true }])
    assert.equal((await add(forgery, 'x', new SoftAuthenticator(ORIGIN))).statusCode, 401);
  assert.equal((await add()).statusCode, 200);
  assert.equal((await add()).statusCode, 409);
});

test('at a numeric address, the page offers no passkeys', async (context) => {
  const { post, session, app } = await household(context);
  const asked = await post('/account/passkey/options', {}, [session], '127.0.0.1:8787');
  assert.equal(asked.statusCode, 400);
  const page = async (host: string): Promise<string> => (await app.inject({ url: '/sign-in', headers: { host } })).body;
  assert.match(await page(HOST), /data-passkey/);
  assert.doesNotMatch(await page('127.0.0.1:8787'), /data-passkey/);
});

test('the number of challenges per address is limited', async (context) => {
  const { post } = await household(context);
  const statuses: number[] = [];
  for (let i = 0; i < 35; i++) statuses.push((await post('/sign-in/passkey/options', {})).statusCode);
  assert.deepEqual(statuses, [...Array(30).fill(200), ...Array(5).fill(429)]);
});
