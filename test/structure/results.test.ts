import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { type EvaluationReport, evaluationReportSchema } from '../../src/evaluate/report/report-data.ts';
import { docsPart, insertResults, readmePart } from '../../src/evaluate/report/results-table.ts';
import { ROOT } from '../support/source-files.ts';

test('the result tables of README and docs are those of docs/results.json', {
  skip: existsSync(`${ROOT}docs/results.json`) ? false : 'no results were made yet: npm run docs:results',
}, () => {
  const report: unknown = JSON.parse(readFileSync(`${ROOT}docs/results.json`, 'utf8'));
  assert.ok(Value.Check(evaluationReportSchema, report));
  const made = report as EvaluationReport;
  assert.equal(made.examples.length, 0, 'no songs of somebody else’s data');
  for (const [name, part] of [
    ['README.md', readmePart(made)],
    ['docs/evaluation.md', docsPart(made)],
  ] as const) {
    const text = readFileSync(ROOT + name, 'utf8');
    assert.equal(insertResults(text, part), text, `${name}: run npm run docs:results`);
  }
});

test('insertResults replaces only the text between the marks', () => {
  const text = 'a\n<!-- results:start -->\nold\n<!-- results:end -->\nb';
  assert.equal(insertResults(text, 'new'), 'a\n<!-- results:start -->\nnew\n<!-- results:end -->\nb');
  assert.equal(insertResults('no marks', 'new'), null);
});
