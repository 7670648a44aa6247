import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../math/rng.ts';
import { UserRuns } from './user-runs.ts';

test('rows by user are those of a Map, whether users come in runs or not, as bytes, texts or both', () => {
  const rng = new Rng(8);
  for (let round = 0; round < 400; round++) {
    const runs = new UserRuns();
    const known = new Map<string, number[]>();
    const [users, asText, another] = [1 + rng.below(6), [0, 0.3, 1][round % 3]!, rng.uniform()];
    const rows = rng.below(60);
    const begin = (row: number, id: string): void => {
      const bytes = Buffer.from(`.${id}.`);
      if (rng.uniform() < asText) runs.beginText(row, id);
      else runs.begin(row, bytes, 1, bytes.length - 1);
      if (!known.has(id)) known.set(id, []);
    };
    let id = 'x';
    for (let row = 0; row < rows; row++) {
      const long = rng.uniform() < 0.1 ? '-'.repeat(250 + rng.below(9)) : '';
      if (rng.uniform() < another) id = `ü${rng.below(users)}${long}`;
      if (rng.uniform() < 0.1) begin(row, `without rows ${rng.below(3)}`);
      begin(row, id);
      known.get(id)!.push(row);
    }
    const byUser = runs.finish(rows);
    const got = Array.from({ length: byUser.ids.length }, (_, u) => [byUser.ids.get(u), [...byUser.of(u)]]);
    assert.deepEqual(got, [...known]);
  }
});
