import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openConnected } from '../../src/connect/open.ts';
import { spotifyAt } from '../../src/connect/spotify/spotify.ts';
import { Library } from '../../src/library/library.ts';
import { openHousehold } from '../../src/listeners/personal/household.ts';
import { Rng } from '../../src/math/rng.ts';
import { CLIENT_ID, FakeSpotify, fakeSaved, fakeTrack } from '../support/fake-spotify.ts';
import { withTemporary } from '../support/temporary.ts';

const SYNCER = fileURLToPath(new URL('../support/spotify-syncer.ts', import.meta.url));
const KILLS = 8;
const SAVED = 10_000;

/** Everything stored about Alice, with the connection to the account. */
async function opened(dir: string, fake: FakeSpotify) {
  const library = await Library.open(dir);
  const household = openHousehold(library, undefined);
  const service = spotifyAt({ accounts: fake.origin, api: fake.origin });
  const connected = await openConnected(library, null, household, [service]);
  const close = async (): Promise<void> => {
    connected.close();
    await household.close();
  };
  return { connected, close };
}

test(`a sync killed ${KILLS} times resumes: every song once, and at most one page repeated per kill`, (context) =>
  withTemporary(async (dir) => {
    const fake = await FakeSpotify.start();
    context.after(() => fake.stop());
    fake.saved = fakeSaved(SAVED);
    const entries = Array.from({ length: 320 }, (_, n) => fakeTrack(n));
    const base = { description: '', owner: 'me', snapshot: 1, followed: true, entries };
    fake.lists = ['a', 'b', 'c'].map((id) => ({ ...base, id, name: `List ${id}` }));
    fake.plays = Array.from({ length: 30 }, (_, n) => ({
      played_at: new Date(Date.UTC(2026, 10, 1, 0, n)).toISOString(),
      track: fakeTrack(n),
    }));
    const first = await opened(dir, fake);
    await first.connected.repository.listeners.add({ name: 'Alice', id: 'alice' });
    const { signIns } = first.connected;
    const account = { service: 'spotify', listener: 'alice', settings: { clientId: CLIENT_ID } };
    const address = await signIns.begin({ ...account, redirect: 'http://127.0.0.1:8787/api/connections/callback' });
    const { id } = await signIns.finish(fake.agree(address));
    await first.close();
    fake.requests = [];

    const rng = new Rng(5);
    let kills = 0;
    for (let done = false; !done; ) {
      const child = spawn(process.execPath, [SYNCER, dir, fake.origin, id], { stdio: ['ignore', 'ignore', 'pipe'] });
      // At one of its requests: before the response, or while the response is being stored.
      let left = kills < KILLS ? 2 + rng.below(40) : Number.POSITIVE_INFINITY;
      fake.before = (_name, response) => {
        if (--left > 0) return false;
        child.kill('SIGKILL');
        response.destroy();
        return true;
      };
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said += chunk));
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
      done = code === 0;
      if (!done) {
        assert.equal(signal, 'SIGKILL', said);
        kills++;
      }
    }
    assert.equal(kills, KILLS);
    const pages = fake.requests.filter((name) => name === 'GET /me/tracks').length;
    assert.ok(pages <= SAVED / 50 + KILLS, `${pages} pages`);

    const last = await opened(dir, fake);
    const { opinions, lists, plays } = last.connected.repository;
    assert.equal((await opinions.songs('alice', 'like')).length, SAVED);
    const { items } = await lists.page('alice');
    assert.deepEqual(items.map(({ name, length }) => [name, length]).sort(), [
      ['List a', 320],
      ['List b', 320],
      ['List c', 320],
    ]);
    assert.equal((await plays.page('alice', { limit: 100 })).items.length, 30);
    await last.close();
  }));
