import type { Command } from 'commander';
import { accountAt } from '../connect/facts/providers.ts';
import type { RemoteSong } from '../connect/records.ts';
import { SegueError } from '../errors.ts';
import { withConnected } from './connected.ts';
import { cancellable } from './context.ts';
import { idsIn } from './fetch.ts';
import { table } from './table.ts';

/** A connected service's own recommendations, selected by its name instead of a model's. */
export const SPOTIFY = 'spotify';

/**
 * Requests songs like these from Spotify and prints them.
 * @param seeds URIs of catalogue songs
 * @throws SegueError NOT_FOUND (no account), NOT_POSSIBLE (no access), USAGE, and those of the service
 */
export async function recommendBySpotify(
  command: Command,
  seeds: readonly string[],
  n: number,
  json: boolean,
): Promise<void> {
  const ids = idsIn(seeds.join('\n'), 'tracks');
  if (ids.length === 0)
    throw new SegueError('USAGE', { got: 'No seed is a Spotify song', expected: 'a song with a Spotify id' });
  await withConnected(command, async ({ connections }) => {
    const songs = await cancellable((signal) => accountAt(connections, SPOTIFY).recommend!(ids, n, signal));
    process.stdout.write(json ? `${JSON.stringify({ model: SPOTIFY, tracks: songs })}\n` : pretty(songs));
  });
}

function pretty(songs: readonly RemoteSong[]): string {
  const rows = songs.map(({ title, artists }, i) => [String(i + 1), title, artists.map(({ name }) => name).join(', ')]);
  return `${table(['#', 'song', 'artist'], rows, { right: [0] })}\nSpotify's own recommendations\n`;
}
