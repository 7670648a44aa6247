/** Songs of others that should lie between two of one artist. */
const GAP = 4;

/**
 * The same songs, each as early as it can be without following one of its artist too soon: after four songs of others where there are enough, and never
 * directly where that can be avoided. @param artistOf '' where the artist is unknown: such songs are kept apart from nothing
 */
export function artistsApart<T>(songs: readonly T[], artistOf: (song: T) => string): T[] {
  const rest = songs.map((song) => ({ song, artist: artistOf(song) }));
  const left = new Map<string, number>();
  for (const { artist } of rest) if (artist !== '') left.set(artist, (left.get(artist) ?? 0) + 1);
  const out: typeof rest = [];
  while (rest.length > 0) {
    // An artist of more than half of what is left comes now, or two of theirs will meet at the end.
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

/** The first song of each artist and recording, then the others in their order; none twice in two versions. */
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
