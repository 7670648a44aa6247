import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mock, test } from 'node:test';
import { writeExport, zipExport } from '../../../test/support/exports.ts';
import { datasetOf } from '../../../test/support/small-dataset.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { jsonElements } from '../../sources/personal/json-elements.ts';
import { jspf } from '../../sources/personal/jspf.ts';
import { personalLines } from '../../sources/personal/lines.ts';
import { SamePlays } from '../../sources/personal/same-plays.ts';
import { Tally } from '../../sources/personal/tally.ts';
import { openRepository } from '../open.ts';
import type { ListenerRepository } from '../repository.ts';
import { Resolver } from '../resolve/resolver.ts';
import { importMine } from './import-mine.ts';

const uri = (n: number): string => `spotify:track:${String(n).padStart(22, '0')}`;
const dataset = datasetOf(
  Array.from({ length: 50 }, (_, n) => ({
    uri: uri(n),
    name: `Lantern Song ${n + 10}`,
    artists: [{ name: 'The Lanterns' }],
  })),
);
const START = Date.UTC(2024, 0, 1);

const stream = (n: number, rest: object = {}): object => ({
  ts: new Date(START + n * 300_000).toISOString(),
  username: 'private-name',
  ms_played: 200_000,
  ip_addr: '203.0.113.77',
  user_agent_decrypted: 'SecretAgent/1.0',
  master_metadata_track_name: `Lantern Song ${(n % 60) + 10}`,
  master_metadata_album_artist_name: 'The Lanterns',
  spotify_track_uri: uri(n % 60),
  skipped: false,
  ...rest,
});
const history = (from: number, count: number, rest: object = {}): string =>
  JSON.stringify(Array.from({ length: count }, (_, i) => stream(from + i, rest)));

async function withPerson(
  use: (world: { dir: string; repository: ListenerRepository; listener: string; resolver: Resolver }) => Promise<void>,
): Promise<void> {
  await withTemporary(async (dir) => {
    const repository = await openRepository(dir);
    try {
      const { id } = await repository.listeners.add({ name: 'Ada' });
      await use({ dir, repository, listener: id, resolver: await Resolver.build(dataset) });
    } finally {
      await repository.close();
    }
  });
}

test('an export is stored once, however often and in whatever form it comes', () =>
  withPerson(async ({ dir, repository, listener, resolver }) => {
    const files = {
      'Streaming_History_Audio_2024_1.json': history(0, 300),
      'YourLibrary.json': JSON.stringify({
        tracks: [{ artist: 'The Lanterns', album: 'a', track: 'x', uri: uri(1) }],
        bannedArtists: [{ name: 'Noise', uri: 'spotify:artist:n' }],
      }),
      'Playlist1.json': JSON.stringify({
        playlists: [{ name: 'Trip', items: [{ track: { trackName: 'Lantern Song 12', artistName: 'Lanterns' } }] }],
      }),
    };
    const zip = await zipExport(join(dir, 'my_spotify_data.zip'), files);
    const first = await importMine(repository, resolver, [zip], listener);
    assert.deepEqual(first.counts, { plays: 300, skips: 0, known: 0, likes: 1, dislikes: 0, bans: 1, lists: 1 });
    assert.deepEqual(first.songs, { matched: 51, unsure: 0, unknown: 10 });
    await writeExport(join(dir, 'folder'), files);
    const again = await importMine(repository, resolver, [join(dir, 'folder')], listener);
    assert.equal(again.counts.plays, 0);
    assert.equal(again.counts.known, 300);
    const { plays, ownSongs, likes, bans, lists } = await repository.listeners.counts(listener);
    assert.deepEqual([plays, ownSongs, likes, bans, lists], [300, 10, 1, 1, 1]);
    const [list] = (await repository.lists.page(listener)).items;
    assert.equal((await repository.lists.version(listener, list!.id)).songs[0]!.song, uri(2));
  }));

