import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openApiDocument } from '../../scripts/write-openapi.ts';

const read = (path: string): Promise<string> => readFile(new URL(`../../web/${path}`, import.meta.url), 'utf8');

test('web/openapi.json matches the routes', async () => {
  assert.equal(await read('openapi.json'), await openApiDocument(), 'run: npm run openapi');
});

test('the types of the web client match web/openapi.json', async () => {
  const { generateTypes } = await import('../../web/scripts/generate-types.ts');
  assert.equal(await read('src/api/schema.generated.ts'), await generateTypes(), 'run: npm run generate -w web');
});
