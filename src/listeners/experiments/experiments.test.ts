import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Rng } from '../../math/rng.ts';
import { simulate } from './simulate.ts';
import { teamDraft } from './team-draft.ts';
import { type ListenerOutcomes, verdict } from './verdict.ts';

const same = (song: string): string => song;

test('team draft: every list keeps its order, teams take turns, nothing twice, both begin equally often', () => {
  const list = fc.uniqueArray(fc.nat(30).map(String), { maxLength: 20 });
  fc.assert(
    fc.property(list, list, fc.nat(), (a, b, seed) => {
      const { items, teams } = teamDraft(a, b, same, 50, new Rng(seed));
      assert.deepEqual([...items].sort(), [...new Set([...a, ...b])].sort());
      for (const [team, own] of [
        ['a', a],
        ['b', b],
      ] as const) {
        const places = items.filter((_, i) => teams[i] === team).map((song) => own.indexOf(song));
        assert.ok(places.every((place, i) => place >= 0 && (i === 0 || place > places[i - 1]!)));
      }
    }),
  );
  const rng = new Rng(5);
  const [first, second] = [
    Array.from({ length: 30 }, (_, i) => `a${i}`),
    Array.from({ length: 30 }, (_, i) => `b${i}`),
  ];
  let begins = 0;
  for (let i = 0; i < 1000; i++) {
    const { teams } = teamDraft(first, second, same, 20, rng);
    if (teams[0] === 'a') begins++;
    for (let pick = 2; pick <= 20; pick += 2)
      assert.equal(teams.slice(0, pick).filter((t) => t === 'a').length, pick / 2);
  }
  assert.ok(begins > 440 && begins < 560, `${begins} of 1000`);
});

function shownTo(listener: string, arm: 'a' | 'b' | null, good: number, lists: number): ListenerOutcomes {
  const outcomes = Array.from({ length: lists }, (_, i) => ({
    list: {
      id: `${listener}-${i}`,
      kind: 'for-you',
      at: i * 86_400_000,
      model: null,
      modelVersion: null,
      experiment: 'x',
      arm,
      songs: ['1', '2', '3', '4'],
      detail: { teams: { 1: 'a', 2: 'b', 3: 'a', 4: 'b' } },
    },
    events: Array.from({ length: good }, (_, e) => ({
      kind: 'like' as const,
      song: String(e + 1),
      position: e,
      at: 0,
    })),
  }));
  return { listener, outcomes };
}

test('a listener is one observation of a split, whatever the number of lists; skips count for nobody', () => {
  const four = [
    shownTo('1', 'a', 2, 500),
    shownTo('2', 'a', 2, 500),
    shownTo('3', 'b', 1, 500),
    shownTo('4', 'b', 1, 500),
  ];
  const few = verdict({ kind: 'split' }, four);
  assert.equal(few.effect, 1);
  assert.ok(few.p > 0.3, `p ${few.p} of four listeners`);
  const many = Array.from({ length: 20 }, (_, i) => shownTo(String(i), i % 2 ? 'a' : 'b', i % 2 ? 2 : 1, 5));
  assert.ok(verdict({ kind: 'split' }, many).p < 0.001);
  const skipped = shownTo('s', null, 1, 3);
  const only = {
    ...skipped,
    outcomes: skipped.outcomes.map((o) => ({ ...o, events: [{ ...o.events[0]!, kind: 'skip' as const }] })),
  };
  assert.deepEqual(
    { ...verdict({ kind: 'interleave' }, [only]) },
    { lists: 3, listeners: 1, a: 0, b: 0, effect: null, p: 1 },
  );
  assert.equal(verdict({ kind: 'interleave' }, [shownTo('t', null, 1, 30)]).effect, 1);
});

test('the test of interleaved lists: seldom decided without a difference, nearly always with a large one', () => {
  const none = simulate(0, 20, 200, 3).found;
  assert.ok(none <= 0.09, `${none} of A/A tests decided`);
  assert.ok(simulate(1, 30, 40, 3).found >= 0.9);
});