test("two people's exports are refused in one sentence, and nothing is stored", () =>
  withPerson(async ({ dir, repository, listener, resolver }) => {
    const one = await zipExport(join(dir, 'one.zip'), { 'endsong_0.json': history(0, 200) });
    const other = await zipExport(join(dir, 'two.zip'), {
      'endsong_0.json': history(0, 200, { username: 'someone else' }),
    });
    const nameless = await Promise.all(
      [0, 0.5].map((shift, i) =>
        zipExport(join(dir, `nameless-${i}.zip`), {
          'endsong_0.json': JSON.stringify(
            Array.from({ length: 200 }, (_, n) =>
              stream(n + shift, { username: null, spotify_track_uri: uri(n % 50) }),
            ),
          ),
        }),
      ),
    );
    for (const files of [[one, other], nameless]) {
      await assert.rejects(importMine(repository, resolver, files, listener), {
        code: 'USAGE',
        message: /two different accounts/,
      });
      assert.equal((await repository.listeners.counts(listener)).plays, 0);
      assert.deepEqual(await repository.imports.all(listener), []);
    }
  }));

test('a damaged file among good ones leaves nothing half-written', () =>
  withPerson(async ({ dir, repository, listener, resolver }) => {
    const zip = await zipExport(join(dir, 'a.zip'), {
      'endsong_0.json': history(0, 100),
      'endsong_1.json': history(100, 100).slice(0, -20),
    });
    await assert.rejects(importMine(repository, resolver, [zip], listener), {
      code: 'FILE_UNREADABLE',
      message: /endsong_1/,
    });
    assert.equal((await repository.listeners.counts(listener)).plays, 0);
    assert.deepEqual(await repository.imports.all(listener), []);
  }));

test('a stop while plays are written takes them back', () =>
  withPerson(async ({ dir, repository, listener, resolver }) => {
    const zip = await zipExport(join(dir, 'a.zip'), { 'endsong_0.json': history(0, 5000) });
    const stop = new AbortController();
    const work = importMine(repository, resolver, [zip], listener, {
      signal: stop.signal,
      onProgress: ({ fraction, note }) => {
        if (note === 'writing' && fraction > 0.7) stop.abort();
      },
    });
    await assert.rejects(work, { code: 'CANCELLED' });
    assert.equal((await repository.listeners.counts(listener)).plays, 0);
    assert.deepEqual(await repository.imports.all(listener), []);
  }));

test('addresses, user agents and account names are in no file of the library', () =>
  withPerson(async ({ dir, repository, listener, resolver }) => {
    await withTemporary(async (elsewhere) => {
      const zip = await zipExport(join(elsewhere, 'a.zip'), { 'endsong_0.json': history(0, 100) });
      await importMine(repository, resolver, [zip], listener);
    });
    const names = await readdir(dir, { recursive: true, withFileTypes: true });
    let bytes = 0;
    for (const entry of names.filter((name) => name.isFile())) {
      const content = await readFile(join(entry.parentPath, entry.name));
      bytes += content.length;
      for (const secret of ['203.0.113.77', 'SecretAgent', 'private-name'])
        assert.ok(!content.includes(secret), `${entry.name}: ${secret}`);
    }
    assert.ok(bytes > 10_000, 'the store was read');
  }));

test('a list longer than any is refused before its songs are looked for', () =>
  withPerson(async ({ dir, repository, listener, resolver }) => {
    const path = join(dir, 'long.m3u');
    const songs = Array.from({ length: 10_001 }, (_, n) => `#EXTINF:1,Artist - Song ${n}\n/${n}.mp3\n`);
    await writeFile(path, `#EXTM3U\n${songs.join('')}`);
    const looked = mock.method(resolver, 'resolve');
    await assert.rejects(importMine(repository, resolver, [path], listener), { code: 'OUT_OF_RANGE' });
    assert.equal(looked.mock.callCount(), 0);
    await writeFile(path, `#EXTM3U\n${songs.slice(1).join('')}`);
    assert.equal((await importMine(repository, resolver, [path], listener)).songs.unknown, 10_000);
    assert.equal(looked.mock.callCount(), 10_000, 'songs are not looked for again right after');
  }));

