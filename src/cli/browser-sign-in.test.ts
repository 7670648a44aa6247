import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { after, before, test } from 'node:test';
import { CLIENT_ID } from '../../test/support/fake-spotify.ts';
import { type SpotifyWorld, spotifyWorld } from '../../test/support/spotify-world.ts';
import { signInByBrowser } from './browser-sign-in.ts';

let world: SpotifyWorld;
before(async () => {
  world = await spotifyWorld([]);
});
after(() => world.close());

const account = { service: 'spotify', listener: 'alice', settings: { clientId: CLIENT_ID } };

/** What the person does with the page that the terminal announces. */
function terminal(act: (page: string, input: PassThrough) => void) {
  const input = new PassThrough();
  const say = (text: string): void => {
    const page = /http\S+\/authorize\S+/.exec(text)?.[0];
    if (page) act(page, input);
  };
  return { input, say };
}

test('the browser comes back to a free port of this machine', async () => {
  let page: Promise<string> | undefined;
  const record = await signInByBrowser(
    world.connected.signIns,
    account,
    terminal((address) => {
      const redirect = new URL(address).searchParams.get('redirect_uri')!;
      assert.match(redirect, /^http:\/\/127\.0\.0\.1:\d+\/api\/connections\/callback$/);
      page = fetch(`${redirect}?${world.fake.agree(address)}`).then((r) => r.text());
    }),
  );
  assert.equal(record.account, 'Alice at Spotify');
  assert.match((await page)!, /You are signed in/);
});

test('from another machine the address is pasted, and a forged one is refused', async () => {
  const paste = (change: (query: string) => string) =>
    signInByBrowser(
      world.connected.signIns,
      account,
      terminal((address, input) => {
        const redirect = new URL(address).searchParams.get('redirect_uri')!;
        input.write(`nothing\n${redirect}?${change(world.fake.agree(address))}\n`);
      }),
    );
  assert.equal((await paste((query) => query)).listener, 'alice');
  await assert.rejects(
    paste((query) => query.replace(/state=.*/, 'state=forged')),
    { code: 'SIGN_IN_REFUSED' },
  );
});
