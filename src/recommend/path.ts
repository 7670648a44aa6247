import { SOUND } from '../dataset/sound-measures.ts';
import { measureOf } from '../features/measured-words.ts';
import type { PathAnswer } from './answers.ts';
import { briefTrack } from './describe.ts';
import { sonicPath } from './sonic.ts';
import type { State } from './state.ts';

/** Up to this many tracks are compared one by one; in larger catalogues, only those near one of the ends. */
const MOST_COMPARED = 50_000;

/**
 * Songs from one track to another, including both ends. When both were analysed, only analysed songs are used, and only their sound is compared.
 * @param n songs in total, at least 2; fewer when nothing lies in between
 * @param near the nearest tracks of a track, for catalogues that are too large to compare in full
 */
export async function pathBetween(
  state: State,
  from: number,
  to: number,
  n: number,
  near: (track: number) => Promise<readonly number[]>,
): Promise<Omit<PathAnswer, 'tookMs'>> {
  const { dataset } = state;
  const { tracks } = dataset;
  const heard = (track: number): boolean => (tracks.sound?.row[track] ?? -1) >= 0;
  const bySound = heard(from) && heard(to);
  const among = (): Int32Array => {
    const all = Int32Array.from({ length: tracks.count }, (_, t) => t);
    return all.filter((t) => !tracks.names.isEmpty(t) && (!bySound || heard(t)));
  };
  const compared =
    bySound || tracks.count <= MOST_COMPARED
      ? among()
      : Int32Array.from(new Set([...(await near(from)), ...(await near(to))]));
  const path = sonicPath(from, to, compared, n, await state.soundSimilarity(), tracks.song);
  return {
    bySound,
    tracks: path.map(({ track, similarity }) => ({
      ...briefTrack(dataset, track),
      similarity: Math.round(similarity * 1000) / 1000,
      lufs: known(measureOf(dataset, track, SOUND.lufs)),
      beat: known(measureOf(dataset, track, SOUND.beat)),
    })),
  };
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : Math.round(value * 10) / 10);
