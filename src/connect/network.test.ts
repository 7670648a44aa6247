import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { isTest, sourceFiles, withoutCommentsAndTexts } from '../../test/support/source-files.ts';
import { type HostLedger, jsonOf, outgoingTo } from './network.ts';

async function withServer(listener: RequestListener, use: (origin: string) => Promise<void>): Promise<void> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const ledger = (): HostLedger & { noted: string[] } => {
  const noted: string[] = [];
  return { noted, note: ({ origin, why }) => void noted.push(`${origin} ${why}`) };
};

test('requests go to declared origins alone, and each is noted before it is made', () =>
  withServer(
    (_request, response) => response.end('{"a":1}'),
    async (origin) => {
      const notes = ledger();
      const outgoing = outgoingTo('c', [{ origin, why: 'a test' }], notes);
      assert.deepEqual(await jsonOf(await outgoing(new URL(`${origin}/x`)), origin), { a: 1 });
      assert.deepEqual(notes.noted, [`${origin} a test`]);
      await assert.rejects(outgoing(new URL('http://elsewhere.example/')), { code: 'INTERNAL' });
      assert.equal(notes.noted.length, 1);
    },
  ));

test('redirects are not followed, and failures repeat no parameter of the address', () =>
  withServer(
    (request, response) => {
      if (request.url?.startsWith('/cut')) request.socket.destroy();
      else if (request.url?.startsWith('/slow')) return;
      else response.writeHead(302, { location: 'http://elsewhere.example/' }).end();
    },
    async (origin) => {
      const outgoing = outgoingTo('c', [{ origin, why: 'a test' }], ledger());
      const secret = '?p=hunter2';
      for (const [path, code] of [
        ['/', 'SERVICE_ANSWER'],
        ['/cut', 'SERVICE_AWAY'],
        ['/slow', 'SERVICE_AWAY'],
      ] as const)
        await assert.rejects(outgoing(new URL(origin + path + secret), { timeoutMs: 200 }), (error: Error) => {
          assert.equal((error as unknown as { code: string }).code, code, path);
          assert.ok(!error.message.includes('hunter2'), error.message);
          return true;
        });
      let nobody = '';
      await withServer(
        () => {},
        async (freed) => {
          nobody = freed;
        },
      );
      const closed = outgoingTo('c', [{ origin: nobody, why: 'a test' }], ledger());
      await assert.rejects(closed(new URL(`${nobody}/${secret}`)), {
        code: 'SERVICE_AWAY',
        message: /nothing listens/,
      });
    },
  ));

test('no other file of src makes requests', () => {
  const makers = sourceFiles('src').filter(
    ({ path, text }) =>
      !isTest(path) &&
      (/(?<![.\w])fetch\s*\(|new (?:WebSocket|EventSource)\b/.test(withoutCommentsAndTexts(text)) ||
        /import (?!type\b)[^;]*from 'node:(?:https?|http2|net|tls|dgram)'|from 'undici'/.test(text)),
  );
  assert.deepEqual(
    makers.map(({ path }) => path),
    ['src/connect/network.ts'],
  );
});
