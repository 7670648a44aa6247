import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { spotifyAt } from '../../src/connect/spotify/spotify.ts';
import { subsonic } from '../../src/connect/subsonic/subsonic.ts';
import { FakeNavidrome } from '../support/fake-navidrome.ts';
import { CLIENT_ID, FakeSpotify, fakeTrack } from '../support/fake-spotify.ts';
import { assertClean } from './axe-findings.ts';
import { addSong, rows, skip, World } from './world.ts';

describe('connections in a browser', { skip, timeout: 300_000 }, () => {
  let world: World;
  let spotify: FakeSpotify;
  let navidrome: FakeNavidrome;
  before(async () => {
    spotify = await FakeSpotify.start();
    world = await World.open({ services: [subsonic, spotifyAt({ accounts: spotify.origin, api: spotify.origin })] });
    const { dataset } = world.server.engine.current;
    const names = Array.from({ length: dataset.tracks.count }, (_, t) => ({
      title: dataset.tracks.names.get(t),
      artist: dataset.artists.names.get(dataset.mainArtist(t)),
    }));
    spotify.catalogue = names.map(({ title, artist }, t) => ({
      ...fakeTrack(t),
      name: title,
      artists: [{ id: `a${t}`, name: artist }],
    }));
    spotify.saved = spotify.catalogue
      .slice(0, 120)
      .map((track, i) => ({ added_at: new Date(Date.UTC(2026, 5, 1) - i * 86_400_000).toISOString(), track }));
    // Every second song of the catalogue is on the home server.
    navidrome = await FakeNavidrome.start(
      names
        .map(({ title, artist }, t) => ({ id: `nd${t}`, title, artist, album: `Album ${t % 60}`, duration: 180 }))
        .filter(({ title }, t) => t % 2 === 0 && title.length < 100),
    );
  });
  after(async () => {
    await world?.close();
    await spotify?.stop();
    await navidrome?.stop();
  });

  for (const [size, viewport] of [
    ['wide', { width: 1440, height: 900 }],
    ['phone', { width: 390, height: 844 }],
  ] as const)
    test(`sign in at Spotify → read → playlist of 50 → server at home → send, what is missing → disconnect (${size})`, async () => {
      const { page, complaints } = await world.page({ viewport, colorScheme: size === 'phone' ? 'dark' : 'light' });
      const picture = async (name: string): Promise<void> => {
        const folder = process.env.SEGUE_CONNECTION_PICTURES;
        if (folder)
          await page.screenshot({ path: join(folder, `${name}-${size}.png`), fullPage: name.startsWith('page') });
      };
      // The person's part at Spotify: consents, and is redirected back.
      await page.context().route(`${spotify.origin}/authorize*`, (route) => {
        const address = route.request().url();
        const back = `${new URL(address).searchParams.get('redirect_uri')}?${spotify.agree(address)}`;
        return route.fulfill({ status: 302, headers: { location: back } });
      });
      await page.goto(world.url);
      if (size === 'phone') {
        await page.getByRole('button', { name: 'Settings', exact: true }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Connections' }).click();
      } else await page.getByRole('navigation').getByRole('button', { name: 'Connections' }).click();
      if (size === 'phone') await page.getByRole('button', { name: 'Add a person' }).click();
      await page.getByRole('textbox', { name: size === 'phone' ? 'Their name' : 'Your name' }).fill(`Ada ${size}`);
      await page.getByRole('button', { name: size === 'phone' ? 'Add' : 'Get started', exact: true }).click();
      await page.getByText('Nothing leaves this machine until you connect').waitFor();
      await assertClean(page, 'no connections');
      await picture('page-empty');

      const sheet = page.getByRole('dialog');
      await page.getByRole('button', { name: 'Connect Spotify' }).click();
      await sheet.getByLabel('Client ID', { exact: true }).fill(CLIENT_ID);
      await assertClean(page, 'sign-in');
      await picture('sign-in');
      await page.getByRole('button', { name: /Sign in to Spotify/ }).click();
      const account = page.locator('.account', { hasText: 'Alice at Spotify' });
      await account.getByText(/Synced just now · \d+ songs/).waitFor();
      assert.ok(!page.url().includes('code=') && !page.url().includes('state='), page.url());

      await account.getByRole('button', { name: 'Make a playlist of 50' }).click();
      await sheet.getByRole('button', { name: 'Send 50 songs' }).click();
      await sheet.getByText('50 songs are now on Spotify.').waitFor();
      await sheet.getByRole('button', { name: 'Play here' }).click();
      const frame = await sheet.locator('iframe').getAttribute('src');
      assert.match(frame ?? '', /^https:\/\/open\.spotify\.com\/embed\/playlist\/\w+$/);
      await assertClean(page, 'sent');
      await picture('sent');
      await sheet.getByRole('button', { name: 'Close' }).click();
      assert.equal(spotify.lists.find(({ name }) => name === 'Segue: all your tastes')?.entries.length, 50);

      await page.getByRole('button', { name: 'Connect OpenSubsonic' }).click();
      await sheet.getByLabel('Address', { exact: true }).fill(navidrome.address);
      await sheet.getByLabel('User', { exact: true }).fill(navidrome.user);
      await sheet.getByLabel('Password', { exact: true }).fill(navidrome.password);
      await page.getByRole('dialog').getByRole('button', { name: 'Connect', exact: true }).click();
      const server = page.locator('.account', { hasText: 'OpenSubsonic server' });
      await server.getByText(/Synced just now · [\d,]+ songs/).waitFor();
      await server.getByText('What it can do and which hosts it contacts').click();
      await server.getByText('Can stream songs to the app').waitFor();
      const hosts = page.locator('section', {
        has: page.getByRole('heading', { name: 'Hosts Segue contacts' }),
      });
      await hosts.getByText(spotify.origin, { exact: true }).first().waitFor();
      await hosts.getByText(navidrome.address, { exact: true }).first().waitFor();
      await assertClean(page, 'two connections');
      await picture('page-two');

      await server.getByRole('button', { name: 'Send lists every week' }).click();
      await sheet.getByRole('checkbox', { name: 'My weekly mixes' }).waitFor();
      await assertClean(page, 'weekly');
      await picture('weekly');
      await sheet.getByRole('button', { name: 'Send now and every Monday' }).click();
      await server.getByText(/Next: Monday \d/).waitFor();
      await assertClean(page, 'weekly lists');
      await picture('page-weekly');
      assert.ok(navidrome.playlists.length > 0 && navidrome.playlists.every(({ songs }) => songs.length > 0));

      await page.getByRole('navigation').getByRole('button', { name: 'Discover' }).click();
      await addSong(page, String(spotify.catalogue[40]!.name));
      await rows(page).first().waitFor();
      await page.getByRole('button', { name: 'Export this list' }).click();
      await page.getByRole('menuitem', { name: 'Send to…' }).click();
      await sheet.getByRole('radio', { name: /Subsonic/ }).check();
      const says = sheet.getByText(/ has \d+ of \d+ songs\./);
      await says.waitFor();
      const [, present] = / has (\d+) of/.exec((await says.textContent())!)!;
      await sheet.getByText(/^Missing from .*: \d+ songs?$/).click();
      await sheet.locator('.absent li').first().waitFor();
      await assertClean(page, 'send');
      await picture('send');
      await sheet.getByRole('button', { name: `Send ${present} songs` }).click();
      await sheet.getByText(/songs? (is|are) now on /).waitFor();
      await sheet.getByRole('button', { name: 'Close' }).click();

      await page.goto(`${world.url}/#/connections`);
      await account.getByRole('button', { name: 'Disconnect' }).click();
      await sheet.getByText('everything read from it is deleted').waitFor();
      await picture('disconnect');
      await sheet.getByRole('button', { name: 'Disconnect and delete' }).click();
      await account.waitFor({ state: 'detached' });
      await server.getByRole('button', { name: 'Disconnect' }).click();
      await sheet.getByRole('button', { name: 'Disconnect', exact: true }).click();
      await server.waitFor({ state: 'detached' });
      assert.deepEqual(complaints, []);
      assert.deepEqual(spotify.broken, []);
      spotify.lists = [];
      navidrome.playlists = [];
      await page.context().close();
    });
});
