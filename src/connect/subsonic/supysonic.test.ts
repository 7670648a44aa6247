import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Supysonic, skipWithoutSupysonic } from '../../../test/support/supysonic.ts';
import type { Connection, Page, Readable, ServiceContext } from '../contract.ts';
import { outgoingTo } from '../network.ts';
import { subsonic } from './subsonic.ts';

const FILES = [
  { title: '夜に駆ける', artist: 'YOASOBI', album: 'THE BOOK', tone: 440 },
  { title: 'Группа крови', artist: 'Кино', album: 'Группа крови', tone: 330 },
  { title: 'Same Name', artist: 'First', album: 'One', tone: 220 },
  { title: 'Same Name', artist: 'Second', album: 'Two', tone: 230 },
  { title: 'Café & “Quotes” / Slash', artist: 'Björk, Ünal', album: 'ÆØÅ', tone: 550 },
];

describe('a real server (supysonic): the oldest kind, without tokens and OpenSubsonic', {
  skip: skipWithoutSupysonic,
}, () => {
  let server: Supysonic;
  let connection: Connection;
  const context = (): ServiceContext => ({
    outgoing: outgoingTo('test', subsonic.hosts({ address: server.address }), { note: () => {} }),
    now: () => 0,
    wait: async () => {},
    refusals: { because: () => null, note: () => {} },
    renewSecrets: (renew) => renew({}),
  });
  const itemsOf = async (part: Readable): Promise<Page['items'][number][]> => {
    const items: Page['items'][number][] = [];
    for await (const page of connection.read(part, null)) items.push(...page.items);
    return items;
  };
  const songs = async () => (await itemsOf('songs')).flatMap((i) => (i.kind === 'song' ? [i.song] : []));

  before(async () => {
    server = await Supysonic.start(FILES);
    const { user, password, address } = server;
    const signedIn = await subsonic.signIn({ address, user, password }, context());
    assert.equal(signedIn.settings.way, 'password', 'it takes no token');
    connection = subsonic.open(signedIn.settings, signedIn.secrets, context());
  });
  after(() => server?.stop());

  test('reads songs in any script, likes, ratings and lists', async () => {
    const read = await songs();
    assert.deepEqual(read.map((s) => s.title).sort(), FILES.map((f) => f.title).sort());
    const japanese = read.find((s) => s.title === '夜に駆ける')!;
    assert.deepEqual(
      [japanese.artists[0]!.name, japanese.album, japanese.year, japanese.genres],
      ['YOASOBI', 'THE BOOK', 1999, ['Test Rock']],
    );
    assert.ok(Math.abs(japanese.durationMs! - 2000) <= 1000);
    assert.deepEqual(await itemsOf('likes'), []);
    assert.deepEqual(await itemsOf('playlists'), []);
  });

  test('writes a list, replaces it in place, and reads it back', async () => {
    const read = await songs();
    const list = (ids: string[], id?: string) => ({
      name: 'Segue weekly',
      id,
      songs: ids.map((i) => ({ id: i, song: { title: '', artist: '' } })),
    });
    const first = await connection.writeList!(list(read.map((s) => s.id)));
    assert.deepEqual([first.written, first.missing], [5, []]);
    const again = await connection.writeList!(list([read[1]!.id, read[0]!.id], first.id));
    assert.equal(again.id, first.id);
    const lists = (await itemsOf('playlists')).flatMap((i) => (i.kind === 'playlist' ? [i.playlist] : []));
    assert.deepEqual(
      lists.map((l) => [l.name, l.songIds]),
      [['Segue weekly', [read[1]!.id, read[0]!.id]]],
    );
  });

  test('writes a list of 10,000 entries and reads it back', async () => {
    const ids = (await songs()).map((s) => s.id);
    const long = Array.from({ length: 10_000 }, (_, i) => ids[(i * 3) % ids.length]!);
    const entries = long.map((id) => ({ id, song: { title: '', artist: '' } }));
    const { id, written, missing } = await connection.writeList!({ name: 'Длинный список', songs: entries });
    assert.deepEqual([written, missing], [10_000, []]);
    const lists = (await itemsOf('playlists')).flatMap((i) => (i.kind === 'playlist' ? [i.playlist] : []));
    const there = lists.find((list) => list.id === id)!;
    assert.equal(there.name, 'Длинный список');
    assert.deepEqual(there.songIds, long);
  });

  test('plays with ranges and takes plays', async () => {
    const [song] = await songs();
    const whole = await connection.stream!(song!.id, null);
    const bytes = Buffer.from(await new Response(whole.body).arrayBuffer());
    const part = await connection.stream!(song!.id, 'bytes=100-199');
    assert.equal(part.status, 206);
    assert.deepEqual(Buffer.from(await new Response(part.body).arrayBuffer()), bytes.subarray(100, 200));
    await connection.report!([{ songId: song!.id, at: 1_700_000_000, finished: false }]);
  });

  test('a song deleted there is named, and a changed password too', async () => {
    const gone = (await songs()).find((s) => s.title === 'Same Name' && s.artists[0]!.name === 'Second')!;
    rmSync(join(server.music, '03.mp3'));
    server.rescan();
    assert.equal((await songs()).length, 4);
    await assert.rejects(connection.stream!(gone.id, null), { code: 'NOT_FOUND' });
    server.setPassword('another');
    await assert.rejects(songs(), { code: 'SIGN_IN_REFUSED', message: /connect again/i });
  });

  test('a server that was stopped cannot be reached, in a sentence', async () => {
    await server.end();
    await assert.rejects(songs(), { code: 'SERVICE_AWAY', message: /cannot be reached.*nothing is lost/ });
  });
});
