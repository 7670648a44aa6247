import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { withTemporary } from '../../test/support/temporary.ts';
import { latestReportReader, saveReport } from './library-evaluation.ts';
import { evaluationReportSchema } from './report/report-data.ts';

test('the latest report is read once, and again when there is another, none, or a damaged one', () =>
  withTemporary(async (library) => {
    const latest = latestReportReader(library);
    assert.equal(await latest(), null);
    const report = Value.Create(evaluationReportSchema);
    await saveReport(library, report);
    const first = await latest();
    assert.deepEqual(first, report);
    assert.equal(await latest(), first, 'not read again');
    await saveReport(library, { ...report, createdAt: '2020' });
    assert.deepEqual(await latest(), { ...report, createdAt: '2020' });
    const path = join(library, 'evaluations', 'latest.json');
    await writeFile(path, '{"seed":');
    assert.equal(await latest(), null);
    await rm(path);
    assert.equal(await latest(), null);
  }));
