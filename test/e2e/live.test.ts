import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean } from './axe-findings.ts';
import { skip, until, World } from './world.ts';

describe('the live page, without a broker', { skip, timeout: 120_000 }, () => {
  let world: World;
  let songs: { uri: string; name: string }[];
  before(async () => {
    world = await World.open({ models: ['popularity', 'track-neighbours'] });
    const { tracks } = await world.server.engine.recommend({ n: 60, model: 'popularity', perArtist: 3 });
    songs = tracks.filter(({ uri }) => uri.startsWith('demo:'));
  });
  after(() => world?.close());

  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(new URL(path, world.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, await answer.clone().text());
    return (await answer.json()) as Record<string, unknown>;
  };
  const like = (listener: unknown, i: number) =>
    post('/api/events', {
      events: [{ id: `e${i}`, listener, kind: 'like', song: songs[i]!.uri, title: songs[i]!.name, at: Date.now() }],
    });
  const LIST = "[...document.querySelectorAll('.live-songs li')].map((row) => row.dataset.uri).join()";

  for (const [size, viewport] of [
    ['wide', { width: 1280, height: 900 }],
    ['phone', { width: 390, height: 844 }],
  ] as const)
    test(`events arrive, the list changes, and both go on after the server was away (${size})`, async () => {
      const { page, foreign } = await world.page({ viewport });
      const { id } = await post('/api/listeners', { name: `Ada ${size}` });
      await page.addInitScript(`localStorage.setItem('segue:listener', ${JSON.stringify(id)})`);
      await page.goto(world.url);
      if (size === 'wide') await page.getByRole('navigation').getByRole('button', { name: 'Live' }).click();
      else {
        await page.getByRole('button', { name: 'Settings' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Live' }).click();
      }
      await page.getByText('Connected', { exact: true }).and(page.locator('.live-state')).waitFor();
      await like(id, 20);
      const events = page.getByRole('list', { name: 'Events' }).getByRole('listitem');
      await events.filter({ hasText: songs[20]!.name }).waitFor();
      await page.getByRole('list', { name: 'Recommendations' }).getByRole('listitem').first().waitFor();
      const before = await page.evaluate<string>(LIST);
      await like(id, 45);
      await events.filter({ hasText: songs[45]!.name }).waitFor();
      await until(page, `${LIST} !== ${JSON.stringify(before)}`);
      await page.locator('.live-move').first().waitFor();
      await assertClean(page, 'the live page');

      await world.stopServer();
      try {
        await page.locator('.live-state.away').waitFor();
      } finally {
        await world.restartServer();
      }
      await like(id, 50);
      await page.locator('.live-state.on').waitFor();
      await events.filter({ hasText: songs[50]!.name }).waitFor();
      assert.equal(await events.count(), 3, 'each once');
      assert.deepEqual(foreign, []);
      await page.context().close();
    });
});
