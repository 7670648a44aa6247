import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { addressOf, Region } from './kernels/memory.ts';
import { parallel, setThreads, threads } from './pool.ts';

test('every chunk runs exactly once, over many forks and changing numbers of threads', () => {
  const region = new Region();
  const columns = 1000;
  const ptr = region.int32(2);
  ptr[1] = columns;
  const idx = region.place(Int32Array.from({ length: columns }, (_, c) => c));
  const rows = region.int32(1);
  const weights = region.float32(1).fill(1);
  const out = region.float32(columns);
  const all = threads();
  for (let fork = 0; fork < 3000; fork++) {
    setThreads(1 + (fork % 3));
    weights[0] = fork;
    parallel('accumulateColumns', columns, 100, [
      columns,
      addressOf(ptr),
      addressOf(idx),
      0,
      addressOf(rows),
      addressOf(weights),
      1,
      addressOf(out),
    ]);
    assert.ok(out[0] === fork && out[450] === fork && out[999] === fork);
  }
  assert.ok(out.every((x) => x === 2999));
  setThreads(all);
  region.free();
});

test('a trap in a kernel and an unknown kernel are errors, and the pool goes on', () => {
  const outside = 0xffff_0000;
  const arguments_ = [outside, 64, outside];
  assert.throws(() => parallel('normaliseRows', 64, 1, arguments_));
  assert.throws(() => parallel('nothing', 1, 1, []), { code: 'INTERNAL' });
  assert.throws(() => setThreads(0), { code: 'OUT_OF_RANGE' });
  const region = new Region();
  const row = region.float32(8);
  for (let fork = 0; fork < 500; fork++) {
    if (fork % 50 === 0) assert.throws(() => parallel('normaliseRows', 64, 1, arguments_));
    row.set([3, 4, 0, 0, 0, 0, 0, 2]);
    parallel('normaliseRows', 2, 1, [addressOf(row), 4]);
    assert.ok(row[7] === 1 && Math.abs(row[0]! - 0.6) < 1e-6);
  }
  assert.deepEqual(
    [...row].map((x) => x.toFixed(1)),
    ['0.6', '0.8', '0.0', '0.0', '0.0', '0.0', '0.0', '1.0'],
  );
  region.free();
});

test('idle workers do not keep the process alive', () => {
  const script = `
    import { setThreads } from './src/math/pool.ts';
    import { VectorIndex } from './src/math/kernels/search.ts';
    setThreads(3);
    console.log(new VectorIndex(new Float32Array(40000).fill(1), 20000, 2).search([1, 1], 1).items[0]);`;
  const root = new URL('../..', import.meta.url);
  const out = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
    cwd: root,
    timeout: 60_000,
  });
  assert.equal(String(out).trim(), '0');
});
