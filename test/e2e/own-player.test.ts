import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { FakeNavidrome } from '../support/fake-navidrome.ts';
import { addSong, rows, skip, until, World } from './world.ts';

/** Half a second of silence that every browser plays. */
function silence(): Buffer {
  const samples = 4_000;
  const wav = Buffer.alloc(44 + samples, 128);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt32LE(8_000, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples, 40);
  return wav;
}

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

describe('songs of one’s own server play in the page', { skip, timeout: 240_000 }, () => {
  let world: World;
  let fake: FakeNavidrome;
  const post = async (path: string, body: unknown): Promise<{ id: string }> => {
    const response = await fetch(world.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`);
    return (await response.json()) as { id: string };
  };

  before(async () => {
    world = await World.open();
    const { dataset } = world.server.engine.current;
    fake = await FakeNavidrome.start(
      Array.from({ length: dataset.tracks.count }, (_, t) => ({
        id: `nd${String(t).padStart(20, '0')}`,
        title: dataset.tracks.names.get(t),
        artist: dataset.artists.names.get(dataset.mainArtist(t)),
        album: `Album ${t % 60}`,
        duration: 180,
      })).filter(({ title }) => title.length < 100),
    );
    fake.before = (method, response) => {
      if (method !== 'stream' && method !== 'getCoverArt') return false;
      const [type, bytes] = method === 'stream' ? ['audio/wav', silence()] : ['image/gif', PIXEL];
      response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes);
      return true;
    };
    const { id: listener } = await post('/api/listeners', { name: 'Alice' });
    const { id } = await post('/api/connections', {
      service: 'subsonic',
      listener,
      settings: { address: fake.address, user: fake.user, password: fake.password },
    });
    await post(`/api/connections/${id}/sync`, {});
    for (;;) {
      const { connections } = (await (await fetch(`${world.url}/api/connections`)).json()) as {
        connections: { matched: number; syncedAt: number | null; problem: string | null }[];
      };
      assert.equal(connections[0]!.problem, null);
      if (connections[0]!.syncedAt !== null && connections[0]!.matched > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  after(async () => {
    await world?.close();
    await fake?.stop();
  });

  test('sound and cover come only through Segue, the next song starts by itself, and an unreachable server is explained', async () => {
    const { page, foreign } = await world.page();
    const [song] = (await world.server.engine.recommend({ n: 1, model: 'popularity' })).tracks;
    await page.goto(world.url);
    await addSong(page, song!.name);
    await rows(page).nth(49).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Export this list' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'M3U playlist' }).click(),
    ]);
    const m3u = (await readFile((await download.path())!, 'utf8')).split('\n');
    const files = m3u.filter((line) => /^[^#/]+\/Album \d+\/nd\d{20}\.mp3$/.test(line));
    assert.ok(files.length >= 45, `${files.length} of 50 songs are files, the rest is none of the server's`);
    await page.getByText(`${files.length} songs with file paths`).waitFor();

    await rows(page).first().getByRole('button', { name: /^Play/ }).click();
    const bar = page.getByRole('complementary', { name: 'Player' });
    await bar.locator('audio').waitFor();
    await until(page, "document.querySelectorAll('.row')[1].classList.contains('playing')");
    await fake.stop();
    await bar.getByRole('button', { name: 'Next song' }).click();
    await bar.getByText(/^Can’t reach .*Is it running\?$/).waitFor();
    assert.deepEqual(foreign, []);
    assert.ok(fake.calls('stream') > 0 && fake.calls('getCoverArt') > 0);
    await page.context().close();
  });
});
