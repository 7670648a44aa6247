import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Ajv } from 'ajv';
import { openApiDocument } from '../../scripts/write-openapi.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { EXAMPLES } from './api-examples.ts';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security?: readonly Record<string, readonly string[]>[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object; readonly example?: unknown }> };
  readonly responses: Record<string, { readonly description: string }>;
}

let tags: readonly string[];
let operations: readonly Operation[];

before(async () => {
  const document = JSON.parse(await openApiDocument()) as {
    tags: { name: string }[];
    paths: Record<string, Record<string, Operation>>;
  };
  tags = document.tags.map(({ name }) => name);
  operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
});

test('every operation has a summary and one of the described groups, and every group has operations', () => {
  for (const { operationId, summary } of operations) assert.ok(summary, operationId);
  assert.deepEqual([...new Set(operations.flatMap((operation) => operation.tags))].sort(), [...tags].sort());
});

test('every response describes its status', () => {
  for (const { operationId, responses } of operations)
    for (const [status, { description }] of Object.entries(responses))
      assert.notEqual(description, 'Default Response', `${operationId} ${status}`);
});

test('every example is valid for its operation', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const [id, example] of Object.entries(EXAMPLES)) {
    const body = operations.find(({ operationId }) => operationId === id)?.requestBody?.content['application/json'];
    assert.ok(body, `${id} takes no JSON`);
    assert.deepEqual(body.example, example);
    assert.ok(ajv.validate(body.schema, example), `${id}: ${ajv.errorsText()}`);
  }
});

test('songs of the examples are songs of the demo world', () => {
  const songs = new Set(JSON.stringify(EXAMPLES).match(/demo:track:\w+/g));
  assert.ok(songs.size > 0);
  const { vocabulary } = demoDataset().tracks;
  for (const song of songs) assert.ok(vocabulary.indexOf(song) >= 0, song);
});

test('operations name the token scope they need; public ones need none', () => {
  const byId = (id: string) => operations.find(({ operationId }) => operationId === id);
  assert.deepEqual(byId('recommend')?.security, [{ accessToken: ['read'] }, {}]);
  assert.deepEqual(byId('addLikes')?.security, [{ accessToken: ['write'] }, {}]);
  assert.deepEqual(byId('recordEvents')?.security, [{ accessToken: ['events'] }, {}]);
  assert.deepEqual(byId('startJob')?.security, [{ accessToken: ['admin'] }, {}]);
  assert.deepEqual(byId('health')?.security, []);
  assert.match(byId('createAccessToken')?.description ?? '', /Not open to access tokens/);
});
