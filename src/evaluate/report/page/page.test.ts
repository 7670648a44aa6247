import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { smallWorld } from '../../../../test/support/small-world.ts';
import { popularity } from '../../../models/popularity.ts';
import { evaluate } from '../../evaluate.ts';
import { resolveOptions } from '../../options.ts';
import { protocolById } from '../../registry.ts';
import { terminalTable } from '../table.ts';
import { paretoFront } from './charts.ts';
import { reportPage } from './page.ts';
import { linear, logarithmic, niceTicks, spread } from './svg.ts';

const protocol = protocolById('kfold');
const hostile = '</script><img src=x onerror=alert(1)>';
const report = await evaluate({
  dataset: smallWorld({ owners: 60 }),
  protocol,
  options: resolveOptions(protocol.options, { folds: 2 }, 'protocol'),
  seed: 1,
  candidates: [
    { name: 'popularity', model: popularity, config: {} },
    { name: hostile, model: popularity, config: {} },
    { name: 'broken', model: { ...popularity, unusable: () => 'Nothing to learn from' }, config: {} },
  ],
  threads: 0,
});

describe('report page', () => {
  test('is one file: no request, no foreign address, nothing executable from data', async () => {
    const html = await reportPage(report);
    assert.ok(html.startsWith('<!doctype html>'));
    assert.doesNotMatch(html, /\b(src|href)\s*=\s*["']?(https?:)?\/\//);
    assert.doesNotMatch(html, /@import|url\(/);
    assert.ok(!html.includes(hostile) && !html.includes('<img'));
    assert.equal(html.match(/<script/g)!.length, 2);
  });

  test('holds the report as JSON, every section, and the reason why a model failed', async () => {
    const html = await reportPage(report);
    const json = /<script type="application\/json" id="report">(.*?)<\/script>/s.exec(html)![1]!;
    assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(report)));
    for (const heading of ['Leaderboard', 'What it costs', 'Over the length', 'Who beats whom', 'What they recommend'])
      assert.ok(html.includes(heading), heading);
    assert.ok(html.includes('Nothing to learn from'));
    assert.doesNotMatch(html, /NaN|undefined|Infinity/);
  });

  test('the terminal table has a row per model', () => {
    const table = terminalTable(report);
    for (const model of ['popularity', 'broken']) assert.ok(table.split('\n').some((line) => line.startsWith(model)));
    assert.match(table, /±/);
    assert.match(table, /no difference from the best/);
  });
});

describe('charts', () => {
  test('ticks are round and inside', () => {
    assert.deepEqual(niceTicks(0, 1, 4), [0, 0.25, 0.5, 0.75, 1]);
    assert.deepEqual(niceTicks(0, 0.26, 4), [0, 0.1, 0.2]);
    assert.deepEqual([...logarithmic(1, 100, 0, 10).ticks], [1, 2, 5, 10, 20, 50, 100]);
    assert.equal(linear(0, 10, 100, 200)(5), 150);
  });

  test('labels keep their order and distance', () => {
    const placed = spread([10, 10, 11, 50], 14, 0, 100);
    const sorted = [...placed].sort((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++) assert.ok(sorted[i]! - sorted[i - 1]! > 13.5);
    assert.ok(placed[2]! > placed[1]! && placed[3]! > placed[2]!);
  });

  test('the front holds what nothing beats', () => {
    const points = [
      { model: 'fast', x: 1, y: 1 },
      { model: 'slow and worse', x: 5, y: 0.5 },
      { model: 'slow and good', x: 6, y: 3 },
    ];
    assert.deepEqual(
      paretoFront(points, true, false).map((p) => p.model),
      ['fast', 'slow and good'],
    );
    assert.deepEqual(
      paretoFront(points, false, false).map((p) => p.model),
      ['slow and good'],
    );
  });
});
