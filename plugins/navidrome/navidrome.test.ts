import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import createPlugin, { type CallContext, type Plugin } from '@extism/extism';
import { ROOT } from '../../test/support/source-files.ts';

const WASM = `${ROOT}build/navidrome/plugin.wasm`;

interface SentRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** base64 */
  body: string;
}

const utf8 = (text: string): string => Buffer.from(text).toString('base64');

describe('the Navidrome plugin in an Extism runtime', {
  skip: existsSync(WASM) ? false : 'the plugin is not built: npm run build:plugin',
}, () => {
  let plugin: Plugin;
  let unset: Plugin;
  const sent: SentRequest[] = [];
  /** What Navidrome's `http_send` gives back. */
  let response: object = {};

  const open = (config: Record<string, string>): Promise<Plugin> =>
    createPlugin(
      { wasm: [{ data: readFileSync(WASM) }] },
      {
        useWasi: false,
        config,
        functions: {
          'extism:host/user': {
            http_send(context: CallContext, offset: bigint): bigint {
              sent.push((context.read(offset)!.json() as { request: SentRequest }).request);
              return context.store(JSON.stringify(response));
            },
          },
        },
      },
    );
  before(async () => {
    plugin = await open({ url: 'http://127.0.0.1:8787/a"b', token: 'a\\token' });
    unset = await open({});
  });
  after(async () => {
    await plugin?.close();
    await unset?.close();
  });
  const call = async (name: string, input: object | string): Promise<string> =>
    (await plugin.call(name, typeof input === 'string' ? input : JSON.stringify(input)))?.text() ?? '';
  const answers = (body: string, statusCode = 200): void => {
    response = { result: { statusCode, headers: { 'X-Odd': 'a "body":"Zm9v" in a header' }, body: utf8(body) } };
  };

  test('is a few kilobytes, and imports nothing but the ABI', async () => {
    assert.ok(readFileSync(WASM).length < 8 * 1024, `${readFileSync(WASM).length} bytes`);
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(WASM)));
    assert.deepEqual([...new Set(imports.map((i) => i.module))].sort(), ['extism:host/env', 'extism:host/user']);
    assert.deepEqual(
      imports.filter((i) => i.module === 'extism:host/user').map((i) => i.name),
      ['http_send'],
    );
    for (const name of [
      'nd_get_similar_songs_by_track',
      'nd_get_sonic_similar_tracks',
      'nd_find_sonic_path',
      'nd_scrobbler_scrobble',
    ])
      assert.ok(await plugin.functionExists(name), name);
  });

  test('forwards the question unchanged, in any script and of any length, and returns the answer', async () => {
    for (const title of ['a', 'ab', 'abc', '夜に駆ける', '"quoted" \\ title', 'x'.repeat(200_000)]) {
      const question = JSON.stringify({ id: '1', name: title, artist: 'Кино', count: 5 });
      const answer = JSON.stringify({ songs: [{ id: '2', name: title }] });
      answers(answer);
      sent.length = 0;
      assert.equal(await call('nd_get_similar_songs_by_track', question), answer);
      const [request] = sent;
      assert.equal(Buffer.from(request!.body, 'base64').toString(), question);
      assert.deepEqual(
        [request!.method, request!.url],
        ['POST', 'http://127.0.0.1:8787/a"b/api/plugins/navidrome/similar-songs-by-track'],
      );
      assert.equal(request!.headers.Authorization, 'Token a\\token');
    }
  });

  test('answers "nothing" when Segue is unreachable, refuses, or is not configured', async () => {
    const nothing: [string, string][] = [
      ['nd_get_similar_songs_by_track', '{"songs":[]}'],
      ['nd_get_similar_songs_by_album', '{"songs":[]}'],
      ['nd_get_similar_songs_by_artist', '{"songs":[]}'],
      ['nd_get_artist_top_songs', '{"songs":[]}'],
      ['nd_get_similar_artists', '{"artists":[]}'],
      ['nd_get_sonic_similar_tracks', '{"matches":[]}'],
      ['nd_find_sonic_path', '{"matches":[]}'],
      ['nd_scrobbler_is_authorized', 'false'],
    ];
    for (const broken of [
      { error: 'dial tcp: connection refused' },
      { result: { statusCode: 401, body: utf8('{}') } },
      { result: { statusCode: 200 } },
      {},
    ]) {
      response = broken;
      for (const [name, empty] of nothing)
        assert.equal(await call(name, {}), empty, `${name} ${JSON.stringify(broken)}`);
    }
    sent.length = 0;
    assert.equal((await unset.call('nd_get_similar_songs_by_track', '{}'))?.text(), '{"songs":[]}');
    assert.equal(sent.length, 0, 'without an address nobody is asked');
  });

  test('leaves a play with Navidrome until Segue has accepted it', async () => {
    answers('');
    response = { error: 'timeout' };
    await assert.rejects(call('nd_scrobbler_scrobble', { username: 'alice' }), /scrobbler\(retry_later\)/);
    answers('{}');
    sent.length = 0;
    await call('nd_scrobbler_scrobble', { username: 'alice' });
    assert.match(sent[0]!.url, /\/scrobble$/);
  });

  test('a thousand calls need no more memory than one', async () => {
    answers('{"songs":[]}');
    await call('nd_get_similar_songs_by_track', { name: 'x'.repeat(1000) });
    const memory = (await plugin.getInstance()).exports.memory as WebAssembly.Memory;
    const before = memory.buffer.byteLength;
    for (let i = 0; i < 1000; i++) {
      await plugin.call('nd_get_similar_songs_by_track', '{"name":"x"}');
      await plugin.reset();
    }
    assert.equal(memory.buffer.byteLength, before);
  });
});
