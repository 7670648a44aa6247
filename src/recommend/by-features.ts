import { AUDIO_FEATURES, type AudioFeature } from '../dataset/audio-features.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { SegueError } from '../errors.ts';
import { TopK } from '../math/topk.ts';

/**
 * The k titled tracks nearest to given audio features, by Euclidean distance over the given features, each divided by the width of its range. Tracks
 * that lack one of them are left out. An exact scan.
 * @throws SegueError USAGE when no feature is given, UNKNOWN_TRACK when no track has them
 */
export function nearestByFeatures(
  dataset: Dataset,
  features: Readonly<Partial<Record<AudioFeature, number>>>,
  k: number,
): Int32Array {
  const asked = AUDIO_FEATURES.flatMap(({ id, min, max }, column) =>
    features[id] === undefined ? [] : [{ column, value: features[id]!, width: max - min }],
  );
  if (asked.length === 0)
    throw new SegueError('USAGE', {
      got: 'No audio feature',
      expected: `at least one of ${AUDIO_FEATURES.map(({ id }) => id).join(', ')}`,
    });
  const top = new TopK(k);
  const { tracks } = dataset;
  for (let t = 0; t < tracks.count; t++) {
    if (tracks.names.isEmpty(t)) continue;
    let squared = 0;
    for (const { column, value, width } of asked) squared += ((dataset.feature(t, column) - value) / width) ** 2;
    if (!Number.isNaN(squared)) top.push(t, -squared);
  }
  const { items } = top.drain();
  if (items.length === 0)
    throw new SegueError('UNKNOWN_TRACK', {
      got: 'No song in this library has these audio features',
      remedy: 'Import a table of audio features, or ask by song',
    });
  return items;
}
