import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Audit, judge, type Policy, readAudit } from '../../scripts/components.ts';
import { ROOT } from '../support/source-files.ts';

/** An audit as written by npm, reduced to what is read: one package has an advisory, the other has it through the first. */
const audit = (severity: string): Audit => ({
  vulnerabilities: {
    first: { via: [{ url: 'https://a/1', title: 'It breaks', severity, name: 'first' }] },
    second: { via: ['first'] },
  },
});
const none: Audit = { vulnerabilities: {} };
const policy = (published?: string, unreachable?: boolean): Policy => ({
  reviewed: '2026-03-01',
  accepted: published ? [{ advisory: 'https://a/1', published, why: 'no fix yet', unreachable }] : [],
});
const broken = (severity: string, kept: Policy, release = false): string[] =>
  judge(audit(severity), kept, '2026-03-31', release).broken;

test('an advisory past its time frame fails the check, an unreviewed one at once', () => {
  assert.equal(broken('critical', policy()).length, 1);
  assert.equal(broken('high', policy()).length, 1);
  assert.deepEqual(broken('critical', policy('2026-03-24')), []);
  assert.match(broken('critical', policy('2026-03-23'))[0]!, /^first: It breaks .*past its 7 days$/);
  assert.deepEqual(broken('high', policy('2026-03-01')), []);
  assert.match(broken('high', policy('2026-02-28'))[0]!, /past its 30 days$/);
  assert.equal(broken('high', policy('some day')).length, 1, 'a date that is none is no time left');
  assert.deepEqual(broken('critical', policy('2020-01-01', true)), [], 'cannot be reached');
});

test('minor advisories wait for the next release, which leaves none open', () => {
  assert.deepEqual(judge(audit('moderate'), policy(), '2026-03-31', false), {
    broken: [],
    open: ['first: It breaks (moderate, https://a/1)'],
  });
  for (const severity of ['low', 'moderate', 'high', 'critical'])
    assert.equal(broken(severity, policy('2026-03-30'), true).length, 1, severity);
  assert.deepEqual(broken('low', policy('2026-03-30', true), true), []);
});

test('dependencies are reviewed every 90 days, and obsolete entries are removed', () => {
  assert.deepEqual(judge(none, policy(), '2026-05-30', false).broken, []);
  assert.match(judge(none, policy(), '2026-05-31', false).broken[0]!, /last reviewed on 2026-03-01/);
  assert.match(judge(none, policy('2026-03-30'), '2026-03-31', false).broken[0]!, /no longer applies/);
});

test('an unreadable audit does not count as a clean one', () => {
  for (const text of ['', '{"message":"405 Method Not Allowed"}', 'null', '[', '{"vulnerabilities":null}'])
    assert.equal(readAudit(text), null, text);
  assert.deepEqual(readAudit('{"auditReportVersion":2,"vulnerabilities":{},"metadata":{}}')?.vulnerabilities, {});
});

test('the list of this repository can be read: dates, addresses, and a reason each', () => {
  const { reviewed, accepted } = JSON.parse(readFileSync(`${ROOT}scripts/components.json`, 'utf8')) as Policy;
  for (const day of [reviewed, ...accepted.map(({ published }) => published)]) {
    assert.match(day, /^\d{4}-\d\d-\d\d$/);
    assert.ok(!Number.isNaN(Date.parse(day)), day);
  }
  for (const { advisory, why } of accepted) {
    assert.match(advisory, /^https:\/\//);
    assert.ok(why.length > 20, `${advisory}: ${why}`);
  }
});
