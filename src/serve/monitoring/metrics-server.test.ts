import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { Counter, Registry } from 'prom-client';
import { serveMetrics } from './metrics-server.ts';

const TOKEN = 'a-token-of-20-signs!';

const status = (address: string, path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(address + path, { headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode!));
    });
    sent.on('error', reject).end();
  });

test('metrics of a process without an app: with the token, under an allowed name', async () => {
  const registry = new Registry();
  new Counter({ name: 'seen_total', help: 'what was seen', registers: [registry] }).inc(3);
  const server = await serveMetrics(registry, 0, {
    host: '127.0.0.1',
    allowedHosts: ['stream'],
    metricsToken: TOKEN,
  });
  try {
    const authorization = `Bearer ${TOKEN}`;
    const answer = await fetch(`${server.address}/metrics`, { headers: { authorization } });
    assert.match(await answer.text(), /^seen_total 3$/m);
    assert.equal(await status(server.address, '/metrics', { authorization, host: 'stream:9100' }), 200);
    assert.equal(await status(server.address, '/metrics', {}), 403);
    assert.equal(await status(server.address, '/metrics', { authorization, host: 'evil.example' }), 400);
    assert.equal(await status(server.address, '/healthz', {}), 200);
    assert.equal(await status(server.address, '/api/models', { authorization }), 404);
  } finally {
    await server.close();
  }
});
