import { SegueError } from '../../errors.ts';
import { readText } from './split-files.ts';

/** A playlist of a challenge set, as far as it is revealed. */
export interface ChallengePlaylist {
  readonly pid: string;
  /** '' when the scenario hides it. */
  readonly title: string;
  /** URIs of the seeds in order. */
  readonly seeds: readonly string[];
  /** Whether the seeds are the playlist's first tracks (positions 0, 1, 2 …). */
  readonly ordered: boolean;
}

/** Number of tracks per line of a submission. */
export const SUBMITTED = 500;

/**
 * Reads a challenge set (`challenge_set.json`, plain or .gz) of the Million Playlist Dataset challenge.
 * @throws SegueError FILE_UNREADABLE naming the first malformed playlist
 */
export async function readChallengeSet(path: string): Promise<ChallengePlaylist[]> {
  const text = await readText(path);
  const broken = (got: string, cause?: unknown): SegueError =>
    new SegueError('FILE_UNREADABLE', {
      got: `${path} ${got}`,
      expected: 'a challenge set: JSON with "playlists", each with "pid" and "tracks" of "track_uri"',
      cause,
    });
  let parsed: { playlists?: unknown };
  try {
    parsed = JSON.parse(text) as { playlists?: unknown };
  } catch (cause) {
    throw broken('is not JSON', cause);
  }
  if (!Array.isArray(parsed?.playlists) || parsed.playlists.length === 0) throw broken('holds no playlists');
  const seen = new Set<string>();
  return parsed.playlists.map((raw: unknown, i) => {
    const playlist = raw as { pid?: unknown; name?: unknown; tracks?: unknown } | null;
    const { pid, name, tracks } = playlist ?? {};
    const valid =
      Number.isInteger(pid) &&
      Array.isArray(tracks) &&
      tracks.every((t: unknown) => typeof (t as { track_uri?: unknown } | null)?.track_uri === 'string');
    if (!valid) throw broken(`has playlist number ${i + 1} without a pid or with tracks that have no track_uri`);
    if (seen.has(String(pid))) throw broken(`has the pid ${String(pid)} twice`);
    seen.add(String(pid));
    const given = tracks as { track_uri: string; pos?: number }[];
    return {
      pid: String(pid),
      title: typeof name === 'string' ? name : '',
      seeds: [...new Set(given.map((t) => t.track_uri))],
      ordered: given.every((t, at) => t.pos === undefined || t.pos === at),
    };
  });
}
