import type { Lists } from './dataset.ts';
import { normaliseName } from './normalise.ts';
import type { StringColumn } from './strings.ts';

const SAME_DURATION_MS = 2000;

/**
 * Links tracks that are one song under several URIs: same main artist, same normalised title, durations within 2 s
 * (an unknown duration fits any). song[i] is the lowest linked track number; linked counts the others.
 */
export function linkSongs(
  names: StringColumn,
  artists: Lists,
  durationMs: Int32Array,
): { song: Int32Array; linked: number } {
  const count = names.length;
  const song = new Int32Array(count);
  const versions = new Map<string, number[]>();
  let linked = 0;
  for (let i = 0; i < count; i++) {
    song[i] = i;
    if (artists.ptr[i] === artists.ptr[i + 1] || names.isEmpty(i)) continue;
    const key = `${artists.idx[artists.ptr[i]!]!}\u0000${normaliseName(names.get(i))}`;
    const earlier = versions.get(key);
    if (!earlier) {
      versions.set(key, [i]);
      continue;
    }
    const same = earlier.find(
      (j) => durationMs[i]! < 0 || durationMs[j]! < 0 || Math.abs(durationMs[i]! - durationMs[j]!) <= SAME_DURATION_MS,
    );
    if (same === undefined) earlier.push(i);
    else {
      song[i] = same;
      linked++;
    }
  }
  return { song, linked };
}
