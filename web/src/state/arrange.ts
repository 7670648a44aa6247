import type { Placed, Query } from './query.ts';

/** Manual changes to a list: positions, pins and removals. Pure; each function returns a new query. */

type Song = Pick<Placed, 'uri' | 'name' | 'artists'>;

/**
 * The list as shown: without removed songs, with placed songs at their positions, and the others in order around them.
 * @param found looks up a placed song that the answer lacks
 */
export function arrange<T extends { uri: string }>(
  tracks: readonly T[],
  query: Pick<Query, 'placed' | 'removed'>,
  found: (placed: Placed) => T,
): T[] {
  if (query.placed.length === 0 && query.removed.length === 0) return [...tracks];
  const removed = new Set(query.removed);
  const placed = new Map(query.placed.map((entry) => [entry.uri, entry]));
  const own = new Map(tracks.map((track) => [track.uri, track]));
  const list = tracks.filter((track) => !removed.has(track.uri) && !placed.has(track.uri));
  for (const entry of [...placed.values()].sort((a, b) => a.at - b.at))
    list.splice(entry.at, 0, own.get(entry.uri) ?? found(entry));
  return list;
}

const place = (song: Song, at: number): Placed => ({
  uri: song.uri,
  name: song.name.slice(0, 300),
  artists: song.artists.slice(0, 20),
  at,
});

/** Moves a song of the shown list to a position; songs placed before keep their neighbours. */
export function moveTo(query: Query, shown: readonly Song[], uri: string, to: number): Query {
  const from = shown.findIndex((song) => song.uri === uri);
  if (from < 0) return query;
  const list = [...shown];
  const [song] = list.splice(from, 1);
  list.splice(Math.max(0, Math.min(to, list.length)), 0, song!);
  const held = new Set([...query.placed.map((entry) => entry.uri), uri]);
  return { ...query, placed: list.flatMap((entry, at) => (held.has(entry.uri) ? [place(entry, at)] : [])) };
}

/** Pins a song to its position. */
export const pin = (query: Query, shown: readonly Song[], uri: string): Query =>
  moveTo(
    query,
    shown,
    uri,
    shown.findIndex((song) => song.uri === uri),
  );

export const unpin = (query: Query, uri: string): Query => ({
  ...query,
  placed: query.placed.filter((entry) => entry.uri !== uri),
});

/** Removes a song from this list only; other lists may contain it. */
export const removeFromList = (query: Query, uri: string): Query => ({
  ...unpin(query, uri),
  removed: query.removed.includes(uri) ? query.removed : [...query.removed, uri],
});

export const isArranged = (query: Query): boolean => query.placed.length > 0 || query.removed.length > 0;
