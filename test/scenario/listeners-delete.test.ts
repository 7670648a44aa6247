import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Library } from '../../src/library/library.ts';
import { openHousehold } from '../../src/listeners/personal/household.ts';
import { train } from '../../src/recommend/train.ts';
import { startServer } from '../../src/serve/server.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { withTemporary } from '../support/temporary.ts';

const AT = Date.UTC(2026, 0, 5, 12);

/** Every file in a folder that contains one of the texts, as UTF-8, UTF-16 or the start of base64. */
async function filesWith(dir: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(dir, { recursive: true })) {
    const bytes = await readFile(join(dir, name)).catch(() => Buffer.alloc(0));
    for (const text of texts)
      for (const form of [Buffer.from(text), Buffer.from(text, 'utf16le')])
        if (bytes.includes(form)) found.push(`${name}: ${text}`);
  }
  return found;
}

const demoLibrary = async (dir: string): Promise<Library> => {
  const library = await Library.open(dir);
  await library.importBatches(demo, 'demo', demoBatches({ tracks: 400, playlists: 80, seed: 4 }));
  return library;
};

test('a deleted listener’s data is in no file of the library, including free pages, logs and models', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    const household = openHousehold(library, undefined);
    const { listeners, plays, songs, opinions, bans, lists, events, shown, imports, blends } =
      await household.repository();
    const kept = await listeners.add({ name: 'Kept Karla', id: 'kept-karla' });
    const gone = await listeners.add({ name: 'Gone Gustav', id: 'gone-gustav' });
    for (const { id } of [kept, gone]) {
      const mark = `Marked-${id}`;
      const { id: importId } = await imports.start(id, { format: 'test', files: [`${mark}-file.zip`] });
      const batch = Array.from({ length: 3000 }, (_, i) => ({
        id: `${mark}-${i}`,
        song: i % 3 === 0 ? `own:${mark}-${i % 40}` : `private:${mark}:${i % 40}`,
        title: `${mark} title ${i % 40}`,
        artists: [`${mark} artist`],
        at: AT + i * 1000,
        source: 'test',
        importId,
      }));
      await plays.add(id, batch);
      await plays.remove(
        id,
        batch.slice(0, 500).map((play) => play.id),
      );
      await plays.purge(id);
      await opinions.set(id, [{ song: `private:${mark}:1`, kind: 'like' }]);
      await bans.set(id, { kind: 'artist', target: `artist:${mark}`, label: mark });
      for (const name of ['one', 'two'])
        await lists.save(id, { id: 'list', name: `${mark} ${name}`, songs: [{ song: `private:${mark}:${name}` }] });
      await shown.add(id, {
        id: `${mark}-shown`,
        kind: 'for-you',
        at: AT,
        model: null,
        modelVersion: null,
        experiment: null,
        arm: null,
        songs: [`private:${mark}:2`],
        detail: null,
      });
      await events.record(id, [
        { id: `${mark}-event`, kind: 'play', song: `private:${mark}:3`, at: AT, list: `${mark}-shown` },
      ]);
      const parts = [{ name: `${mark} blend`, weight: 1 }];
      await blends.set(id, { parts, versions: {}, plays: 1, at: AT });
      await songs.settle(id, [{ from: `own:${mark}-0`, to: { song: `private:${mark}:settled` } }]);
      await household.changeSettings(id, { consent: true });
    }
    await train(library, { models: ['popularity', 'playlist-neighbours', 'als'] });
    const traces = ['gone-gustav', 'Gone Gustav', 'gone gustav', 'marked-gone-gustav'];
    assert.ok((await filesWith(dir, traces)).length > 0, 'the search finds what is there');
    const before = (await library.dataset()).owners.count;

    const deletion = await household.deleteEverything(gone.id);
    assert.equal(deletion.contributed, true);
    assert.deepEqual([...deletion.removedModels].sort(), ['als', 'playlist-neighbours', 'popularity']);
    // Once while the store is open, including its log, and once closed.
    assert.deepEqual(await filesWith(dir, traces), []);
    assert.equal((await listeners.counts(kept.id)).plays, 2501);
    await household.close();
    assert.deepEqual(await filesWith(dir, traces), []);
    assert.ok((await filesWith(dir, ['Marked-kept-karla'])).length > 0, "the other one's data is still there");
    assert.equal((await library.dataset()).owners.count, before - 1);
    assert.deepEqual(await library.listModels(), []);
  }));

test('withdrawn consent takes the plays out of the collaborative data', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    const household = openHousehold(library, undefined);
    const { listeners, plays } = await household.repository();
    const { id } = await listeners.add({ name: 'Ada', id: 'ada' });
    const play = (song: number, at: number) => ({
      id: `p${at}`,
      song: `demo:track:${String(song).padStart(6, '0')}`,
      at: AT + at,
      source: 'test',
    });
    await plays.add(id, [play(1, 0), play(1, 1), play(2, 2)]);
    const owners = async (): Promise<number> => (await library.dataset()).owners.count;
    const alone = await owners();
    const tracks = (await library.dataset()).tracks.count;
    await household.changeSettings(id, { timeZone: 'Europe/Berlin' });
    assert.equal(await owners(), alone);
    await household.changeSettings(id, { consent: true });
    assert.equal(await owners(), alone + 1);
    assert.equal((await library.dataset()).tracks.count, tracks);
    await plays.add(id, [play(3, 3)]);
    const entries = async (): Promise<number> => (await library.dataset()).byOwner.idx.length;
    const before = await entries();
    assert.equal(await household.refreshContribution(id), true);
    assert.equal(await entries(), before + 1, 'what an import adds joins at once');
    assert.equal(await household.contribute(), 1);
    assert.equal(await owners(), alone + 1);
    await household.changeSettings(id, { consent: false });
    assert.equal(await owners(), alone);
    assert.equal(await household.contribute(), 0);
    assert.equal(await owners(), alone);
    await household.close();
  }));

test('network addresses, user agents and e-mail addresses of requests are in no file of the library', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    const server = await startServer(library, { host: '127.0.0.1', port: 0 });
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'PrivateBrowser/47.11',
      'x-forwarded-for': '203.0.113.77',
      from: 'ada.private@example.org',
      'accept-language': 'x-private-language',
    };
    const send = async (path: string, body: object): Promise<Response> =>
      fetch(`${server.address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    try {
      const { id } = (await (await send('/api/listeners', { name: 'Ada' })).json()) as { id: string };
      const event = { id: 'e1', listener: id, kind: 'play', song: 'demo:track:000001', at: AT };
      assert.equal((await send('/api/events', { events: [event] })).status, 200);
      for (const field of ['ip_addr', 'user_agent', 'username', 'email'])
        assert.equal(
          (await send('/api/events', { events: [{ ...event, id: field, [field]: 'secret-field-value' }] })).status,
          400,
        );
      assert.equal((await send('/api/recommendations', { seeds: [{ track: 'demo:track:000001' }], n: 3 })).status, 200);
      assert.equal((await fetch(`${server.address}/api/listeners/${id}/export`, { headers })).status, 200);
      const traces = [
        'PrivateBrowser',
        '203.0.113.77',
        'ada.private@example.org',
        'x-private-language',
        'secret-field-value',
      ];
      assert.deepEqual(await filesWith(dir, traces), []);
      assert.ok((await filesWith(dir, [id])).length > 0, 'the search finds what is there');
    } finally {
      await server.close();
    }
  }));
