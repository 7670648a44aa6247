import { AUDIO_FEATURES } from '../../src/dataset/audio-features.ts';
import { DatasetBuilder } from '../../src/dataset/builder.ts';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { EMBEDDING_WIDTH, LAYER_START } from '../../src/dataset/embedding-measures.ts';
import { emptyBatch } from '../../src/dataset/rows.ts';
import { SOUND_WIDTH } from '../../src/dataset/sound-measures.ts';
import { Rng } from '../../src/math/rng.ts';

/** The demo world with files: measurements are the hidden sound of its songs, mixed and with noise. Every third song has no file. */
export function withFiles(dataset: Dataset, seed: number): Dataset {
  const rng = new Rng(seed);
  const features = AUDIO_FEATURES.length;
  const mix = (count: number): Float64Array[] =>
    Array.from({ length: count }, () => Float64Array.from({ length: features }, () => rng.normal()));
  const toSound = mix(SOUND_WIDTH);
  const toLayer = mix(EMBEDDING_WIDTH - LAYER_START);
  const means = Float64Array.from(AUDIO_FEATURES, (_, f) => {
    let sum = 0;
    let known = 0;
    for (let t = 0; t < dataset.tracks.count; t++) {
      const value = dataset.feature(t, f);
      if (Number.isNaN(value)) continue;
      sum += value;
      known++;
    }
    return known > 0 ? sum / known : 0;
  });
  const batch = emptyBatch();
  for (let t = 0; t < dataset.tracks.count; t += t % 3 === 1 ? 2 : 1) {
    const hidden = Array.from(means, (mean, f) => {
      const value = dataset.feature(t, f);
      return Number.isNaN(value) ? 0 : (value - mean) / (Math.abs(mean) + 0.1);
    });
    const heard = (rows: Float64Array[]): number[] =>
      rows.map((row) => row.reduce((sum, weight, f) => sum + weight * hidden[f]!, 0) + 0.5 * rng.normal());
    batch.tracks.push({
      uri: dataset.tracks.vocabulary.id(t),
      sound: heard(toSound),
      embedding: [...new Array<number>(LAYER_START).fill(0.3), ...heard(toLayer)],
    });
  }
  const builder = DatasetBuilder.from(dataset);
  builder.add(batch);
  return builder.finish();
}
