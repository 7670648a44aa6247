import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Rng } from '../../math/rng.ts';
import type { SongName } from './rows.ts';
import { SamePlays } from './same-plays.ts';

const named = (title: string): SongName => ({ title, artists: ['One'] });

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
          assert.equal(same.again(named(play[0]), play[1], play[2]), again);
          if (!again) kept.push(play);
        }
      },
    ),
  );
});

test('of many plays of a song, in any order, the same ones are told as a search through all kept ones tells them', () => {
  const rng = new Rng(3);
  const plays = new SamePlays();
  const kept: { song: number; ms: number; at: number }[] = [];
  for (let i = 0; i < 4000; i++) {
    const play = { song: rng.below(4), ms: rng.below(2) - 1, at: 1_600_000_000 + rng.below(12_000) };
    const same = kept.some(({ song, ms, at }) => song === play.song && ms === play.ms && Math.abs(at - play.at) <= 30);
    assert.equal(plays.again(named(`${play.song}`), play.ms, play.at), same);
    if (!same) kept.push(play);
  }
});
