import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parquetPage } from '../../scripts/docs-parquet.ts';
import { ROOT } from '../support/source-files.ts';

test('docs/parquet.md is what `npm run docs:parquet` writes', async () => {
  assert.equal(await readFile(`${ROOT}docs/parquet.md`, 'utf8'), parquetPage());
});
