/** A mix that was written there, and the place that its playlist has. */
export interface Slot {
  readonly key: string;
  readonly name: string;
}

const PREFIX = 'weekly-mix:';

export const isMixKey = (key: string): boolean => key.startsWith(PREFIX);

/**
 * Keys of the playlists that mixes are written to. A mix that was there the week before keeps its playlist; a new one takes over that of a
 * mix that is gone: however tastes change, no more playlists are left than there are mixes at most.
 */
export function keysOf(mixes: readonly string[], before: readonly Slot[]): string[] {
  const own = new Map(before.filter(({ key }) => isMixKey(key)).map(({ key, name }) => [name, key]));
  const taken = new Set(mixes.flatMap((name) => own.get(name) ?? []));
  const free = [...own.values()].filter((key) => !taken.has(key)).sort();
  let number = 0;
  const next = (): string => {
    const left = free.shift();
    if (left !== undefined) return left;
    while (taken.has(`${PREFIX}${++number}`));
    return `${PREFIX}${number}`;
  };
  return mixes.map((name) => {
    const key = own.get(name) ?? next();
    taken.add(key);
    return key;
  });
}
