import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelSettings, nameAndValue, namesAndValues } from './settings-flags.ts';

test('a value may hold "="; a name must be there', () => {
  assert.deepEqual(nameAndValue('address=http://nas/?a=b', '--set', 'user=alice'), ['address', 'http://nas/?a=b']);
  assert.deepEqual(namesAndValues(['a=1', ' b = two ', 'a=3'], '--option', 'x=1'), { a: '3', b: 'two' });
  for (const text of ['oops', '=1', ''])
    assert.throws(() => nameAndValue(text, '--set', 'user=alice'), { code: 'USAGE', message: /--set user=alice/ });
});

test('settings of models: numbers, truth values, text; one model keeps all of its settings', () => {
  assert.deepEqual(modelSettings(['als.factors=32', 'ease.form=owners', 'als.alpha=0.5', 'x.on=true']), {
    als: { factors: 32, alpha: 0.5 },
    ease: { form: 'owners' },
    x: { on: true },
  });
  for (const text of ['oops', 'als=32', '.factors=32', 'als.=3', 'a.b.c=1'])
    assert.throws(() => modelSettings([text]), { code: 'USAGE', message: /model\.setting=value/ });
});
