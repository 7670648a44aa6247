import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallWorld } from '../../../test/support/small-world.ts';
import { popularity } from '../../models/popularity.ts';
import { evaluate } from '../evaluate.ts';
import { resolveOptions } from '../options.ts';
import { protocolById } from '../registry.ts';
import { terminalTable } from './table.ts';

test('the terminal table has a row per model, with intervals, and says why a model failed', async () => {
  const protocol = protocolById('kfold');
  const report = await evaluate({
    dataset: smallWorld({ owners: 60 }),
    protocol,
    options: resolveOptions(protocol.options, { folds: 2 }, 'protocol'),
    seed: 1,
    candidates: [
      { name: 'popularity', model: popularity, config: {} },
      { name: 'twin', model: popularity, config: {} },
      { name: 'broken', model: { ...popularity, unusable: () => 'Nothing to learn from' }, config: {} },
    ],
    threads: 0,
  });
  const table = terminalTable(report);
  for (const model of ['popularity', 'twin', 'broken'])
    assert.ok(
      table.split('\n').some((line) => line.startsWith(model)),
      model,
    );
  assert.match(table, /±/);
  assert.match(table, /no difference from the best/);
  assert.match(table, /Nothing to learn from/);
  assert.doesNotMatch(table, /NaN|undefined|Infinity/);
});
