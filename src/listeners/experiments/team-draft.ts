import type { Rng } from '../../math/rng.ts';
import type { Arm } from './experiment.ts';

/**
 * Merges two ranked lists by team draft (Radlinski, Kurup & Joachims 2008): the team with fewer picks, or one chosen by coin toss when they are even,
 * adds its best item that has not been taken. Each item counts for the team that added it.
 * @param idOf identifies an item; items with the same id are the same
 */
export function teamDraft<T>(
  a: readonly T[],
  b: readonly T[],
  idOf: (item: T) => string,
  n: number,
  rng: Rng,
): { items: T[]; teams: Arm[] } {
  const items: T[] = [];
  const teams: Arm[] = [];
  const taken = new Set<string>();
  const next = { a: 0, b: 0 };
  const picks = { a: 0, b: 0 };
  const lists = { a, b };
  const waiting = (arm: Arm): T | undefined => {
    while (next[arm] < lists[arm].length && taken.has(idOf(lists[arm][next[arm]]!))) next[arm]++;
    return lists[arm][next[arm]];
  };
  while (items.length < n) {
    const coin: Arm = rng.uniform() < 0.5 ? 'a' : 'b';
    const turn: Arm = picks.a === picks.b ? coin : picks.a < picks.b ? 'a' : 'b';
    const team: Arm = waiting(turn) !== undefined ? turn : turn === 'a' ? 'b' : 'a';
    const item = waiting(team);
    if (item === undefined) break;
    taken.add(idOf(item));
    picks[team]++;
    items.push(item);
    teams.push(team);
  }
  return { items, teams };
}
