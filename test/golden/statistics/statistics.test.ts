import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { bootstrapIntervals } from '../../../src/evaluate/statistics/bootstrap.ts';
import { holm, pairedT, permutationTests } from '../../../src/evaluate/statistics/paired.ts';
import { studentP } from '../../../src/evaluate/statistics/student-t.ts';
import { Rng } from '../../../src/math/rng.ts';

interface Golden {
  cases: {
    a: number[];
    b: number[];
    t: number;
    exact: number | null;
    permutation: number;
    low: number;
    high: number;
  }[];
  p: number[];
  holm: number[];
  student: { t: number; df: number; p: number }[];
}
const golden = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8')) as Golden;
const near = (got: number, expected: number, tolerance: number, what: string): void =>
  assert.ok(Math.abs(got - expected) <= tolerance, `${what}: ${got} for ${expected}`);

describe('statistics', () => {
  test("Student's t equals SciPy's", () => {
    for (const { t, df, p } of golden.student) near(studentP(t, df) / p, 1, 1e-9, `t=${t}, df=${df}`);
  });

  test("the paired t-test equals SciPy's ttest_rel", () => {
    for (const { a, b, t } of golden.cases)
      near(pairedT(Float64Array.from(a, (v, i) => v - b[i]!)), t, 1e-9, `n=${a.length}`);
  });

  test("the permutation test equals all sign flips where they can be counted, and SciPy's elsewhere", () => {
    for (const { a, b, exact, permutation } of golden.cases) {
      const differences = Float64Array.from(a, (v, i) => v - b[i]!);
      const p = permutationTests([differences], 20_000, new Rng(3))[0]!;
      // Four standard errors of two Monte Carlo estimates with 20,000 draws each.
      const expected = exact ?? permutation;
      near(p, expected, 4 * Math.sqrt((2 * expected * (1 - expected)) / 20_000) + 1e-4, `n=${a.length}`);
    }
  });

  test("Holm's correction equals statsmodels'", () => {
    holm(golden.p).forEach((p, i) => {
      near(p, golden.holm[i]!, 1e-12, `p=${golden.p[i]}`);
    });
  });

  test("the bootstrap interval of a mean equals SciPy's percentile bootstrap", () => {
    for (const { a, low, high } of golden.cases) {
      const column = { sums: Float64Array.from(a), weights: new Float64Array(a.length).fill(1) };
      const [from, to] = bootstrapIntervals([column], 20_000, new Rng(4))[0]!;
      const tolerance = 0.04 * (high - low);
      near(from, low, tolerance, `low, n=${a.length}`);
      near(to, high, tolerance, `high, n=${a.length}`);
    }
  });

  test('a model compared with itself is no difference', () => {
    const none = new Float64Array(50);
    assert.equal(permutationTests([none], 500, new Rng(1))[0], 1);
    assert.equal(pairedT(none), 1);
  });
});
