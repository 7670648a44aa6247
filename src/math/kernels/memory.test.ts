import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressOf, isPlaced, memoryUse, Region } from './memory.ts';
import { VectorIndex } from './search.ts';

test('arrays are aligned, zeroed, disjoint, and come back after free', () => {
  const before = memoryUse().inUse;
  fc.assert(
    fc.property(
      fc.array(fc.record({ size: fc.integer({ min: 0, max: 5000 }), drop: fc.boolean() }), { maxLength: 30 }),
      (steps) => {
        const live: { region: Region; view: Float32Array; mark: number }[] = [];
        steps.forEach(({ size, drop }, mark) => {
          const region = new Region();
          const view = region.float32(size);
          assert.equal(addressOf(view) % 64, 0);
          assert.ok(view.every((x) => x === 0));
          view.fill(mark + 1);
          live.push({ region, view, mark });
          if (drop) live.splice(Math.floor(live.length / 2), 1)[0]!.region.free();
        });
        for (const { view, mark } of live) assert.ok(view.every((x) => x === mark + 1));
        for (const { region } of live) region.free();
        assert.equal(memoryUse().inUse, before);
      },
    ),
    { numRuns: 40 },
  );
});

test('views stay valid when the memory grows', () => {
  const region = new Region();
  const early = region.int32(10);
  early[3] = 42;
  const { capacity } = memoryUse();
  const late = region.float32(capacity / 4 + 1000);
  assert.ok(memoryUse().capacity > capacity);
  late[late.length - 1] = 1;
  assert.equal(early[3], 42);
  early[3] = 43;
  assert.ok(isPlaced(early) && isPlaced(late));
  region.free();
});

test('place copies once', () => {
  const region = new Region();
  const placed = region.place(Int8Array.of(1, 2, 3));
  assert.deepEqual([...placed], [1, 2, 3]);
  assert.equal(region.place(placed), placed);
  region.free();
  region.free();
});

test('a disposed index has freed its memory, and refuses searches and rows', () => {
  const before = memoryUse().inUse;
  const index = new VectorIndex(new Float32Array(40).fill(1), 10, 4, { int8: true });
  assert.ok(memoryUse().inUse > before);
  index.dispose();
  index.dispose();
  assert.equal(memoryUse().inUse, before);
  for (const use of [
    () => index.search([1, 1, 1, 1], 2),
    () => index.searchFast([1, 1, 1, 1], 2),
    () => index.row(0),
    () => index.rows(),
  ])
    assert.throws(use, { code: 'INTERNAL', message: /after it had been freed/ });
});

test('more than 4 GiB is refused with a remedy', () => {
  const region = new Region();
  assert.throws(() => region.float64(2 ** 29 + 1), { code: 'MODEL_UNUSABLE', message: /4 GiB/ });
  region.free();
});
