import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultModel } from '../recommend/model-store.ts';
import { FIRST_CHOICE } from './first-choice.ts';

test('the first choice is the default model where all are trained', () => {
  assert.equal(
    defaultModel(() => true),
    FIRST_CHOICE,
  );
});
