import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkpointFiles, madeTensors } from '../../../../test/support/checkpoint.ts';
import { weightsOf } from './convert.ts';
import { readTensorBundle } from './tensor-bundle.ts';

const unreadable = { code: 'FILE_UNREADABLE' };

test('a checkpoint gives every tensor with its shape', () => {
  const tensors = madeTensors(1);
  const { index, data } = checkpointFiles(tensors);
  const read = readTensorBundle(index, data);
  assert.deepEqual([...read.keys()].sort(), [...tensors.keys()].sort());
  for (const [name, { shape, values }] of tensors) {
    assert.deepEqual(read.get(name)!.shape, shape, name);
    assert.deepEqual(read.get(name)!.values, values, name);
  }
});

test('a damaged checkpoint is refused', () => {
  const { index, data } = checkpointFiles(madeTensors(1));
  const changed = (at: number, value: number): Buffer => {
    const copy = Buffer.from(index);
    copy[at < 0 ? copy.length + at : at] = value;
    return copy;
  };
  assert.throws(() => readTensorBundle(Buffer.alloc(0), data), unreadable);
  assert.throws(() => readTensorBundle(changed(-1, 0), data), unreadable);
  assert.throws(() => readTensorBundle(index, data.subarray(0, -1)), unreadable);
  assert.throws(() => readTensorBundle(index.subarray(100), data), unreadable);
  assert.throws(() => readTensorBundle(checkpointFiles(madeTensors(1), 1).index, data), /compressed/);
  for (let at = 0; at < 400; at += 23) {
    try {
      readTensorBundle(changed(at, 255), data);
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'FILE_UNREADABLE', `byte ${at}: ${String(error)}`);
    }
  }
});

test('a checkpoint of another network is refused, naming what is missing', () => {
  const tensors = madeTensors(1);
  tensors.delete('dense_1/bias');
  const { index, data } = checkpointFiles(tensors);
  assert.throws(() => weightsOf(index, data), /no dense_1\/bias/);
  tensors.set('dense_1/bias', { shape: [51], values: new Float32Array(51) });
  const other = checkpointFiles(tensors);
  assert.throws(() => weightsOf(other.index, other.data), /51 numbers of dense_1\/bias/);
});
