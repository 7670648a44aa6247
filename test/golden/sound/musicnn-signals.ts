import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Rng } from '../../../src/math/rng.ts';
import { cadence, drums, wavBytes } from '../../support/synthesis.ts';

export const RATE = 16_000;

/** Synthetic music that the network hears differently; the durations give one, two and three whole patches. */
export const SIGNALS: Readonly<Record<string, () => Float32Array>> = {
  chords: () => cadence(2, true, 7, RATE),
  drums: () => drums(128, 9, RATE, true),
  // A drum over noise, so that every band and frame is different.
  noise: () => {
    const rng = new Rng(13);
    return drums(90, 4, RATE).map((value) => 0.7 * value + 0.05 * rng.normal());
  },
};

/** A signal as read from its WAV file: quantised to 16 bits. */
export const heard = (name: string): Float32Array =>
  SIGNALS[name]!().map((value) => Math.round(value * 32_767) / 32_768);

/** Writes each signal as a WAV file to the folder in the first argument, for musicnn.py. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [name, make] of Object.entries(SIGNALS))
    writeFileSync(join(process.argv[2]!, `${name}.wav`), wavBytes([make()], RATE));
