import type { ListToWrite } from './contract.ts';

/** Positions of a list whose songs a service left out without a word. @param there ids that the written list has, in any order */
export function missingSongs(list: ListToWrite, there: readonly string[]): number[] {
  const left = new Map<string, number>();
  for (const id of there) left.set(id, (left.get(id) ?? 0) + 1);
  return list.songs.flatMap(({ id }, position) => {
    const count = id === undefined ? 0 : (left.get(id) ?? 0);
    if (count > 0) left.set(id!, count - 1);
    return count > 0 ? [] : [position];
  });
}
