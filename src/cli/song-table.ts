import { table } from './table.ts';

interface Listed {
  readonly name: string;
  readonly artists: readonly string[];
  readonly because: readonly string[];
}

/**
 * Songs with the reasons for them. In a terminal, long cells continue on further lines; elsewhere each song is one line, as `grep` and `head` expect.
 * @param columns width of the terminal; `process.stdout.columns`, undefined when the output is no terminal
 */
export function songTable(songs: readonly Listed[], columns: number | undefined): string {
  const rows = songs.map(({ name, artists, because }, i) => [
    String(i + 1),
    name,
    artists.join(', '),
    because.join('; '),
  ]);
  const header = ['#', 'song', 'artist', 'because'];
  if (columns === undefined) return table(header, rows, { right: [0] });
  const names = Math.max(16, Math.floor((columns - 6) * 0.28));
  const artists = Math.floor(names * 0.8);
  return table(header, rows, {
    widths: [3, names, artists, Math.max(16, columns - 9 - names - artists)],
    right: [0],
    wrap: [1, 2, 3],
  });
}
