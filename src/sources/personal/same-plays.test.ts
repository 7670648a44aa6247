import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SamePlays } from './same-plays.ts';

test('a play is the same when song and length are and it ended within 30 s', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom(-1, 0, 200_000), fc.integer({ min: 0, max: 600 })), {
        maxLength: 60,
      }),
      (plays) => {
        const same = new SamePlays();
        const kept: (typeof plays)[number][] = [];
        for (const play of plays) {
          const again = kept.some(
            ([song, ms, at]) => song === play[0] && ms === play[1] && Math.abs(at - play[2]) <= 30,
          );
          assert.equal(same.again(...play), again);
          if (!again) kept.push(play);
        }
      },
    ),
  );
});
