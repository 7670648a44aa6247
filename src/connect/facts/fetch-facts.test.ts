import assert from 'node:assert/strict';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { withTemporary } from '../../../test/support/temporary.ts';
import { SegueError } from '../../errors.ts';
import type { Connections } from '../connections.ts';
import { outgoingTo } from '../network.ts';
import type { Fact, FactProvider } from './facts.ts';
import { fetchFacts } from './fetch-facts.ts';
import { providerOf } from './providers.ts';
import { reccobeats } from './reccobeats.ts';

const ids = Array.from({ length: 25 }, (_, n) => `id${String(n).padStart(20, '0')}`);
const rowsOf = (path: string): Record<string, string>[] => parse(readFileSync(path), { columns: true });

/** Knows all but every seventh, ten at a time; fails at a call when told to. */
class Provider implements FactProvider {
  readonly batch = { artists: 10 };
  readonly asked: string[] = [];
  calls = 0;
  failAt = 0;

  async lookUp(_kind: string, batch: readonly string[]): Promise<Map<string, Fact>> {
    if (++this.calls === this.failAt) throw new SegueError('SERVICE_AWAY', { got: 'away' });
    this.asked.push(...batch);
    const known = batch.filter((id) => Number(id.slice(2)) % 7 !== 0);
    return new Map(known.map((id) => [id, { name: `A "quoted", name\n${id}`, genres: 'пop; rock', popularity: 3 }]));
  }
}

test('a table grows batch by batch; cut anywhere in its bytes, a further run makes the same table and asks for what is missing', () =>
  withTemporary(async (dir) => {
    const out = join(dir, 'artists.csv');
    const whole = new Provider();
    const report = await fetchFacts({ provider: whole, kind: 'artists', ids: [...ids, ids[0]!], out });
    assert.deepEqual(report, { rows: 21, unknown: 4, added: 21 });
    assert.equal(whole.calls, 3);
    const [table, errors] = [readFileSync(out), readFileSync(`${out}.errors.csv`)];
    assert.equal(rowsOf(out).length, 21);
    assert.match(rowsOf(out)[0]!.name!, /^A "quoted", name id/);
    assert.deepEqual(
      rowsOf(`${out}.errors.csv`).map(({ id }) => id),
      ids.filter((_, n) => n % 7 === 0),
    );
    assert.equal((await fetchFacts({ provider: whole, kind: 'artists', ids, out })).added, 0);
    assert.equal(whole.calls, 3, 'nothing is asked again');
    for (let cut = 0; cut <= table.length; cut += 37) {
      writeFileSync(out, table);
      writeFileSync(`${out}.errors.csv`, errors);
      truncateSync(out, cut);
      const again = new Provider();
      await fetchFacts({ provider: again, kind: 'artists', ids, out });
      assert.ok(readFileSync(out).equals(table), `cut at ${cut}`);
      const complete = table.subarray(0, cut).toString().split('\n').length - 2;
      assert.equal(again.asked.length, 21 - Math.max(0, complete), `cut at ${cut}`);
    }
  }));

test('what was found before a failure stays, and a table of something else is not written to', () =>
  withTemporary(async (dir) => {
    const out = join(dir, 'artists.csv');
    const provider = new Provider();
    provider.failAt = 3;
    await assert.rejects(fetchFacts({ provider, kind: 'artists', ids, out }), { code: 'SERVICE_AWAY' });
    assert.equal(rowsOf(out).length, 17);
    assert.equal((await fetchFacts({ provider, kind: 'artists', ids, out })).added, 4);
    await assert.rejects(fetchFacts({ provider, kind: 'tracks', ids, out }), { code: 'NOT_POSSIBLE' });
    writeFileSync(out, 'song,artist\na,b\n');
    await assert.rejects(fetchFacts({ provider, kind: 'artists', ids, out }), { code: 'FILE_UNREADABLE' });
    assert.equal(readFileSync(out, 'utf8'), 'song,artist\na,b\n');
  }));

test('ReccoBeats: joined by the id in the link, never by place; waits as told, and ends when it is told too much', async (context) => {
  const asked: string[][] = [];
  let refusals: { status: number; after: string }[] = [{ status: 429, after: '3' }];
  const server = createServer((request, response) => {
    const refusal = refusals.shift();
    if (refusal) return void response.writeHead(refusal.status, { 'retry-after': refusal.after }).end();
    const batch = new URL(request.url!, 'http://x').searchParams.get('ids')!.split(',');
    asked.push(batch);
    // Backwards, and without the second: as it is told to leave out what it does not know.
    const content = batch
      .filter((_, i) => i !== 1)
      .reverse()
      .map((id) => ({
        id: 'a-uuid',
        href: `https://open.spotify.com/track/${id}`,
        energy: Number(id.slice(-3)) / 1000,
      }));
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ content: [...content, null, { href: 7 }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const waits: number[] = [];
  const outgoing = outgoingTo('fetch', [{ origin, why: 'a test' }], { note: () => {} });
  const provider = reccobeats({ outgoing, wait: async (ms) => void waits.push(ms) }, origin);
  const batch = ids.slice(0, 4);
  const found = await provider.lookUp('features', batch);
  assert.deepEqual(waits, [3000]);
  assert.deepEqual([...found.keys()].sort(), [batch[0], batch[2], batch[3]]);
  assert.deepEqual(found.get(batch[3]!), { energy: 0.003 });
  assert.equal(provider.batch.features, 40);
  refusals = [{ status: 429, after: '86400' }];
  await assert.rejects(provider.lookUp('features', batch), { code: 'SERVICE_AWAY' });
  refusals = Array.from({ length: 9 }, () => ({ status: 503, after: '1' }));
  await assert.rejects(provider.lookUp('features', batch), { code: 'SERVICE_AWAY' });
  assert.equal(asked.length, 1);
});

test('providers are named, and one that needs an account says how to get it', () => {
  const none = { store: { list: () => [] } } as unknown as Connections;
  assert.throws(() => providerOf('elsewhere', none), { code: 'USAGE', message: /spotify or reccobeats/ });
  assert.throws(() => providerOf('spotify', none), { code: 'NOT_FOUND', message: /segue connect spotify/ });
  assert.equal(providerOf('reccobeats', none).batch.features, 40);
});
