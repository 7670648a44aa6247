/** How a song moved from one list to the next: by how many places it rose (negative = fell), or that it is new. */
export type Move = number | 'new';

/** The move of every song in the next list. @param before uris, first place first; null = there was no list */
export function movesOf(before: readonly string[] | null, next: readonly string[]): Map<string, Move> {
  if (before === null) return new Map(next.map((uri) => [uri, 0]));
  const places = new Map(before.map((uri, place) => [uri, place]));
  return new Map(
    next.map((uri, place) => {
      const old = places.get(uri);
      return [uri, old === undefined ? 'new' : old - place];
    }),
  );
}
