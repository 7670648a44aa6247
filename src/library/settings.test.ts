import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { readSettings, type TunedSettings, writeSettings } from './settings.ts';

const tuned = (value: number): TunedSettings => ({
  config: { value },
  protocol: 'next',
  metric: 'ndcg',
  value,
  defaultValue: 0,
  trials: 1,
});

test('settings that are saved at the same time are all kept', () =>
  withTemporary(async (dir) => {
    const models = Array.from({ length: 12 }, (_, n) => `model-${n}`);
    await Promise.all(models.map((model, n) => writeSettings(dir, model, tuned(n))));
    assert.deepEqual(Object.keys(await readSettings(dir)).sort(), models.sort());
    await Promise.all([writeSettings(dir, 'model-3', null), writeSettings(dir, 'model-4', tuned(9))]);
    const left = await readSettings(dir);
    assert.deepEqual([left['model-3'], left['model-4']?.value], [undefined, 9]);
    assert.deepEqual(await readdir(dir), ['settings.json']);
  }));
