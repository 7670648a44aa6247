/** Songs by others that should separate two songs by one artist. */
const GAP = 4;

/**
 * The same songs, each as early as possible without following one by its artist too soon: after four songs by others if there are enough, and
 * directly only if that cannot be avoided. @param artistOf '' for an unknown artist: such songs are not kept apart
 */
export function artistsApart<T>(songs: readonly T[], artistOf: (song: T) => string): T[] {
  const rest = songs.map((song) => ({ song, artist: artistOf(song) }));
  const left = new Map<string, number>();
  for (const { artist } of rest) if (artist !== '') left.set(artist, (left.get(artist) ?? 0) + 1);
  const out: typeof rest = [];
  while (rest.length > 0) {
    // An artist with more than half of the remaining songs comes now; otherwise two of them would be adjacent at the end.
    const pressing = [...left].find(([artist, count]) => 2 * count > rest.length && artist !== out.at(-1)?.artist)?.[0];
    let next = pressing === undefined ? -1 : rest.findIndex(({ artist }) => artist === pressing);
    for (let gap = GAP; next < 0; gap--) {
      const near = new Set(out.slice(out.length - Math.min(gap, out.length)).map(({ artist }) => artist));
      next = rest.findIndex(({ artist }) => artist === '' || !near.has(artist));
    }
    const [taken] = rest.splice(next, 1);
    if (taken!.artist !== '') left.set(taken!.artist, left.get(taken!.artist)! - 1);
    out.push(taken!);
  }
  return out.map(({ song }) => song);
}

/** The first song of each artist, then the others in their order; of several versions of a song, only the first. */
export function firstOfEachArtist<T>(
  songs: readonly T[],
  artistOf: (song: T) => number,
  recordingOf: (song: T) => number,
): T[] {
  const recordings = new Set<number>();
  const artists = new Set<number>();
  const [first, later]: [T[], T[]] = [[], []];
  for (const song of songs) {
    if (recordings.size === recordings.add(recordingOf(song)).size) continue;
    const artist = artistOf(song);
    (artist < 0 || artists.size < artists.add(artist).size ? first : later).push(song);
  }
  return [...first, ...later];
}
