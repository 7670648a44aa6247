import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { SegueError } from '../../errors.ts';
import { harmonix } from '../../sources/open/harmonix.ts';
import { outgoingTo } from '../network.ts';
import { download } from './download.ts';
import { OPEN_SETS, type OpenSet } from './sets.ts';

const failsAs = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;
const BODY = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 31) % 251));

/** A publisher that answers as it is told; notes the ranges that were asked for. */
async function withPublisher(
  answer: (request: IncomingMessage, response: ServerResponse, from: number) => void,
  use: (
    set: OpenSet,
    fetch: (dir: string, signal?: AbortSignal) => Promise<string>,
    asked: (string | undefined)[],
  ) => Promise<void>,
): Promise<void> {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.range);
    answer(request, response, Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hex = createHash('sha256').update(BODY).digest('hex');
  const set: OpenSet = {
    id: 'test',
    holds: '',
    url: `${origin}/set.bin`,
    file: 'set.bin',
    bytes: BODY.length,
    hash: { algorithm: 'sha256', hex },
    source: harmonix,
  };
  const outgoing = outgoingTo('test', [{ origin, why: 'test' }], { note() {} });
  try {
    await use(set, (dir, signal) => download(set, { outgoing, dir, signal }), asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function ranged(response: ServerResponse, from: number): void {
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': BODY.length - from });
  response.end(BODY.subarray(from));
}

test('a set is downloaded once; a whole file is not asked for again', () =>
  withTemporary((dir) =>
    withPublisher(
      (_, response, from) => ranged(response, from),
      async (_set, fetch, asked) => {
        const path = await fetch(dir);
        assert.deepEqual(await readFile(path), BODY);
        assert.equal(await fetch(dir), path);
        assert.deepEqual(asked, [undefined]);
      },
    ),
  ));

test('a connection that is cut again and again is continued where it stopped', () =>
  withTemporary((dir) =>
    withPublisher(
      (_, response, from) => {
        response.writeHead(from > 0 ? 206 : 200, { 'content-length': BODY.length - from });
        const to = Math.min(BODY.length, from + 60_000);
        if (to === BODY.length) return void response.end(BODY.subarray(from));
        response.write(BODY.subarray(from, to));
        // Cut once the client has written what it got: what it still held would be lost with the connection.
        const part = join(dir, 'set.bin.part');
        const cut = setInterval(() => {
          if (!existsSync(part) || statSync(part).size < to) return;
          clearInterval(cut);
          response.destroy();
        }, 5);
      },
      async (_set, fetch, asked) => {
        assert.deepEqual(await readFile(await fetch(dir)), BODY);
        assert.deepEqual(asked, [undefined, 'bytes=60000-', 'bytes=120000-', 'bytes=180000-']);
        assert.equal(existsSync(join(dir, 'set.bin.part')), false);
      },
    ),
  ));

test('a stopped download keeps its part, and the next call continues; a server without ranges sends all again', () =>
  withTemporary((dir) =>
    withPublisher(
      (_, response) => {
        response.writeHead(200);
        response.end(BODY);
      },
      async (_set, fetch, asked) => {
        await writeFile(join(dir, 'set.bin.part'), BODY.subarray(0, 1000));
        const abort = new AbortController();
        abort.abort();
        await assert.rejects(fetch(dir, abort.signal), failsAs('CANCELLED'));
        assert.equal((await stat(join(dir, 'set.bin.part'))).size, 1000);
        assert.deepEqual(await readFile(await fetch(dir)), BODY);
        assert.deepEqual(asked, ['bytes=1000-']);
      },
    ),
  ));

test('another file than the published one, an endless one, and an error of the server leave nothing to import', () =>
  withTemporary(async (dir) => {
    await withPublisher(
      (_, response) => response.end('something else'),
      async (_set, fetch) => {
        await assert.rejects(fetch(dir), failsAs('SERVICE_ANSWER'));
        assert.equal(existsSync(join(dir, 'set.bin.part')) || existsSync(join(dir, 'set.bin')), false);
      },
    );
    await withPublisher(
      (_, response) => {
        response.on('error', () => {});
        const more = (): void => {
          if (!response.destroyed) response.write(BODY, () => setImmediate(more));
        };
        more();
      },
      async (_set, fetch) => assert.rejects(fetch(dir), failsAs('SERVICE_ANSWER')),
    );
    await withPublisher(
      (_, response) => {
        response.writeHead(404);
        response.end();
      },
      async (_set, fetch) => assert.rejects(fetch(dir), failsAs('SERVICE_ANSWER')),
    );
  }));

test('every set names its licence, publisher and hash', () => {
  for (const { id, url, hash, source, bytes } of OPEN_SETS) {
    assert.ok(url.startsWith('https://'), id);
    assert.equal(hash.hex.length, hash.algorithm === 'sha256' ? 64 : 40, id);
    assert.ok(source.licence !== '' && source.citation !== '' && bytes > 0, id);
  }
});
