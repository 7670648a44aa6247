import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { apart } from './apart.ts';

const plays = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 200 })), { maxLength: 40 });

/** Goes through each song's plays in the order of time, and keeps what is not too close to the last one kept. */
function naive(songs: readonly number[], times: readonly number[], within: number): number[] {
  const kept: number[] = [];
  for (const play of [...songs.keys()].sort((a, b) => times[a]! - times[b]! || a - b)) {
    const same = kept.filter((other) => songs[other] === songs[play]);
    if (same.every((other) => times[play]! - times[other]! > within)) kept.push(play);
  }
  return kept;
}

test('plays that are told in any order are apart as those in the order of time are, and these keep it', () => {
  fc.assert(
    fc.property(plays, fc.boolean(), fc.integer({ min: 1, max: 60 }), (told, inOrder, within) => {
      const rows = inOrder ? [...told].sort((a, b) => a[1] - b[1]) : told;
      const [songs, times] = [rows.map(([song]) => song), rows.map(([, at]) => at)];
      const kept = apart(
        [...rows.keys()],
        within,
        (play) => songs[play]!,
        (play) => times[play]!,
      );
      const expected = naive(songs, times, within);
      if (inOrder) assert.deepEqual(kept, expected);
      else assert.deepEqual([...kept].sort(), [...expected].sort());
    }),
  );
});