test('a long list that is named first is refused before it is read to its end; likes may be many', () =>
  withPerson(async ({ dir, repository, listener, resolver }) => {
    const path = join(dir, 'long.xspf');
    const list = (title: string, end: string): string =>
      `<playlist xmlns="http://xspf.org/ns/0/"><title>${title}</title><trackList>${Array.from({ length: 10_001 }, (_, n) => `<track><title>Song ${n}</title></track>`).join('')}${end}`;
    // What is wrong at its end, a megabyte later, is never seen.
    await writeFile(path, list('Everything', `<!--${'x'.repeat(1_100_000)}--></wrong>`));
    await assert.rejects(importMine(repository, resolver, [path], listener), {
      code: 'OUT_OF_RANGE',
      message: /"Everything" of more than 10000 songs/,
    });
    await writeFile(path, list('Liked Songs', '</trackList></playlist>'));
    assert.equal((await importMine(repository, resolver, [path], listener)).counts.likes, 10_001);
  }));

test('songs that a library names again count once, and the last word of a file holds', () =>
  withPerson(async ({ dir, repository, listener, resolver }) => {
    const song = (n: number, artist = 'The Lanterns'): string =>
      `video00000${n},Lantern Song ${n + 10},Album,${artist}\n`;
    const library = join(dir, 'music library songs.csv');
    const head = 'Video ID,Song Title,Album Title,Artist Name 1\n';
    await writeFile(library, head + [song(1), song(2), song(1), song(3, ''), song(2), song(1)].join(''));
    const feedback = join(dir, 'feedback.jsonl');
    const said = (score: number, created: number): string =>
      `${JSON.stringify({ recording_mbid: '11111111-2222-3333-4444-555555555555', score, created })}\n`;
    const at = START / 1000;
    await writeFile(feedback, [said(1, at), said(1, at), said(-1, at + 1), said(1, at + 2), said(1, at + 2)].join(''));
    const { counts } = await importMine(repository, resolver, [library, feedback], listener);
    assert.deepEqual([counts.likes, counts.dislikes], [4, 0]);
    const likes = await repository.opinions.songs(listener, 'like');
    assert.deepEqual(likes.map((like) => like.at).sort(), [0, 0, 0, START + 2000]);
  }));

test('a list of millions that has not said its name is refused before it is read to its end', () =>
  withPerson(async ({ dir, repository, listener, resolver }) => {
    const path = join(dir, 'long.m3u');
    // What is wrong at its end is never seen.
    await writeFile(path, `#EXTM3U\n${'a\n'.repeat(1_000_001)}${'#\n'.repeat(1_000_000)}#EXT-X-VERSION:3\n`);
    await assert.rejects(importMine(repository, resolver, [path], listener), {
      code: 'OUT_OF_RANGE',
      message: /A list of more than 10000 songs/,
    });
  }));

test('an interruption is heard while a file is read that gives no row before its end, or none at all', async () =>
  withTemporary(async (dir) => {
    const jsonList = join(dir, 'list.jspf');
    const path = await writeExport(dir, {
      'list.m3u': '#EXTM3U\nsong.mp3\n',
      'history.json': '[{}]',
      'list.jspf': '{"playlist":{"track":[{"title":"A"}]}}',
    });
    const signal = AbortSignal.abort();
    const reading = { incognito: false, tally: new Tally(), plays: new SamePlays(), names: new Map(), signal };
    for (const read of [
      personalLines(path, signal),
      jsonElements(join(dir, 'history.json'), signal),
      jspf.read(jsonList, { name: 'list.jspf', head: '' }, reading),
    ])
      await assert.rejects(
        async () => {
          for await (const _ of read) assert.fail('nothing is read');
        },
        { code: 'CANCELLED' },
      );
  }));
