import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DemoListeners } from '../../sources/demo/listeners.ts';
import { DemoWorld } from '../../sources/demo/world.ts';
import { MOST_PLAYED, PLAYED_LATELY } from './blend/part-names.ts';
import { driftingLab, PERSONAL_BLEND } from './drifting-lab.ts';

const size = { tracks: 1500, playlists: 500, seed: 3 };

test('generated people: plays in the order of time, the same for the same number, and a taste that drifts', () => {
  const people = new DemoListeners(new DemoWorld(size));
  const plays = people.plays(7);
  assert.deepEqual(new DemoListeners(new DemoWorld(size)).plays(7), plays);
  assert.ok(plays.every(({ at }, i) => i === 0 || at >= plays[i - 1]!.at));
  const quarter = (q: number): Set<number> =>
    new Set(plays.slice((plays.length * q) >> 2, (plays.length * (q + 1)) >> 2).map(({ track }) => track));
  const common = (a: Set<number>, b: Set<number>): number => [...a].filter((t) => b.has(t)).length / a.size;
  let [near, far] = [0, 0];
  for (let i = 0; i < 20; i++) {
    const own = people.plays(i);
    const at = (q: number): Set<number> =>
      new Set(own.slice((own.length * q) >> 2, (own.length * (q + 1)) >> 2).map((p) => p.track));
    near += common(at(3), at(2));
    far += common(at(3), at(0));
  }
  assert.ok(near > 1.5 * far, `${near} against ${far}`);
  assert.ok(quarter(0).size > 10);
});

test('the personal blend beats every single model and both kinds of "most played", with moments in the past as its only teachers', async () => {
  const options = { size, listeners: 80, models: ['track-neighbours', 'artists', 'popularity'] };
  const [fresh, all] = await driftingLab(options);
  for (const { task, rows } of [fresh!, all!]) {
    assert.equal(rows[0]!.name, PERSONAL_BLEND);
    for (const { name, behind } of rows.slice(1))
      assert.ok(behind!.difference > 0 && behind!.p < 0.05, `${task}: ${name} ${JSON.stringify(behind)}`);
  }
  const named = new Set(all!.rows.map(({ name }) => name));
  assert.ok(named.has(MOST_PLAYED) && named.has(PLAYED_LATELY));
  assert.equal(
    fresh!.rows.some(({ name }) => name === MOST_PLAYED),
    false,
    'its songs are not new',
  );
  for (const { mean, low, high } of fresh!.rows) assert.ok(low <= mean && mean <= high);
  assert.deepEqual((await driftingLab(options))[0], fresh);
});
